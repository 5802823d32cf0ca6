/** What a proposal is measured against: the default branch as the remote has it now. */

import { readFiles } from '../history/commit-files.ts';
import type { Git } from '../history/git.ts';
import { type ChangedFile, ProposalFailed } from './failure.ts';
import { connectionFailure } from './git-failures.ts';
import type { Remote } from './remote.ts';

export interface Base {
  /** Name of the branch, without refs/heads/. */
  branch: string;
  commit: string;
  /** Where the proposal's branch is on the remote; undefined if it is not there. */
  proposed: string | undefined;
}

/** Milliseconds for one exchange with a remote: pushes of text are small, but a person may have to unlock a key. */
const exchange = 300_000;

interface Question {
  remote: Remote | undefined;
  /** The branch to be changed. Default: the remote's default branch; without a remote, the present commit. */
  base?: string | undefined;
  /** Branch of the proposal. */
  branch: string;
}

/**
 * Asks the remote for its default branch and fetches what is missing here. Only objects arrive: no ref and no file of
 * the repository changes.
 *
 * The default branch is what the remote's HEAD points to (`ls-remote --symref`); a server too old to say it is taken at
 * what `git clone` or `git remote set-head` noted in refs/remotes/<remote>/HEAD.
 */
export async function findBase(git: Git, { remote, base, branch }: Question): Promise<Base> {
  if (!remote) return await localBase(git, base);
  const refs = await refsOf(git, remote, [
    'HEAD',
    ...[branch, base].filter(Boolean).map((name) => `refs/heads/${name}`),
  ]);
  const name = base ?? refs.get('HEAD')?.target ?? (await notedDefault(git, remote));
  const asked =
    name && !base && !refs.has(`refs/heads/${name}`) ? await refsOf(git, remote, [`refs/heads/${name}`]) : refs;
  const commit = name && (asked.get(`refs/heads/${name}`) ?? (base ? undefined : refs.get('HEAD')))?.id;
  if (!name || !commit) throw unknownBase(remote.name, name);
  const proposed = refs.get(`refs/heads/${branch}`)?.id;
  await fetchMissing(git, remote, [{ name, id: commit }, ...(proposed ? [{ name: branch, id: proposed }] : [])]);
  return { branch: name, commit, proposed };
}

async function localBase(git: Git, base: string | undefined): Promise<Base> {
  const commit = await git.answer([
    'rev-parse',
    '--verify',
    '--quiet',
    base ? `refs/heads/${base}^{commit}` : 'HEAD^{commit}',
  ]);
  if (!commit)
    throw new ProposalFailed({
      reason: 'base-unknown',
      message: base ? `There is no branch ${base} here.` : 'The repository has no commit yet.',
      next: [base ? 'Name a branch that is here.' : 'Commit the plan first.'],
    });
  const branch = base ?? (await git.answer(['symbolic-ref', '--short', '--quiet', 'HEAD'])) ?? 'HEAD';
  return { branch, commit, proposed: undefined };
}

const unknownBase = (remote: string, name: string | undefined) =>
  new ProposalFailed({
    reason: 'base-unknown',
    message: name
      ? `There is no branch ${name} on "${remote}".`
      : `"${remote}" does not say which branch is its default one; it may be empty.`,
    next: ['Name the branch that is to be changed (--base main), or push it first.'],
  });

interface RemoteRef {
  id: string;
  /** Name of the branch that a symbolic ref points to. */
  target?: string;
}

async function refsOf(git: Git, remote: Remote, names: string[]): Promise<Map<string, RemoteRef>> {
  const result = await git.run(['ls-remote', '--symref', remote.name, ...names], { timeout: exchange });
  if (result.code !== 0) throw connectionFailure(result, remote.name, remote.secrets);
  const refs = new Map<string, RemoteRef>();
  const targets = new Map<string, string>();
  for (const line of result.stdout.toString('utf8').split('\n')) {
    const [value = '', name = ''] = line.split('\t');
    const target = /^ref: refs\/heads\/(.*)$/.exec(value)?.[1];
    if (target) targets.set(name, target);
    else if (names.includes(name))
      refs.set(name, { id: value, ...(targets.has(name) ? { target: targets.get(name) as string } : {}) });
  }
  return refs;
}

async function notedDefault(git: Git, { name }: Remote): Promise<string | undefined> {
  const noted = await git.answer(['symbolic-ref', '--quiet', `refs/remotes/${name}/HEAD`]);
  return noted?.slice(`refs/remotes/${name}/`.length);
}

async function fetchMissing(git: Git, remote: Remote, wanted: { name: string; id: string }[]): Promise<void> {
  const asked = wanted.map(({ id }) => `${id}\n`).join('');
  const known = (await git.text(['cat-file', '--batch-check'], { input: asked })).split('\n');
  const missing = wanted.filter((_, index) => !known[index]?.includes(' commit '));
  if (missing.length === 0) return;
  const result = await git.run(
    [
      ...['-c', 'maintenance.auto=false', '-c', 'gc.auto=0'],
      ...[
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-prune',
        '--no-write-fetch-head',
        '--recurse-submodules=no',
        '--refmap=',
      ],
      remote.name,
      ...missing.map(({ name }) => `refs/heads/${name}`),
    ],
    { timeout: exchange },
  );
  if (result.code !== 0) throw connectionFailure(result, remote.name, remote.secrets);
}

/** What the files of a plan are at the base, as text. @param paths from the repository's root */
export async function textsAt(git: Git, commit: string, paths: string[]): Promise<Map<string, string>> {
  const files = await readFiles(git, commit, paths);
  return new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]));
}

/** A file with its text before and after; undefined: there is no such file. */
export interface Edit {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/**
 * The edits as they fit the base's bytes. A working tree may have other line ends than the commit (`core.autocrlf`),
 * and a text that was read may lack its byte order mark: where only these differ, the base's are kept.
 *
 * @throws ProposalFailed (`base-changed`) with both versions of each file that is something else than was expected,
 *   unless it is already what it is to become
 */
export function fitToBase(edits: Edit[], actual: Map<string, string>, base: string): Edit[] {
  const changed: ChangedFile[] = [];
  const fitted = edits.map((edit) => {
    const text = actual.get(edit.path);
    if (text === edit.before || text === edit.after) return edit;
    if (text !== undefined && edit.before !== undefined && isSameButForm(text, edit.before)) {
      const after = edit.after === undefined ? undefined : inFormOf(text, edit.after);
      return { path: edit.path, before: text, after };
    }
    changed.push({ path: edit.path, expected: edit.before, actual: text });
    return edit;
  });
  if (changed.length === 0) return fitted;
  const names = changed.map(({ path }) => path).join(', ');
  throw new ProposalFailed({
    reason: 'base-changed',
    message: `${names} ${changed.length === 1 ? 'is' : 'are'} not on ${base} what the change was written for. Nothing was done.`,
    next: [
      `Bring the plan up to date with ${base} ("git pull"), look at both versions, adapt the change, and propose again.`,
    ],
    changed,
  });
}

const mark = '\uFEFF';
const plain = (text: string) => text.replace(mark, '').replaceAll('\r\n', '\n');

/** Whether two texts differ in nothing but their mark and, throughout, their line ends. */
const isSameButForm = (base: string, text: string) => plain(base) === plain(text) && inFormOf(base, text) === base;

/** A text with the byte order mark and the line ends of another. */
function inFormOf(model: string, text: string): string {
  const ended = model.includes('\r\n') ? plain(text).replaceAll('\n', '\r\n') : plain(text);
  return model.startsWith(mark) ? `${mark}${ended}` : ended;
}
