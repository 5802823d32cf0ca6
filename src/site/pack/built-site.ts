/** Reads a site that was built, for the one-file copy. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Version } from '../../history/version.ts';

/** A built site: its files by their path in it, with forward slashes, in the order of their paths. */
export interface BuiltSite {
  files: ReadonlyMap<string, Buffer>;
  /** Path under which it was built to be served, with a slash at both ends. */
  base: string;
  /** Language of its pages. */
  language: string;
  /** Title of the plan. */
  title: string;
  version: Version;
}

/** Thrown when a folder holds no site that was built. The message says what is missing. */
class NotASite extends Error {
  override name = 'NotASite';
}

/**
 * Reads a folder that `firebreak build` wrote.
 *
 * @throws NotASite when the folder does not exist or is not such a folder
 */
export async function readBuiltSite(folder: string): Promise<BuiltSite> {
  const files = await readFiles(folder);
  const manifest = files.get('manifest.json');
  const home = files.get('index.html')?.toString('utf8');
  if (!manifest || home === undefined)
    throw new NotASite(`${folder} has no ${manifest ? 'index.html' : 'manifest.json'}`);
  const { title, commit, committedAt, reasons } = JSON.parse(manifest.toString('utf8')) as {
    title: string;
    commit: string | null;
    committedAt: string | null;
    reasons?: Version['notReproducible'];
  };
  const [root = ''] = /<html[^>]*>/.exec(home) ?? [];
  return {
    files,
    base: /data-base="([^"]*)"/.exec(root)?.[1] ?? '/',
    language: /lang="([^"]*)"/.exec(root)?.[1] ?? 'en',
    title,
    version: {
      ...(commit === null ? {} : { commit }),
      ...(committedAt === null ? {} : { committedAt }),
      notReproducible: reasons ?? [],
    },
  };
}

/** The files of a folder by their paths in it. @throws NotASite when it does not exist */
export async function readFiles(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((reason) => {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') throw new NotASite(`${folder} does not exist`);
    throw reason;
  });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const files = new Map<string, Buffer>();
  for (const path of paths) files.set(path, await readFile(join(folder, path)));
  return files;
}
