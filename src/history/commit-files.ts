/**
 * A commit made beside the working tree: with an index of its own and nothing but plumbing, so that neither files,
 * index, HEAD nor stash are touched, whatever the repository is in the middle of (docs/decisions/0014).
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Git, GitFailed } from './git.ts';

export interface FileInCommit {
  /** From the repository's root, with forward slashes. */
  path: string;
  /** Its whole content; undefined deletes the file. */
  content: Uint8Array | undefined;
}

export interface Author {
  name: string;
  email: string;
}

/** A file, as a commit holds it. */
interface Entry {
  mode: string;
  type: string;
  object: string;
}

/** A path is not that of a plain file: a folder, a link or a module stands there, or git refuses the name. */
export class NotAFile extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`${JSON.stringify(path)} is not the path of a plain file.`);
    this.path = path;
  }
}

// A temporary index is nobody's business: no hook, no part of it in the repository's own folder.
const alone = ['-c', 'core.splitIndex=false', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/**
 * What a commit holds at some paths.
 *
 * @param commit a commit or tree
 * @param paths from the repository's root
 * @returns the bytes of those that are there
 * @throws NotAFile where something else than a plain file is
 */
export async function readFiles(git: Git, commit: string, paths: string[]): Promise<Map<string, Uint8Array>> {
  const entries = plainFiles(await treeOf(git, commit), paths);
  if (entries.size === 0) return new Map();
  const names = [...entries.values()].map(({ object }) => `${object}\n`).join('');
  const printed = await git.bytes(['cat-file', '--batch'], { input: names });
  // For each: the id, the type, the length in bytes and a line break; the bytes and a line break.
  let at = 0;
  const contents = [...entries.keys()].map((path) => {
    const start = printed.indexOf('\n', at) + 1;
    const end = start + Number(printed.subarray(at, start).toString('latin1').split(' ')[2]);
    at = end + 1;
    return [path, printed.subarray(start, end)] as const;
  });
  return new Map(contents);
}

/** Everything in a commit, folders too. One listing of all is faster than a question for each path. */
async function treeOf(git: Git, commit: string): Promise<Map<string, Entry>> {
  const listed = await git.bytes(['ls-tree', '-r', '-t', '-z', '--full-tree', commit]);
  const entries = new Map<string, Entry>();
  for (const line of listed.toString('utf8').split('\0')) {
    const [, mode = '', type = '', object = '', path] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (path !== undefined) entries.set(path, { mode, type, object });
  }
  return entries;
}

/** The entries at some paths. @throws NotAFile where one is no plain file, or lies below what is no folder */
function plainFiles(tree: Map<string, Entry>, paths: string[]): Map<string, Entry> {
  const files = new Map<string, Entry>();
  for (const path of paths) {
    // git would take a file away to make room for a folder of its name.
    const above = path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'));
    const entry = tree.get(path);
    if (!isPlainPath(path) || above.some((folder) => (tree.get(folder)?.type ?? 'tree') !== 'tree'))
      throw new NotAFile(path);
    if (entry && !entry.mode.startsWith('100')) throw new NotAFile(path);
    if (entry) files.set(path, entry);
  }
  return files;
}

/**
 * The tree of a commit with some files replaced, added or deleted; the others and all modes stay.
 *
 * @param base the full id of a commit
 * @param joined a further commit whose changes since `base` and this one parted are taken in
 * @returns the id of the tree, or undefined if `joined` changes what `base` changes, in a file that is not in `files`
 * @throws NotAFile
 */
export async function writeTree(
  git: Git,
  { base, joined, files }: { base: string; joined?: { commit: string; parted: string }; files: FileInCommit[] },
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-index-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    const read = joined ? ['-i', '-m', '--aggressive', joined.parted, base, joined.commit] : [base];
    await git.bytes([...alone, 'read-tree', ...read], { env });
    const paths = files.map(({ path }) => path);
    const entries = new Map<string, Entry>();
    for (const commit of joined ? [joined.commit, base] : [base])
      for (const [path, entry] of plainFiles(await treeOf(git, commit), paths)) entries.set(path, entry);
    const lines = await Promise.all(
      files.map(async ({ path, content }) => {
        // Deleting takes out all stages of a file that both sides changed.
        const none = `0 ${'0'.repeat(base.length)}\t${path}\0`;
        if (content === undefined) return none;
        const object = await git.text(['hash-object', '-w', '--no-filters', '--stdin'], { input: content });
        return `${none}${entries.get(path)?.mode ?? '100644'} ${object}\t${path}\0`;
      }),
    );
    const words = [...alone, 'update-index', '-z', '--index-info'];
    const updated = await git.run(words, { env, input: lines.join('') });
    // A name that it does not allow is left out with a word, and all seems well.
    if (updated.code !== 0 || updated.stderr.includes('Ignoring path')) {
      const refused = files.find(({ path }) => updated.stderr.includes(path));
      throw refused ? new NotAFile(refused.path) : new GitFailed('update-index', updated);
    }
    if (joined && (await git.bytes(['ls-files', '--unmerged', '-z'], { env })).length > 0) return undefined;
    return await git.text(['write-tree'], { env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Relative, without parts that lead elsewhere; git's own check refuses what is left of `.git`. */
function isPlainPath(path: string): boolean {
  return path !== '' && !path.includes('\0') && path.split('/').every((part) => !['', '.', '..'].includes(part));
}

const withoutNul = (text: string) => text.replaceAll('\0', '');

/**
 * Writes a commit. It is signed where the user's settings ask for that (`commit.gpgsign`).
 *
 * @param message NUL, which git cannot store, is left out of it and of the author
 * @param author default: from git's settings; the committer always is
 * @returns its id; nothing refers to it yet
 */
export async function writeCommit(
  git: Git,
  { tree, parents, message, author }: { tree: string; parents: string[]; message: string; author?: Author | undefined },
): Promise<string> {
  const sign = (await git.isOn('commit.gpgsign')) ? ['-S'] : [];
  return await git.text(
    [
      '-c',
      'i18n.commitEncoding=utf-8',
      'commit-tree',
      ...sign,
      ...parents.flatMap((parent) => ['-p', parent]),
      '-F',
      '-',
      tree,
    ],
    {
      input: `${withoutNul(message).trimEnd()}\n`,
      env: author ? { GIT_AUTHOR_NAME: withoutNul(author.name), GIT_AUTHOR_EMAIL: withoutNul(author.email) } : {},
    },
  );
}
