/** Signatures of commits, verified by git against the plan's own list of keys. */

import { isAbsolute, join } from 'node:path';
import type { Git } from './git.ts';

/**
 * `good`: made by a key that the list gives to `signer`. `unlisted`: by a key that the list does not hold, or not for
 * that day. `bad`: the commit is not what was signed. `none`: not signed. `unknown`: it cannot be told on this machine.
 */
export interface Signature {
  state: 'good' | 'unlisted' | 'bad' | 'none' | 'unknown';
  /** The address that the list gives to the key. */
  signer?: string;
}

// As git's documentation of pretty formats has them, %G?.
const states: Record<string, Signature['state']> = {
  G: 'good',
  B: 'bad',
  U: 'unlisted',
  X: 'unlisted',
  Y: 'unlisted',
  R: 'unlisted',
  N: 'none',
};

/**
 * Verifies commits in one process.
 *
 * @param allowedSigners path from the root of the repository
 */
export async function signaturesOf(
  git: Git,
  commits: readonly string[],
  allowedSigners: string,
): Promise<Map<string, Signature>> {
  if (commits.length === 0) return new Map();
  const printed = await git.bytes(
    [
      ...(await settingsFor(git, allowedSigners)),
      'log',
      '--no-walk=unsorted',
      '-z',
      '--format=%H%x00%G?%x00%GS%x00%GF',
      '--stdin',
    ],
    { input: `${[...new Set(commits)].join('\n')}\n` },
  );
  const tokens = printed.toString('utf8').split('\0');
  const found = new Map<string, Signature>();
  for (let at = 0; tokens[at]; at += 4) {
    const [id = '', letter = '', signer = '', key = ''] = tokens.slice(at, at + 4);
    // Keys of OpenPGP come from the keyring of whoever builds, which is not the plan's.
    const state = letter === 'G' && !key.startsWith('SHA256:') ? 'unlisted' : (states[letter] ?? 'unknown');
    found.set(id, { state, ...(state === 'good' ? { signer } : {}) });
  }
  return found;
}

/**
 * What git is told before it verifies: only the plan's own list and ssh-keygen have a say, and what a user trusts
 * elsewhere is nothing to this plan.
 *
 * @param allowedSigners path from the root of the repository; undefined for a list that names nobody
 */
export async function settingsFor(git: Git, allowedSigners: string | undefined): Promise<string[]> {
  const root = await git.text(['rev-parse', '--show-toplevel']);
  const list = allowedSigners === undefined || isAbsolute(allowedSigners) ? allowedSigners : join(root, allowedSigners);
  const settings = [
    `gpg.ssh.allowedSignersFile=${list ?? '/dev/null'}`,
    'gpg.ssh.revocationFile=/dev/null',
    'gpg.ssh.program=ssh-keygen',
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}
