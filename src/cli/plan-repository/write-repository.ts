/** Puts a plan repository on disk: all of it or nothing, and never over something else. */

import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
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
  const found = await readdir(folder).catch((reason: NodeJS.ErrnoException) => {
    if (reason.code === 'ENOENT') return [];
    if (reason.code === 'ENOTDIR') throw new CannotRun(`${shown} is a file. Choose another name; nothing was written.`);
    throw new CannotRun(`${shown} cannot be read: ${reason.message}`);
  });
  // An empty repository that was cloned is a place to begin in.
  const names = found.filter((name) => name !== '.git');
  if (names.length === 0) return;
  const listed = names
    .sort()
    .slice(0, shownNames)
    .map((name) => `  ${name}`);
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
    await takePlace(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Gives a folder its name; into one that is there already, perhaps with a shell in it, its entries are moved. */
async function takePlace(temporary: string, folder: string): Promise<void> {
  const there = await readdir(folder).catch(() => undefined);
  if (there === undefined) return rename(temporary, folder);
  const moved: string[] = [];
  try {
    for (const name of await readdir(temporary)) {
      await rename(join(temporary, name), join(folder, name));
      moved.push(name);
    }
  } catch (reason) {
    for (const name of moved) await rm(join(folder, name), { recursive: true, force: true });
    throw reason;
  }
}
