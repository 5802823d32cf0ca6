/** What the pages of a site that is edited are told: the Astro middleware asks it for what it puts into them. */

export interface DevSite {
  /** What is put before the scripts of a page. */
  atStart: () => string;
  /** What is put at the end of a page, by its path with the base. */
  atEnd: (path: string) => string;
  /** A page in place of one that could not be drawn. */
  fault: (path: string) => string;
}

// Vite loads the middleware apart from the integration, as it does with pages: see setSite.
const key = Symbol.for('firebreak.dev-site');

/** Makes a site the one that the middleware asks. */
export function setDevSite(site: DevSite): void {
  (globalThis as Record<symbol, unknown>)[key] = site;
}

/** The site that the middleware asks. */
export function currentDevSite(): DevSite {
  return (globalThis as Record<symbol, unknown>)[key] as DevSite;
}
