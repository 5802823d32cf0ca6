import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { SiteManifest } from '../model/schema-types.ts';
import type { Drawn } from './finishing.ts';

// The sources and the package lie two folders below it alike.
const { version: engine } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Writes `manifest.json`: which version the site shows, and the digest of every file, so that a copy can be compared. */
export async function writeManifest({ folder, version, title, schema, base }: Drawn): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== 'manifest.json')
    .sort();
  const files: Record<string, string> = {};
  // One after the other and without waiting: thousands of small files, and nothing else is left to do.
  for (const path of paths) files[path] = `sha256-${hash('sha256', readFileSync(join(folder, path)), 'hex')}`;
  const manifest: SiteManifest = {
    title,
    commit: version.commit ?? null,
    committedAt: version.committedAt ?? null,
    reproducible: version.notReproducible.length === 0,
    ...(version.notReproducible.length > 0 ? { reasons: version.notReproducible } : {}),
    engine,
    schema,
    base,
    files,
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
}
