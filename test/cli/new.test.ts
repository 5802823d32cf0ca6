import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { kinds } from '../../src/kinds/index.ts';
import { now, runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

describe.each([...kinds.keys()])('new %s', (kind) => {
  test('writes a draft in which check finds no error and no id that is not listed', async () => {
    const folder = temporaryPlan();
    await runIn(folder, 'fix');
    // A plan has six phases; a new one takes the place of one that is missing.
    if (kind === 'phase') rmSync(join(folder, 'content/phases/recovery.mdx'));
    const title = kind === 'technique' ? 'T1566.001' : kind === 'phase' ? 'Recovery' : 'Something new';
    const { code, stdout, stderr } = await runIn(folder, 'new', kind, title, '--json');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { path, text } = JSON.parse(stdout) as { path: string; text: string };
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
    const checked = await runIn(folder, 'check', '--format', 'json');
    expect(checked.code).toBe(0);
    expect(checked.stdout).not.toContain('lock-outdated');
    expect(readFileSync(join(folder, 'content/ids.lock'), 'utf8')).toMatch(new RegExp(`^${kind}:`, 'm'));
  });
});

test('a draft cannot be approved while it says TODO, in a text or beside a guess', async () => {
  const folder = temporaryPlan();
  await runIn(folder, 'new', 'runbook', 'Lost device');
  const path = join(folder, 'content/runbooks/lost-device.mdx');
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace('status: draft', 'status: approved\napprovals: [{by: A. Example, role: responder, on: 2026-10-01}]'),
  );
  const { stdout } = await runIn(folder, 'check', '--format', 'json');
  expect(stdout.match(/"placeholder-text"/g)?.length).toBe(text.match(/TODO/g)?.length);
});

test('what is set is not asked, and properties that are not required can be set', async () => {
  const folder = temporaryPlan();
  const questions: string[] = [];
  const answers = ['Insurer', 'pidgeon', 'phone', ''];
  const stderr = { text: '', write: (text: string) => (stderr.text += text) };
  const code = await run(['new', 'contact', '--set', 'channels.value=+1 202 555 0100', '--set', 'roles=responder'], {
    cwd: folder,
    stdout: { write: () => true },
    stderr,
    env: {},
    now,
    signal: new AbortController().signal,
    ask: async (question) => {
      questions.push(question);
      return answers.shift() ?? '';
    },
  });
  expect(code).toBe(0);
  expect(questions.map((question) => question.trim().split(':')[0])).toEqual(['title', 'channels.kind', '>']);
  expect(stderr.text).toContain('"pidgeon" cannot be channels.kind.');
  expect(readFileSync(join(folder, 'content/contacts/insurer.yaml'), 'utf8')).toBe(
    'title: Insurer\nroles:\n  - responder\nchannels:\n  - kind: phone\n    value: +1 202 555 0100\n',
  );
});

test('short codes, places and numbers are free ones', async () => {
  const folder = temporaryPlan();
  const { stdout } = await runIn(folder, 'new', 'runbook', 'Ransom work', '--dry-run');
  expect(stdout).toContain('\ncode: RA\n');
});

test('nothing is overwritten, and nothing is written that would be an error', async () => {
  const folder = temporaryPlan();
  const before = snapshotOf(folder);
  const again = await runIn(folder, 'new', 'runbook', 'Ransomware');
  expect(again).toMatchObject({ code: 2, stdout: '' });
  expect(again.stderr).toContain('content/runbooks/ransomware.mdx exists already');
  const alias = await runIn(folder, 'new', 'runbook', 'Ransomware', '--id', 'other');
  expect(alias.code).toBe(1);
  expect(alias.stderr).toContain('Ransomware');
  expect((await runIn(folder, 'new', 'phase', 'Seventh')).code).toBe(1);
  expect((await runIn(folder, 'new', 'page', 'A page', '--dry-run')).code).toBe(0);
  expect(snapshotOf(folder)).toEqual(before);
});

test.each([
  [['new'], 'Say what is to be begun: phase, runbook'],
  [['new', 'runbok', 'x'], 'Did you mean "runbook"?'],
  [['new', 'runbook'], 'Say how it is called'],
  [['new', 'technique', 'Phishing'], 'Say which technique'],
  [['new', 'page', 'x', '--id', 'No Id'], 'cannot be the id of a page'],
  [['new', 'page', 'x', '--set', 'ownr=responder'], 'Did you mean "owner"?'],
  [['new', 'page', 'x', '--set', 'owner=respnder'], 'Did you mean "responder"?'],
  [['new', 'page', 'x', '--set', 'owner'], 'sets nothing'],
  [['new', 'page', 'x', '--set', 'order=ten'], 'whole number'],
  [['new', 'contact', 'x', '--set', 'channels=phone'], 'Set what it holds: channels.kind, channels.value'],
])('%j is told what to write', async (argv, words) => {
  const { code, stderr } = await runIn(temporaryPlan(), ...(argv as string[]));
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});
