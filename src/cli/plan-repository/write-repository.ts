/** Puts a plan repository on disk: all of it or nothing, and never over something else. */

import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CannotRun } from '../command.ts';

// More names would not help to see what is in the way.
const shownNames = 10;

/**
 * Refuses a folder in which something is.
 *
 * @param shown the folder as the user wrote it
 * @throws CannotRun which names what is in the way
 */
export async function requireFree(folder: string, shown: string): Promise<void> {
  const names = await readdir(folder).catch((reason: NodeJS.ErrnoException) => {
    if (reason.code === 'ENOENT') return [];
    if (reason.code === 'ENOTDIR') throw new CannotRun(`${shown} is a file. Choose another name; nothing was written.`);
    throw new CannotRun(`${shown} cannot be read: ${reason.message}`);
  });
  if (names.length === 0) return;
  const listed = names.sort().slice(0, shownNames).map((name) => `  ${name}`);
  if (names.length > shownNames) listed.push(`  and ${names.length - shownNames} more`);
  throw new CannotRun(
    `${shown} is not empty, and nothing is written over. In the way:\n${listed.join('\n')}\nChoose a new folder, or move these away.`,
  );
}

/**
 * Writes files into a folder beside, and gives it its name at the end.
 *
 * @param files text by path from the folder, with forward slashes
 */
export async function writeRepository(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const temporary = join(dirname(folder), `.${basename(folder)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    for (const [path, text] of files) {
      const target = join(temporary, ...path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text, { flag: 'wx' });
    }
    // An empty folder may be there; Windows renames nothing onto it.
    await rmdir(folder).catch((reason: NodeJS.ErrnoException) => {
      if (reason.code !== 'ENOENT') throw reason;
    });
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
