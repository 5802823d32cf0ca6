/** The first commit of a plan repository, by the person who ran the command. */

import { Git, GitFailed, GitMissing } from '../../history/git.ts';

/** How it went: a commit, or why there is none and what to do. */
export type FirstCommit = { commit: string } | { reason: string; next: string };

/** Begins a repository and commits everything in it. Nobody's name is guessed (docs/decisions/0014). */
export async function firstCommit(folder: string, branch: string, env: NodeJS.ProcessEnv): Promise<FirstCommit> {
  const git = new Git({ folder, env });
  const commitAll = 'git add --all && git commit -m "Begin the incident response plan"';
  try {
    const around = await git.answer(['rev-parse', '--show-prefix']);
    if (around)
      return {
        reason: 'the folder lies in another repository, which has the plan as a part of it',
        next: 'git add . && git commit -m "Begin the incident response plan"',
      };
    if (around === undefined) await git.text(['init', '--quiet', `--initial-branch=${branch}`]);
    await git.text(['add', '--all']);
    const names = await Promise.all(
      ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT'].map((name) =>
        git.answer(['-c', 'user.useConfigOnly=true', 'var', name]),
      ),
    );
    if (names.includes(undefined))
      return {
        reason: 'git does not know your name, and a guessed one would stay in the history of the plan',
        next: `git config --global user.name "Your Name" && git config --global user.email you@example.org && ${commitAll}`,
      };
    await git.text(['commit', '--quiet', '-m', 'Begin the incident response plan']);
    return { commit: await git.text(['rev-parse', '--short', 'HEAD']) };
  } catch (reason) {
    if (reason instanceof GitMissing)
      return { reason: 'the program git was not found', next: `git init && ${commitAll}` };
    if (reason instanceof GitFailed) return { reason: reason.message, next: commitAll };
    throw reason;
  }
}
