/** The branch of a proposal: found again, gone on with, or begun. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Author, type FileInCommit, readFiles, writeCommit, writeTree } from '../history/commit-files.ts';
import { type Git, GitFailed } from '../history/git.ts';
import type { Base } from './base.ts';
import { ProposalFailed } from './failure.ts';

export interface BranchTip {
  commit: string;
  /** Whether this run made it. */
  isNew: boolean;
}

interface Work {
  branch: string;
  base: Base;
  files: FileInCommit[];
  message: string;
  author?: Author | undefined;
  /** Name of the remote, for what people are told. */
  remote: string | undefined;
}

/**
 * Brings the branch to where it holds the files: as it is, if it holds them; else with a commit on top, into which the
 * base is merged if it has gone on. A branch is never set back, and what others put there is not built upon unasked.
 *
 * @throws ProposalFailed (`branch-moved`, `branch-in-use`, `no-identity`, `bad-branch-name`)
 */
export async function prepareBranch(git: Git, work: Work): Promise<BranchTip> {
  const { branch, base, files } = work;
  const local = await localTip(git, branch);
  const { proposed } = base;
  // A branch that was merged holds nothing that could be proposed, whatever became of it since.
  const offers = async (tip: string | undefined): Promise<boolean> =>
    tip !== undefined && (await holds(git, tip, files)) && !(await isAncestor(git, tip, base.commit));
  if (proposed && (await offers(proposed))) return { commit: proposed, isNew: false };
  const from = await tipToGoOnFrom(git, work, local);
  if (from && (await offers(from))) return { commit: from, isNew: false };
  await refuseWhereInUse(git, branch);
  await requireIdentity(git, work.author);
  const commit = await makeCommit(git, work, from);
  await moveBranch(git, work, commit, local);
  return { commit, isNew: true };
}

