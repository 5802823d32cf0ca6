/** What git's log says of a folder: every commit with who, when and why, and the files that it changed, in one process. */

import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Git } from './git.ts';

export interface Person {
  name: string;
  mail: string;
}

/** A file below the folder, as a commit changed it; a merge against the branch that it was merged into. */
export interface FileChange {
  what: 'added' | 'changed' | 'removed' | 'renamed';
  /** From the folder, with forward slashes. */
  path: string;
  /** The path before, where it was renamed. */
  from?: string;
  /** Ids of the contents; of nothing, zeros. */
  before: string;
  after: string;
}

export interface Commit {
  id: string;
  parents: string[];
  author: Person;
  committer: Person;
  /** When it was committed, ISO 8601 in UTC. */
  at: string;
  subject: string;
  /** Without the subject and the trailers. */
  body: string;
  trailers: { name: string; value: string }[];
  files: FileChange[];
}

/** The commits of the current branch, newest first, and those at which a shallow clone begins. */
export interface CommitLog {
  commits: Map<string, Commit>;
  /** The newest. */
  head: string;
  /** Commits whose parents this copy does not hold. */
  cut: Set<string>;
}

// Messages cannot hold NUL, so nothing that somebody writes into one can pass for another field.
const fields = ['%H', '%P', '%an', '%ae', '%cn', '%ce', '%ct', '%s', '%b', '%(trailers:only,unfold)'];

// What a user has set for the log must not change what a build shows.
const unset = ['-c', 'log.showSignature=false', '-c', 'i18n.logOutputEncoding=utf-8'];

/**
 * Reads the log of a folder.
 *
 * @param git in the folder
 * @returns undefined outside git, and before the first commit
 */
export async function commitLog(git: Git): Promise<CommitLog | undefined> {
  const head = await git.answer(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (!head) return undefined;
  const words = ['--topo-order', '--full-history', '--sparse', '--diff-merges=first-parent', '--raw', '--relative'];
  const renames = ['-O/dev/null', '-M50%', '-l4000', '--no-abbrev', '-z', '--no-ext-diff', '--no-color'];
  const printed = await git.bytes([
    ...unset,
    'log',
    ...words,
    ...renames,
    `--format=${fields.join('%x00')}`,
    head,
    '--',
    '.',
  ]);
  const commits = new Map(parseLog(printed.toString('utf8')).map((commit) => [commit.id, commit]));
  return { commits, head, cut: await cutAt(git) };
}

/** The tokens are the fields of a commit, then for each file its line and one or two paths. */
function parseLog(printed: string): Commit[] {
  const tokens = printed.split('\0');
  const commits: Commit[] = [];
  let at = 0;
  while (tokens[at]) {
    const [id, parents, author, authorMail, committer, committerMail, time, subject, body, trailers] = tokens.slice(
      at,
      at + fields.length,
    ) as [string, string, string, string, string, string, string, string, string, string];
    at += fields.length;
    const files: FileChange[] = [];
    while (tokens[at]?.trimStart().startsWith(':')) {
      const [, , before = '', after = '', status = ''] = (tokens[at] as string).trimStart().split(' ');
      const isPair = /^[RC]/.test(status);
      const path = tokens[at + (isPair ? 2 : 1)] as string;
      files.push({
        what: whatOf(status),
        path,
        before,
        after,
        ...(status.startsWith('R') ? { from: tokens[at + 1] as string } : {}),
      });
      at += isPair ? 3 : 2;
    }
    commits.push({
      id,
      parents: parents.split(' ').filter(Boolean),
      author: { name: author, mail: authorMail },
      committer: { name: committer, mail: committerMail },
      at: new Date(Number(time) * 1000).toISOString(),
      subject,
      body: withoutTrailers(body, trailers),
      trailers: parseTrailers(trailers.trim() || signsIn(body)),
      files,
    });
  }
  return commits;
}

function whatOf(status: string): FileChange['what'] {
  if (/^[AC]/.test(status)) return 'added';
  if (status.startsWith('D')) return 'removed';
  return status.startsWith('R') ? 'renamed' : 'changed';
}

function parseTrailers(text: string): Commit['trailers'] {
  return text.split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
  });
}

/**
 * Who reviewed and approved, in a last paragraph that git takes for text: GitLab's usual template ends in a line without
 * a colon ("See merge request …"), and what stands under it is then no trailer to git.
 */
function signsIn(body: string): string {
  const last = body.trim().split(/\n\n+/).at(-1) ?? '';
  return (last.match(/^[a-z]+(?:-[a-z]+)*-by: .+ <[^<>]+>$/gim) ?? []).join('\n');
}

/** The trailers are the last paragraph of a message. */
function withoutTrailers(body: string, trailers: string): string {
  if (trailers.trim() === '') return body.trim();
  return body
    .trim()
    .replace(/(^|\n\n+)(?:(?!\n\n)[\s\S])+$/, '')
    .trim();
}

/** Where a shallow clone begins: git keeps the list in a file of its own. */
async function cutAt(git: Git): Promise<Set<string>> {
  if ((await git.answer(['rev-parse', '--is-shallow-repository'])) !== 'true') return new Set();
  const path = await git.text(['rev-parse', '--git-path', 'shallow']);
  const text = await readFile(isAbsolute(path) ? path : join(git.settings.folder, path), 'utf8').catch(() => '');
  return new Set(text.split('\n').filter(Boolean));
}
