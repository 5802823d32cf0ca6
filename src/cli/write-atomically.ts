import { randomBytes } from 'node:crypto';
import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CannotRun } from './command.ts';

/**
 * Replaces a text file as a whole or not at all.
 *
 * @param path of the file
 * @param text its new content, UTF-8
 * @param before what it is expected to hold; undefined for a file that must not exist yet
 * @throws CannotRun when the file holds something else: somebody changed it meanwhile
 */
export async function writeAtomically(path: string, text: string, before: string | undefined): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const present = await readFile(target, 'utf8').catch((reason: NodeJS.ErrnoException) => {
    if (reason.code === 'ENOENT') return undefined;
    throw reason;
  });
  if (present?.replace(/^\uFEFF/, '') !== before)
    throw new CannotRun(`${path} was changed meanwhile and is left as it is. Run the command again.`);
  await replaceFile(target, text);
}

/**
 * Puts a file in place as a whole or not at all, whatever was there before; its rights stay.
 *
 * @param path of the file; folders that are missing are made
 * @param content its new content, as bytes or as text in UTF-8
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const target = await realpath(path).catch(() => path);
  await mkdir(dirname(target), { recursive: true });
  const temporary = `${target}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const mode = (await stat(target).catch(() => undefined))?.mode;
    await writeFile(temporary, content, mode === undefined ? {} : { mode });
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A file before and after; undefined where there is none. */
export interface FileVersion {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/**
 * Replaces, makes and removes several text files, all or none. Each is compared with what was read, and each new text
 * lies on the disk under another name, before the first takes its place; should one fail even then, those before it
 * are put back.
 *
 * @throws CannotRun when a file holds something else than was read
 */
export async function writeTogether(versions: readonly FileVersion[]): Promise<void> {
  const staged: { path: string; temporary: string | undefined; present: Uint8Array | undefined }[] = [];
  try {
    for (const { path, before, after } of versions) {
      const target = await realpath(path).catch(() => path);
      const present = await readFile(target).catch((reason: NodeJS.ErrnoException) => {
        if (reason.code === 'ENOENT') return undefined;
        throw reason;
      });
      if (present?.toString('utf8').replace(/^\uFEFF/, '') !== before)
        throw new CannotRun(`${path} was changed meanwhile and is left as it is. Run the command again.`);
      const temporary = after === undefined ? undefined : `${target}.${randomBytes(4).toString('hex')}.tmp`;
      staged.push({ path: target, temporary, present });
      if (temporary === undefined) continue;
      await mkdir(dirname(target), { recursive: true });
      const mode = (await stat(target).catch(() => undefined))?.mode;
      await writeFile(temporary, after as string, mode === undefined ? {} : { mode });
    }
    await putInPlace(staged);
  } finally {
    for (const { temporary } of staged) if (temporary !== undefined) await rm(temporary, { force: true });
  }
}

async function putInPlace(
  staged: readonly { path: string; temporary: string | undefined; present: Uint8Array | undefined }[],
): Promise<void> {
  const done: (typeof staged)[number][] = [];
  try {
    for (const file of staged) {
      if (file.temporary === undefined) await rm(file.path);
      else await rename(file.temporary, file.path);
      done.push(file);
    }
  } catch (reason) {
    for (const { path, present } of done) await (present === undefined ? rm(path) : writeFile(path, present));
    throw reason;
  }
}
