/// <reference types="astro/client" />

declare module 'firebreak:site' {
  /** The site that is being drawn. */
  export const site: () => import('./site.ts').Site;
}