const localTip = (git: Git, branch: string) =>
  git.answer(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`]);

async function isAncestor(git: Git, older: string, newer: string): Promise<boolean> {
  return older === newer || (await git.run(['merge-base', '--is-ancestor', older, newer])).code === 0;
}

/** Whether a commit has just the wanted bytes at each path. */
async function holds(git: Git, commit: string, files: FileInCommit[]): Promise<boolean> {
  const paths = files.map(({ path }) => path);
  const present = await readFiles(git, commit, paths);
  return files.every(({ path, content }) => {
    const bytes = present.get(path);
    return content === undefined || bytes === undefined ? content === bytes : Buffer.compare(bytes, content) === 0;
  });
}

/** Which commit the next one goes on top of; undefined for a branch that begins at the base. */
async function tipToGoOnFrom(git: Git, work: Work, local: string | undefined): Promise<string | undefined> {
  const { proposed } = work.base;
  if (!proposed || proposed === local) return local;
  if (local && (await isAncestor(git, proposed, local))) return local;
  const follows = !local || (await isAncestor(git, local, proposed));
  // A job in CI, or the same person on another machine, has no local branch, but it is their proposal all the same.
  const isMerged = await isAncestor(git, proposed, work.base.commit);
  if (follows && (isMerged || (await isOwn(git, proposed, local ?? work.base.commit)))) return proposed;
  const { branch, remote } = work;
  throw new ProposalFailed({
    reason: 'branch-moved',
    message: `The branch ${branch} holds other changes on "${remote}", made by somebody else. They are left as they are, and nothing was done.`,
    next: [
      `Look at them: git fetch ${remote} ${branch} && git log -p FETCH_HEAD`,
      `To go on from them: git branch --force ${branch} FETCH_HEAD, and propose again.`,
      'To keep both, give this proposal another branch.',
    ],
  });
}

/** Whether all commits since another were committed under the name that is used here. */
async function isOwn(git: Git, tip: string, since: string): Promise<boolean> {
  const own = await identity(git, 'GIT_COMMITTER_IDENT');
  const committers = await git.answer(['log', '--no-show-signature', '--format=%ce', tip, `^${since}`]);
  const named = (committers ?? '').split('\n').filter(Boolean);
  return own !== undefined && named.length > 0 && named.every((each) => own.includes(`<${each}>`));
}

async function makeCommit(git: Git, { base, files, message, author }: Work, from: string | undefined): Promise<string> {
  const onTop = from && !(await isAncestor(git, from, base.commit)) ? from : undefined;
  const parted =
    onTop && !(await isAncestor(git, base.commit, onTop)) && (await git.answer(['merge-base', onTop, base.commit]));
  try {
    const joined = parted ? { commit: base.commit, parted } : undefined;
    const merged = onTop && joined && (await writeTree(git, { base: onTop, joined, files }));
    const tree = merged ?? (await writeTree(git, { base: onTop ?? base.commit, files }));
    if (!tree) throw new Error('A tree that nothing is merged into cannot have conflicts.');
    const parents = onTop ? [onTop, ...(merged ? [base.commit] : [])] : [base.commit];
    return await writeCommit(git, { tree, parents, message, author });
  } catch (reason) {
    if (reason instanceof GitFailed && reason.command === 'commit-tree' && /sign/i.test(reason.result.stderr))
      throw new ProposalFailed({
        reason: 'git-failed',
        message: `The commit could not be signed, as your settings ask (commit.gpgsign). ${reason.message}`,
        next: ['See that "git commit -S" works, and propose again.'],
      });
    throw reason;
  }
}

async function moveBranch(git: Git, { branch }: Work, commit: string, local: string | undefined): Promise<void> {
  const none = '0'.repeat(commit.length);
  const words = ['update-ref', '-m', 'firebreak: propose', `refs/heads/${branch}`, commit, local ?? none];
  const { code, stderr } = await git.run(words);
  if (code === 0) return;
  const blocking = /'refs\/heads\/([^']+)' exists; cannot create/.exec(stderr)?.[1];
  if (blocking)
    throw new ProposalFailed({
      reason: 'bad-branch-name',
      message: `git cannot have a branch ${branch} beside the branch ${blocking}.`,
      next: [`Rename that one: git branch --move ${blocking} <new name>. Or give the proposal another branch.`],
    });
  throw new ProposalFailed({
    reason: 'branch-moved',
    message: `The branch ${branch} was changed here by another program meanwhile. ${stderr.trim()}`,
    next: ['Propose again.'],
  });
}

/** A branch that somebody has checked out, or is rebasing, must not move under their feet. */
async function refuseWhereInUse(git: Git, branch: string): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const place = await git.answer(['for-each-ref', '--format=%(worktreepath)', ref]);
  const names = ['rebase-merge/head-name', 'rebase-apply/head-name'];
  const paths = (await git.text(['rev-parse', ...names.flatMap((name) => ['--git-path', name])])).split('\n');
  const rebased = await Promise.all(
    paths.map((path) => readFile(resolve(git.settings.folder, path), 'utf8').catch(() => '')),
  );
  if (!place && !rebased.some((name) => name.trim() === ref)) return;
  throw new ProposalFailed({
    reason: 'branch-in-use',
    message: place ? `The branch ${branch} is checked out in ${place}.` : `The branch ${branch} is being rebased.`,
    next: [
      place
        ? `Switch that folder to another branch ("git -C ${JSON.stringify(place)} switch -"), and propose again.`
        : 'Finish the rebase, and propose again.',
    ],
  });
}

/** Name and address as git would write them, or undefined if nobody has set them: a guessed one is no author. */
const identity = (git: Git, variable: string) => git.answer(['-c', 'user.useConfigOnly=true', 'var', variable]);

async function requireIdentity(git: Git, author: Author | undefined): Promise<void> {
  const needed = ['GIT_COMMITTER_IDENT', ...(author ? [] : ['GIT_AUTHOR_IDENT'])];
  const known = await Promise.all(needed.map((variable) => identity(git, variable)));
  if (known.every((name) => name !== undefined)) return;
  throw new ProposalFailed({
    reason: 'no-identity',
    message: 'git does not know whose change this is.',
    next: [
      'Tell it once: git config --global user.name "Your Name" && git config --global user.email you@example.org',
      'In a job, set GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL.',
    ],
  });
}
