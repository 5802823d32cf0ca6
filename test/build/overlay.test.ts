/** Contacts that lie outside the repository: the build has them, the repository does not, and the manifest says so. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryPlan } from '../cli/whole-command.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const command = join(repository, 'src/cli/main.ts');
const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...outer } = process.env;
const env = { ...outer, ASTRO_TELEMETRY_DISABLED: '1', CI: '1' };
const patience = 300_000;
const number = '+1 202 555 0142';

/** A repository without a contact, which expects them from elsewhere, and a folder beside it that is in no repository. */
function planWithoutContacts() {
  const outside = temporaryPlan(join(repository, '.firebreak'));
  const folder = join(outside, 'repository');
  mkdirSync(folder);
  execFileSync('mv', [join(outside, 'content'), folder]);
  const contacts = join(folder, 'content/contacts');
  for (const name of readdirSync(contacts)) rmSync(join(contacts, name));
  const settings = join(folder, 'content/plan.yaml');
  writeFileSync(settings, `${readFileSync(settings, 'utf8')}overlay: [contact]\n`);
  const identity = ['-c', 'user.name=A. Example', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const git = (...words: string[]) =>
    execFileSync('git', [...identity, ...words], { cwd: folder, env, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  git('add', 'content');
  git('commit', '--quiet', '--message', 'Keep the contacts elsewhere');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(outside, path)), { recursive: true });
    writeFileSync(join(outside, path), text);
  };
  const firebreak = (...argv: string[]) =>
    spawnSync(process.execPath, [command, ...argv], { cwd: folder, encoding: 'utf8', env });
  return { folder, git, write, firebreak };
}

const onCall = (value: string) => `title: On call\nroles: [responder]\nchannels: [{kind: phone, value: ${value}}]\n`;
const indented = (text: string) => text.replace(/^(?=.)/gm, '    ');

test('a build with an overlay has the contacts; the repository and a build without it have none', {
  timeout: patience,
}, () => {
  const { folder, git, write, firebreak } = planWithoutContacts();
  write('secure/contacts/on-call.yaml', onCall(number));
  const page = (out: string, path: string) => readFileSync(join(folder, out, path), 'utf8');

  const built = firebreak('build', '--overlay', '../secure', '--out', 'out');
  expect(built.status, built.stderr).toBe(0);
  expect(page('out', 'contacts/on-call/index.html')).toContain(number);
  // Who answers for a role is told where the role is met.
  expect(page('out', 'runbooks/ransomware/index.html')).toContain('tel:+12025550142');
  const manifest = JSON.parse(page('out', 'manifest.json'));
  expect(manifest).toMatchObject({ reproducible: false, reasons: ['overlay'] });
  expect(JSON.stringify(manifest)).not.toContain(number);

  expect(git('grep', '--cached', '--count', 'responder')).not.toBe('');
  expect(git('log', '--all', '--patch')).not.toMatch(/555[ -]?0142/);
  expect(git('ls-files')).not.toContain('contacts/');

  const without = firebreak('build', '--out', 'without');
  expect(without.status, without.stderr).toBe(0);
  expect(readdirSync(join(folder, 'without'))).not.toContain('contacts');
  expect(page('without', 'runbooks/ransomware/index.html')).not.toContain('0142');
  expect(JSON.parse(page('without', 'manifest.json'))).toMatchObject({ reproducible: true });
});

test('one file can hold the contacts, and a fault in it is told at its own line', { timeout: patience }, () => {
  const { write, firebreak } = planWithoutContacts();
  const missing = firebreak('check');
  expect([missing.status, missing.stdout + missing.stderr]).toEqual([0, expect.stringContaining('overlay-expected')]);
  write('contacts.yaml', `contacts:\n  on-call:\n${indented(onCall(number))}`);
  const right = firebreak('check', '--overlay', '../contacts.yaml');
  expect([right.status, right.stdout + right.stderr]).toEqual([0, expect.not.stringContaining('overlay-expected')]);
  write('contacts.yaml', `contacts:\n  on-call:\n${indented(onCall(number).replace('responder', 'respondr'))}`);
  const wrong = firebreak('check', '--overlay', '../contacts.yaml');
  expect(wrong.status).toBe(1);
  expect(wrong.stdout + wrong.stderr).toContain('contacts.yaml:4:');
  expect(wrong.stdout + wrong.stderr).toContain('Did you mean "responder"?');
});
