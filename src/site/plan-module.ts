import type { Plugin } from 'vite';

const name = 'firebreak:site';
const resolved = `\0${name}`;

/**
 * The module through which pages reach the plan. It holds no data: Astro hashes modules to know which pages must be
 * drawn again, and a plan in a module would draw all of them after every edit.
 */
export function planModule(): Plugin {
  return {
    name: 'firebreak:site-module',
    resolveId: (id) => (id === name ? resolved : undefined),
    load: (id) => (id === resolved ? "export const site = () => globalThis[Symbol.for('firebreak.site')];" : undefined),
  };
}
