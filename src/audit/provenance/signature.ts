/**
 * Signs the manifest of a site, and checks the signature, with the keys and the program that git signs commits with
 * (gpg.format = ssh; git-config(1), ssh-keygen(1)).
 */

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Git } from '../../history/git.ts';

/** What a signature is made for, so that one of a commit or a mail cannot be put here. */
const namespace = 'firebreak-manifest';

/** How a signature stands. `key` is the kind of the key and its fingerprint. */
export type Signature =
  | { state: 'good'; by: string; key: string }
  /** The signature is right, and nobody says whose key that is. */
  | { state: 'unknown signer'; key: string; why: 'no list' | 'not in the list' }
  | { state: 'bad'; reason: string };

/** Signing or checking cannot be done on this machine; the message says what is missing, for people. */
export class CannotSign extends Error {}

/**
 * Signs bytes with the key that git is set up with.
 *
 * @returns the signature as text, as ssh-keygen writes it
 * @throws CannotSign
 */
export async function sign(bytes: Uint8Array, git: Git): Promise<string> {
  const format = await git.answer(['config', '--get', 'gpg.format']);
  if (format !== 'ssh')
    throw new CannotSign(
      `git signs with ${format ?? 'OpenPGP'} here. Sites are signed with SSH keys: git config gpg.format ssh.`,
    );
  const named = await git.answer(['config', '--get', 'user.signingKey']);
  if (!named) throw new CannotSign('git has no key to sign with: git config user.signingKey ~/.ssh/id_ed25519.pub.');
  const literal = /^(key::)?((ssh|ecdsa|sk)-.*)$/.exec(named)?.[2];
  return withFiles({ key: literal ?? '' }, async (files) => {
    // A key that is written out has its other half in the agent.
    const key = literal
      ? files.key
      : ((await git.answer(['config', '--type=path', '--get', 'user.signingKey'])) ?? named);
    const words = ['-Y', 'sign', '-n', namespace, '-f', key, ...(literal ? ['-U'] : [])];
    const { code, stdout, stderr } = await run(git, words, bytes);
    if (code !== 0 || !stdout.includes('BEGIN SSH SIGNATURE'))
      throw new CannotSign(`ssh-keygen did not sign: ${stderr.trim() || `it ended with exit code ${code}`}`);
    return stdout;
  });
}

/**
 * Checks a signature.
 *
 * @param signers a file of allowed signers, as in ssh-keygen(1); undefined for the one that git is set up with
 * @throws CannotSign where ssh-keygen is missing
 */
export async function checkSignature(
  bytes: Uint8Array,
  signature: string,
  git: Git,
  signers: string | undefined,
): Promise<Signature> {
  const list = signers ?? (await git.answer(['config', '--type=path', '--get', 'gpg.ssh.allowedSignersFile']));
  return withFiles({ signature }, async (files) => {
    const about = ['-n', namespace, '-s', files.signature];
    const right = await run(git, ['-Y', 'check-novalidate', ...about], bytes);
    if (right.code !== 0) return { state: 'bad', reason: lastLine(right.stderr) };
    const key = /with (.*)$/m.exec(right.stdout)?.[1]?.trim() ?? 'a key';
    if (!list) return { state: 'unknown signer', key, why: 'no list' };
    const found = await run(git, ['-Y', 'find-principals', '-s', files.signature, '-f', list]);
    for (const by of found.code === 0 ? found.stdout.split('\n').filter(Boolean) : []) {
      const verified = await run(git, ['-Y', 'verify', '-f', list, '-I', by, ...about], bytes);
      if (verified.code === 0) return { state: 'good', by, key };
    }
    return { state: 'unknown signer', key, why: 'not in the list' };
  });
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) || 'the signature does not fit';

/** Runs a job with some texts as files that only this user can read, and takes them away after. */
async function withFiles<Name extends string, T>(
  texts: Record<Name, string>,
  job: (paths: Record<Name, string>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-signature-'));
  try {
    const paths = {} as Record<Name, string>;
    for (const name of Object.keys(texts) as Name[]) {
      paths[name] = join(folder, name);
      await writeFile(paths[name], texts[name], { mode: 0o600 });
    }
    return await job(paths);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(
  git: Git,
  words: string[],
  input: Uint8Array | string = '',
): Promise<{ code: number; stdout: string; stderr: string }> {
  const program = (await git.answer(['config', '--type=path', '--get', 'gpg.ssh.program'])) || 'ssh-keygen';
  return new Promise((resolve, reject) => {
    const env = { ...git.settings.env, LC_ALL: 'C' };
    const child = spawn(program, words, { stdio: 'pipe', windowsHide: true, env });
    const result = { code: 1, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      result.stdout += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      result.stderr += part;
    });
    child.on('error', (reason: NodeJS.ErrnoException) =>
      reject(
        reason.code === 'ENOENT' ? new CannotSign(`The program ${program} was not found; OpenSSH has it.`) : reason,
      ),
    );
    child.on('close', (code) => resolve({ ...result, code: code ?? 1 }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
