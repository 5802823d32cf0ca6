/** Sends a branch to its remote. Signing in is left to git; no token passes through here. */

import type { Git, GitResult } from '../history/git.ts';
import { pushFailure } from './git-failures.ts';
import { redact } from './redact.ts';
import type { Remote } from './remote.ts';

const exchange = 300_000;

interface Push {
  remote: Remote;
  branch: string;
  commit: string;
  /** For GitLab: what it is asked to do besides. */
  options: string[];
}

export interface Pushed {
  /** Addresses in the words of the remote, such as that of the page for a new pull request. */
  addresses: string[];
  /** Whether the remote took the options. */
  tookOptions: boolean;
}

/** @throws ProposalFailed; the local branch stays as it is */
export async function push(git: Git, { remote, branch, commit, options }: Push): Promise<Pushed> {
  const words = (added: string[]) => [
    ...['push', '--porcelain', '--no-follow-tags', '--recurse-submodules=no'],
    ...added.map((option) => `--push-option=${option}`),
    remote.name,
    `${commit}:refs/heads/${branch}`,
  ];
  const first = await git.run(words(options), { timeout: exchange });
  const unknown = options.length > 0 && first.code !== 0 && /does not support push options/.test(first.stderr);
  const result = unknown ? await git.run(words([]), { timeout: exchange }) : first;
  if (result.code !== 0) throw pushFailure(result, remote.name, branch, remote.secrets);
  return { addresses: addressesIn(result, remote), tookOptions: options.length > 0 && !unknown };
}

function addressesIn({ stderr }: GitResult, { secrets }: Remote): string[] {
  return stderr
    .split(/[\r\n]+/)
    .filter((line) => line.startsWith('remote:'))
    .flatMap((line) => line.match(/https?:\/\/[^\s<>"'`]+/g) ?? [])
    .filter((address) => URL.canParse(address))
    .map((address) => redact(address, secrets));
}
