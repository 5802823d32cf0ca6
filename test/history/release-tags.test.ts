/** Tags of releases, and whose signature is under them: with keys that are made for it. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Git } from '../../src/history/git.ts';
import { releaseTags } from '../../src/history/release-tags.ts';
import { approvable } from '../audit/signing.ts';

const tagsIn = async (folder: string, list?: string) =>
  (await releaseTags(new Git({ folder: join(folder, 'content'), env: process.env }), list)).map(
    ({ name, subject, signature }) => [name, subject, signature.state, ...(signature.signer ? [signature.signer] : [])],
  );

test('a tag is signed by a key that the plan lists, by another, by none, or is not what was signed', async () => {
  const { folder, git, commit, edit, keys } = approvable();
  const sign = (key: string, name: string) =>
    git('-c', 'gpg.format=ssh', '-c', `user.signingKey=${key}`, 'tag', '--sign', '--message', `Version ${name}`, name);
  sign(keys.boss, 'v1');
  edit('runbooks/ransomware.mdx', 'root cause', 'first cause');
  commit('Say it plainly');
  sign(keys.other, 'v2');
  git('tag', '--annotate', '--message', 'Version v3', 'v3');
  git('tag', 'v4');
  git('tag', 'picture', 'HEAD:content/plan.yaml');
  // The same signature under another text.
  const forged = git('cat-file', 'tag', 'v1').replace('Version v1', 'Version v9').replace('tag v1', 'tag v9');
  const id = execFileSync('git', ['-C', folder, 'hash-object', '-t', 'tag', '-w', '--stdin'], {
    input: `${forged}\n`,
    encoding: 'utf8',
  }).trim();
  git('update-ref', 'refs/tags/v9', id);
  // Tags of what this version does not hold are none of its releases.
  git('checkout', '--quiet', '-b', 'aside');
  edit('runbooks/ransomware.mdx', 'first cause', 'cause');
  commit('Try something');
  git('tag', 'aside-1');
  git('checkout', '--quiet', 'main');

  const told = await tagsIn(folder, '.allowed-signers');
  expect(new Map(told.map(([name, ...rest]) => [name, rest]))).toEqual(
    new Map([
      ['v1', ['Version v1', 'good', 'boss@example.org']],
      ['v2', ['Version v2', 'unlisted']],
      ['v3', ['Version v3', 'none']],
      ['v4', ['Say it plainly', 'none']],
      ['v9', ['Version v9', 'bad']],
    ]),
  );
  expect((await tagsIn(folder)).find(([name]) => name === 'v1')).toEqual(['v1', 'Version v1', 'unlisted']);
});
