/** What makes a site work offline and be installed as an app: service worker, web app manifest, icons. */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { Plan } from '../../model/plan.ts';

const icons = [
  { name: 'icon-192.png', size: 192, purpose: 'any' },
  { name: 'icon-512.png', size: 512, purpose: 'any' },
  { name: 'icon-maskable-512.png', size: 512, purpose: 'maskable' },
  { name: 'icon-apple-180.png', size: 180 },
] as const;

/**
 * Writes web app manifest and icons.
 *
 * @param folder of the site
 * @param base path under which the site is served
 */
export async function writeOffline(folder: string, plan: Plan, base: string): Promise<void> {
  await writeFile(join(folder, 'plan.webmanifest'), `${JSON.stringify(webManifest(plan, base), null, 1)}\n`);
  for (const { name } of icons)
    await copyFile(new URL(`../icons/${name}`, import.meta.url), join(folder, '_firebreak', name));
}

function webManifest({ settings }: Plan, base: string): object {
  const { organisation, title, language = 'en' } = settings;
  return {
    name: title,
    short_name: organisation.shortName ?? organisation.name,
    lang: language,
    id: base,
    start_url: base,
    scope: base,
    display: 'standalone',
    background_color: '#f5f5f1',
    theme_color: '#14181b',
    icons: icons.flatMap(({ name, size, ...more }) =>
      'purpose' in more
        ? [{ src: `${base}_firebreak/${name}`, sizes: `${size}x${size}`, type: 'image/png', purpose: more.purpose }]
        : [],
    ),
  };
}

// Sources end in .ts, the package in .js.
const worker = fileURLToPath(new URL(`worker${import.meta.url.slice(-3)}`, import.meta.url));

/** Bundles the service worker. It lies at the top of the site, because it governs what is below it. */
export function serviceWorker(): Plugin {
  return {
    name: 'firebreak:service-worker',
    apply: 'build',
    buildStart() {
      if (this.environment.name === 'client')
        this.emitFile({ type: 'chunk', id: worker, fileName: 'service-worker.js', preserveSignature: false });
    },
  };
}
