/** What git says when it cannot reach a remote or a remote does not take a push, told as what is wrong and what to do. */

import { NotAFile } from '../history/commit-files.ts';
import { GitFailed, GitMissing, type GitResult, GitTimedOut } from '../history/git.ts';
import { type FailureReason, ProposalFailed } from './failure.ts';
import { redact } from './redact.ts';

interface Cause {
  /** What git or the forge writes; git speaks English here (`LC_ALL=C`). */
  says: RegExp;
  reason: FailureReason;
  message: string;
  next: string;
}

const again = 'nothing is done twice';

// The first that fits is taken.
const causes: Cause[] = [
  {
    says: /Host key verification failed/i,
    reason: 'not-authenticated',
    message: 'The host of the remote is not known to ssh yet, or its key has changed.',
    next: 'Connect to it once with ssh, compare its key, and propose again.',
  },
  {
    says: /Authentication failed|could not read (Username|Password)|terminal prompts disabled|Permission denied \(|Access denied|invalid credentials|error: 401/i,
    reason: 'not-authenticated',
    message: 'The remote does not let git in.',
    next: `Sign in as you do for every push (a key for ssh, a credential helper for https), try "git push --dry-run", and propose again: ${again}.`,
  },
  {
    says: /error: 403|Permission to .* denied|denied to|insufficient permission|not allowed to (push|upload)|read-only|write access/i,
    reason: 'push-not-allowed',
    message: 'The remote knows you, but you may not push there.',
    next: `Ask whoever keeps the repository for the right to push branches, and propose again: ${again}.`,
  },
  {
    says: /error: 404|repository .*not found|does not appear to be a git repository|does not exist|could not be found/i,
    reason: 'not-found',
    message: 'There is no repository at the address of the remote, or it is not shown to you.',
    next: 'Check the address ("git remote -v") and whether you may see the repository.',
  },
  {
    says: /error: 429/i,
    reason: 'rate-limited',
    message: 'The remote takes no more requests for now.',
    next: `Propose again later: ${again}.`,
  },
  {
    says: /timed out|too slow|timeout/i,
    reason: 'timeout',
    message: 'The remote did not answer in time.',
    next: `Propose again when it answers: ${again}.`,
  },
  {
    says: /could not resolve|couldn't connect|failed to connect|connection refused|unreachable|no route to host|connection reset|hung up unexpectedly|empty reply|error: \(35\)|SSL|certificate/i,
    reason: 'no-network',
    message: 'The remote cannot be reached.',
    next: `Propose again when there is a network: ${again}.`,
  },
  {
    says: /error: 5\d\d/i,
    reason: 'forge-failed',
    message: 'The remote has a fault of its own.',
    next: `Propose again later: ${again}.`,
  },
];

/** A failed `ls-remote` or `fetch`, or a push that did not come as far as its refs. */
export function connectionFailure({ stderr }: GitResult, remote: string, secrets: string[]): ProposalFailed {
  const words = quoted(stderr, secrets);
  const cause = causes.find(({ says }) => says.test(stderr));
  if (!cause)
    return new ProposalFailed({
      reason: 'git-failed',
      message: `git could not talk to the remote "${remote}".${words}`,
      next: [`Try "git fetch ${remote}", put right what it reports, and propose again: ${again}.`],
      secrets,
    });
  return new ProposalFailed({
    reason: cause.reason,
    message: `${cause.message} (Remote "${remote}".)${words}`,
    next: [cause.next],
    secrets,
  });
}

/** A push that the remote refused. @param branch its name */
export function pushFailure(result: GitResult, remote: string, branch: string, secrets: string[]): ProposalFailed {
  const status = /^!\t[^\t]*\t(.*)$/m.exec(result.stdout.toString('utf8'))?.[1] ?? '';
  const words = quoted(result.stderr, secrets, status);
  const failure = (reason: FailureReason, message: string, next: string[]) =>
    new ProposalFailed({ reason, message: `${message}${words}`, next, secrets });
  if (/fetch first|non-fast-forward|stale info|cannot lock ref|already exists|failed to update ref/i.test(status))
    return failure(
      'push-behind',
      `The branch ${branch} was changed on "${remote}" meanwhile; somebody else may propose the same lesson.`,
      [
        `Look at what is there: git fetch ${remote} ${branch} && git log -p FETCH_HEAD`,
        'Propose again: what is there is used if it is the same. Otherwise agree on one proposal, or give yours another branch.',
      ],
    );
  if (/protected|rule violations/i.test(`${status} ${result.stderr}`))
    return failure(
      'push-protected',
      `The branch ${branch} is protected on "${remote}" or its name is not allowed there.`,
      ['Ask whoever keeps the repository to let you push branches of this name, or give the proposal another branch.'],
    );
  if (status)
    return failure('push-declined', `"${remote}" does not take the branch ${branch}.`, [
      'Put right what it says and propose again: the branch is kept here.',
    ]);
  return connectionFailure(result, remote, secrets);
}

/** The last words of git and of the remote, without progress. */
function quoted(stderr: string, secrets: string[], status = ''): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^remote:\s*/, '').trim())
    .filter((line) => line !== '' && !/^(To |hint:|error: failed to push some refs|.*\d+%)/.test(line));
  // Before it is cut, since half a secret would not be found any more.
  const words = redact([...new Set([...lines, status])].filter(Boolean).slice(-8).join(' / '), secrets);
  return words ? ` git says: ${words.length > 800 ? `${words.slice(0, 800)}…` : words}` : '';
}

/** A fault of git itself, as the one error of proposals; what is none of git's is returned as it is. */
export function localFailure(reason: unknown, secrets: string[]): unknown {
  if (reason instanceof GitMissing)
    return new ProposalFailed({
      reason: 'git-missing',
      message: 'The program git was not found.',
      next: ['Install git (git-scm.com) and propose again.'],
    });
  if (reason instanceof NotAFile)
    return new ProposalFailed({
      reason: 'not-a-file',
      message: `${JSON.stringify(reason.path)} cannot be changed: it is no plain file in the repository, or no name that git allows.`,
      next: ['Changes go to plain files of the plan; a link is changed where it leads.'],
    });
  if (reason instanceof GitTimedOut)
    return new ProposalFailed({
      reason: 'timeout',
      message: reason.message,
      next: [`Propose again: ${again}.`],
    });
  if (reason instanceof GitFailed)
    return new ProposalFailed({
      reason: 'git-failed',
      message: reason.message,
      next: ['Put right what git reports and propose again.'],
      secrets,
    });
  return reason;
}
