import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Version } from '../history/version.ts';
import type { Plan } from '../model/plan.ts';

/** Writes `manifest.json`: which version the site shows, and the digest of every file, so that a copy can be compared. */
export async function writeManifest(folder: string, version: Version, plan: Plan): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== 'manifest.json')
    .sort();
  const files: Record<string, string> = {};
  for (const path of paths)
    files[path] = `sha256-${createHash('sha256')
      .update(await readFile(join(folder, path)))
      .digest('hex')}`;
  const manifest = {
    title: plan.settings.title,
    commit: version.commit ?? null,
    committedAt: version.committedAt ?? null,
    reproducible: version.notReproducible.length === 0,
    ...(version.notReproducible.length > 0 ? { reasons: version.notReproducible } : {}),
    schema: plan.settings.schema,
    files,
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
}
