/** From disk to text. The only stage that reads the disk; nothing is ever written here. */

import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { VFile } from 'vfile';
import { report } from '../diagnostics/report.ts';

/** The files of a plan as text, with what was wrong with them. */
export interface LoadedFiles {
  /** Text files in the order of their path; one that could not be read has an empty value and a diagnostic. */
  files: VFile[];
  /** Images, by path from the plan's folder. */
  images: Set<string>;
  /** Where the plan lies on this machine. */
  root: string;
  /** Documents that lie elsewhere were laid over it. */
  overlaid?: boolean;
}

// A runbook of 20,000 words has about 150 kB. What is larger was put there by mistake.
const largestFile = 1_000_000;
// The list of ids grows with the plan, by about 40 bytes a step: this is room for a million of them.
const largestLock = 40_000_000;
const atOnce = 16;
const imageEndings = /\.(png|jpe?g|gif|webp|avif|svg)$/i;
const documentEndings = /\.(mdx|md|ya?ml|lock)$/i;

/** Whether a path is that of an image. */
export const isImage = (path: string): boolean => imageEndings.test(path);

/** Whether a path may be that of a document. */
export const isDocument = (path: string): boolean => documentEndings.test(path);

/**
 * Reads all documents of a plan.
 *
 * @param root the folder that holds plan.yaml
 * @returns the files; problems are diagnostics of the file they concern, never exceptions
 */
export async function load(root: string): Promise<LoadedFiles> {
  const loaded: LoadedFiles = { files: [], images: new Set(), root };
  const real = await realpath(root).catch(() => root);
  await loadFolder(root, '', real, loaded, new Set([real]));
  loaded.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  if (!loaded.files.some((file) => file.path === 'plan.yaml')) {
    const file = new VFile({ path: 'plan.yaml', value: '' });
    report(file, 'plan-not-found', { folder: root });
    loaded.files.unshift(file);
  }
  return loaded;
}

/**
 * Reads one file of a plan again, whose text has changed and nothing else of it.
 *
 * @returns undefined when it is no document any more, or was none
 */
export async function loadFile(root: string, path: string): Promise<VFile | undefined> {
  const loaded: LoadedFiles = { files: [], images: new Set(), root };
  const real = await realpath(root).catch(() => root);
  await loadEntry(join(root, path), path, real, loaded, new Set([real]));
  return loaded.files.length === 1 && loaded.files[0]?.path === path ? loaded.files[0] : undefined;
}

async function loadFolder(
  folder: string,
  prefix: string,
  root: string,
  loaded: LoadedFiles,
  visited: ReadonlySet<string>,
): Promise<void> {
  const names = await readdir(folder).catch((reason: NodeJS.ErrnoException) => {
    const file = new VFile({ path: prefix || '.', value: '' });
    if (reason.code === 'ENOENT' && prefix === '') return [];
    report(file, 'unreadable-file', { reason: inWords(reason) });
    loaded.files.push(file);
    return [];
  });
  // A few at a time, so that a plan of thousands of files does not exhaust the open files.
  const shown = names.filter((name) => !name.startsWith('.')).sort();
  for (let from = 0; from < shown.length; from += atOnce)
    await Promise.all(
      shown
        .slice(from, from + atOnce)
        .map((name) => loadEntry(join(folder, name), prefix ? `${prefix}/${name}` : name, root, loaded, visited)),
    );
}

async function loadEntry(
  path: string,
  name: string,
  root: string,
  loaded: LoadedFiles,
  visited: ReadonlySet<string>,
): Promise<void> {
  const file = new VFile({ path: name, value: '' });
  const give = (add: () => void) => {
    add();
    loaded.files.push(file);
  };
  let stats = await lstat(path).catch((reason: NodeJS.ErrnoException) => reason);
  if (stats instanceof Error)
    return give(() => report(file, 'unreadable-file', { reason: inWords(stats as NodeJS.ErrnoException) }));
  let at = path;
  if (stats.isSymbolicLink()) {
    const target = await realpath(path).catch(() => undefined);
    if (target === undefined) return give(() => report(file, 'link-loop', {}));
    if (target !== root && !target.startsWith(root + sep))
      return give(() => report(file, 'link-out-of-plan', { target: relative(root, target) }));
    if (visited.has(target)) return give(() => report(file, 'link-loop', {}));
    at = target;
    stats = await lstat(target);
  }
  if (stats.isDirectory()) return loadFolder(at, name, root, loaded, new Set([...visited, at]));
  if (isImage(name)) {
    loaded.images.add(name);
    return;
  }
  if (!isDocument(name)) return;
  // A pipe or a socket is never opened: reading it would wait for somebody to write.
  if (!stats.isFile()) return give(() => report(file, 'unreadable-file', { reason: 'it is not a regular file' }));
  const limit = name === 'ids.lock' ? largestLock : largestFile;
  if (stats.size > limit)
    return give(() => report(file, 'file-too-large', { size: (stats as { size: number }).size, limit }));
  const bytes = await readFile(at).catch((reason: NodeJS.ErrnoException) => reason);
  give(() => {
    if (bytes instanceof Error) report(file, 'unreadable-file', { reason: inWords(bytes as NodeJS.ErrnoException) });
    else decode(bytes, file);
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Turns the bytes of a document into text, and reports what is wrong with them. */
export function decode(bytes: Uint8Array, file: VFile): void {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    report(file, 'not-text', {});
    return;
  }
  if (text.includes('\0')) {
    report(file, 'not-text', {});
    return;
  }
  if (text.startsWith('\uFEFF')) {
    text = text.slice(1);
    report(file, 'byte-order-mark', {}, beginning);
  }
  if (text.includes('\r\n')) report(file, 'carriage-returns', {}, beginning);
  file.value = text;
}

const start = { line: 1, column: 1, offset: 0 };
const beginning = { start, end: start };

function inWords(reason: NodeJS.ErrnoException): string {
  const known: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'it does not exist',
    ELOOP: 'too many symbolic links',
    EISDIR: 'it is a folder',
    ENOTDIR: 'it is not a folder',
    EIO: 'the disk reports an error',
  };
  return known[reason.code ?? ''] ?? reason.code ?? 'unknown reason';
}
