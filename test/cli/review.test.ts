import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { documentDigest } from '../../src/compile/digest.ts';
import { now, runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

const runbook = 'content/runbooks/ransomware.mdx';

test('a review is written into the front matter, and every other byte stays', async () => {
  const folder = temporaryPlan();
  const path = join(folder, runbook);
  const before = readFileSync(path, 'utf8').replace('status: draft', 'status: draft # as yet');
  writeFileSync(path, before);
  const { code, stdout } = await runIn(folder, 'review', 'runbook:ransomware', '--by', 'A. Example');
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${runbook}: reviewed on 2026-11-24 by A. Example\n` });
  expect(readFileSync(path, 'utf8')).toBe(
    before.replace('# as yet\n', '# as yet\nreview:\n  last: 2026-11-24\n  by: A. Example\n'),
  );
  expect((await runIn(folder, 'check')).code).toBe(0);
});

test('the next review takes the place of the last, with its note', async () => {
  const folder = temporaryPlan();
  const note = ['--note', 'Read against the new backup system.'];
  await runIn(folder, 'review', 'runbook:ransomware', 'plan', '--by', 'A. Example', '--on', '2026-05-01', ...note);
  const first = readFileSync(join(folder, runbook), 'utf8');
  expect(first).toContain(
    'review:\n  last: 2026-05-01\n  by: A. Example\n  note: Read against the new backup system.\n',
  );
  expect(readFileSync(join(folder, 'content/plan.yaml'), 'utf8')).toContain('  last: 2026-05-01\n');
  await runIn(folder, 'review', 'runbook:ransomware', '--by', 'B. Example');
  const second = readFileSync(join(folder, runbook), 'utf8');
  expect(second).toContain('review:\n  last: 2026-11-24\n  by: B. Example\n---');
  // Who read it and when is not what it says.
  expect(documentDigest({ review: { last: '2026-05-01', by: 'A. Example' } }, null)).toBe(documentDigest({}, null));
});

test('git says who reads, where nobody else does', async () => {
  const folder = temporaryPlan();
  const none = await runIn(folder, 'review', 'page:scope');
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('Say who read it') });
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync('git', ['config', 'user.name', 'C. Example'], { cwd: folder });
  expect((await runIn(folder, 'review', 'page:scope')).stdout).toContain('by C. Example');
});

test('--due shows what is due, and records it only when somebody says so', async () => {
  const folder = temporaryPlan();
  const plan = join(folder, 'content/plan.yaml');
  writeFileSync(
    plan,
    readFileSync(plan, 'utf8').replace(
      'reviewEvery: {runbook: 12 months}',
      'reviewEvery: {runbook: 12 months, page: 1 month, action: 6 months}',
    ),
  );
  await runIn(folder, 'review', 'page:scope', '--by', 'A. Example', '--on', '2026-10-01');
  await runIn(folder, 'review', 'action:isolate-host', '--by', 'A. Example', '--on', '2026-10-01');
  const before = snapshotOf(folder);
  const shown = await runIn(folder, 'review', '--due', '--by', 'A. Example');
  expect(shown.stdout).toBe(
    '2 reviews are due:\n  runbook:ransomware  never reviewed; every 12 months\n  page:scope          due 2026-11-01, last 2026-10-01\nNothing was written.\n',
  );
  expect(snapshotOf(folder)).toEqual(before);
  const asked: string[] = [];
  const answer = (text: string) =>
    run(['review', '--due', '--by', 'A. Example'], {
      cwd: folder,
      stdout: { write: () => true },
      stderr: { write: () => true },
      env: {},
      now,
      signal: new AbortController().signal,
      ask: async (question) => {
        asked.push(question);
        return text;
      },
    });
  await answer('');
  expect(snapshotOf(folder)).toEqual(before);
  await answer('y');
  expect(asked[0]).toContain('all 2 read through in full');
  expect((await runIn(folder, 'review', '--due')).stdout).toBe('No review is due.\n');
  const json = JSON.parse((await runIn(folder, 'review', '--due', '--json')).stdout) as { reviews: unknown[] };
  expect(json.reviews).toEqual([]);
});

test.each([
  [['review'], 'Say what was read'],
  [['review', 'runbook:ransomwar'], 'Did you mean "runbook:ransomware"?'],
  [['review', 'signal:ransom-note'], 'A signal has no review'],
  [['review', 'contact:on-call'], 'write the day as verifiedOn'],
  [['review', 'page:scope', '--on', '2027-01-01'], 'still to come'],
  [['review', 'page:scope', '--on', '2026-02-30'], 'is no day'],
])('%j is told what to write', async (argv, words) => {
  const folder = temporaryPlan();
  const before = snapshotOf(folder);
  const { code, stderr } = await runIn(folder, ...(argv as string[]), '--by', 'A. Example');
  expect({ code, told: stderr.includes(words as string) }).toEqual({ code: 2, told: true });
  expect(snapshotOf(folder)).toEqual(before);
});

test('all or none: where one cannot be read, nothing is recorded', async () => {
  const folder = temporaryPlan();
  const before = snapshotOf(folder);
  expect((await runIn(folder, 'review', 'page:scope', 'page:other', '--by', 'A. Example')).code).toBe(2);
  expect((await runIn(folder, 'review', 'page:scope', '--by', 'A. Example', '--dry-run')).code).toBe(0);
  expect(snapshotOf(folder)).toEqual(before);
});
