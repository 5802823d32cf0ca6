import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { SiteManifest } from '../model/schema-types.ts';
import type { Drawn } from './finishing.ts';

// The sources and the package lie two folders below it alike.
export const { version: engine } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Digests by path from the folder of the site. */
type Digests = Record<string, string>;

/**
 * The digests of the files of a site.
 *
 * @param chosen whether what lies at the top of the folder, such as `pagefind`, is read
 */
export async function digestsOf(folder: string, chosen: (name: string) => boolean): Promise<Digests> {
  const digests: Digests = {};
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === 'manifest.json' || !chosen(entry.name)) continue;
    const top = join(folder, entry.name);
    const found = entry.isDirectory() ? await readdir(top, { recursive: true, withFileTypes: true }) : [entry];
    const files = found.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    for (const [index, file] of files.entries()) {
      // Read without waiting, which is faster for thousands of small files; now and then others have their turn.
      if (index % filesInTurn === 0) await setImmediate();
      digests[relative(folder, file).split(sep).join('/')] = `sha256-${hash('sha256', readFileSync(file), 'hex')}`;
    }
  }
  return digests;
}

const filesInTurn = 32;

/** Writes `manifest.json`: which version the site shows, and the digest of every file, so that a copy can be compared. */
export async function writeManifest(
  { folder, version, title, schema, base, audience }: Drawn,
  digests: Digests,
): Promise<void> {
  const manifest: SiteManifest = {
    title,
    commit: version.commit ?? null,
    committedAt: version.committedAt ?? null,
    reproducible: version.notReproducible.length === 0,
    ...(version.notReproducible.length > 0 ? { reasons: version.notReproducible } : {}),
    engine,
    schema,
    base,
    audience,
    files: Object.fromEntries(Object.entries(digests).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
}
