/** The change log of a period: between tags, commits and days, in words and with the lesson behind it. */

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeLogMarkdown, changeLogOf } from '../../src/history/change-log.ts';
import { nameOf } from '../../src/history/document-history.ts';
import { Git } from '../../src/history/git.ts';
import { NoSuchPeriod, periodOf } from '../../src/history/period.ts';
import { temporaryPlan } from '../cli/whole-command.ts';
import { historyIn, planRepository } from './plan-repository.ts';

const gitIn = (folder: string) => new Git({ folder: join(folder, 'content'), env: process.env });

async function logOf(folder: string, since?: string, until?: string) {
  const { plan, history } = await historyIn(folder);
  const log = changeLogOf(plan, history, await periodOf(gitIn(folder), since, until), 'content');
  return {
    log,
    markdown: changeLogMarkdown(plan, log),
    told: log.documents.map(({ document, versions }) => [nameOf(document), ...versions.map(({ day }) => day)]),
  };
}

/** Days: 1 begin, 2 reword (tag v1.0), 3 take a term out, 4 more detail (tag v1.1). */
function changed() {
  const repository = planRepository();
  const { edit, commit, git, folder } = repository;
  edit(
    'runbooks/ransomware.mdx',
    'List the hosts that are affected.',
    'List the hosts and accounts that are affected.',
  );
  commit('Accounts are affected too\n\nIn the exercise nobody had looked.', 'Bob');
  git('tag', 'v1.0');
  rmSync(join(folder, 'content/terms/runbook.yaml'));
  commit('Retire a word', 'Carol');
  edit('roles/responder.yaml', 'title:', '# Whoever is first.\ntitle:');
  edit('runbooks/ransomware.mdx', 'summary: Files are encrypted.', 'summary: Files cannot be opened.');
  commit('Say what is seen');
  git('tag', 'v1.1');
  return repository;
}

test('a period between two tags, or a tag and a day, holds what changed after the one and up to the other', async () => {
  const { folder } = changed();
  expect((await logOf(folder, 'v1.0')).told).toEqual([
    ['role:responder', '2026-03-04'],
    ['runbook:ransomware', '2026-03-04'],
  ]);
  expect((await logOf(folder, 'v1.0', 'v1.0')).told).toEqual([]);
  expect((await logOf(folder, '2026-03-02', 'v1.0')).told).toEqual([['runbook:ransomware', '2026-03-02']]);
  expect((await logOf(folder, '2026-03-02', '2026-03-03')).told).toEqual([['runbook:ransomware', '2026-03-02']]);
  const whole = await logOf(folder);
  expect(whole.told).toContainEqual(['runbook:ransomware', '2026-03-04', '2026-03-02', '2026-03-01']);
  expect(whole.told[0]).toEqual(['plan', '2026-03-01']);
});

test('it tells who, when, why and what, and what was taken out', async () => {
  const { folder, git } = changed();
  const { markdown, log } = await logOf(folder, 'HEAD~3', 'v1.1');
  const [newest, before, taken] = ['HEAD', 'HEAD~2', 'HEAD~1'].map((name) => git('rev-parse', '--short=8', name));
  expect(log.removed?.map(({ path, subject }) => [path, subject])).toEqual([['terms/runbook.yaml', 'Retire a word']]);
  expect(markdown).toBe(`# Change log: Smallest plan

Since HEAD\\~3 (commit ${git('rev-parse', '--short=8', 'HEAD~3')} of 2026-03-01) until v1.1 (commit ${newest} of 2026-03-04).

## Role: Responder

### 2026-03-04 Say what is seen

version ${newest}, by Alice

- Nothing that it says: only the form of the file.

## Runbook: Ransomware

### 2026-03-04 Say what is seen

version ${newest}, by Alice

- summary: 'Files are encrypted.' becomes 'Files cannot be opened.'

### 2026-03-02 Accounts are affected too

version ${before}, by Bob

In the exercise nobody had looked.

- Identification: 'List the hosts that are affected.' becomes 'List the hosts and accounts that are affected.'

## Taken out of the plan

- terms/runbook.yaml, on 2026-03-03 by Carol (version ${taken}): Retire a word
`);
});

test('a period that nobody knows is told with the reason', async () => {
  const { folder, git } = changed();
  const asked = (...bounds: [string?, string?]) => periodOf(gitIn(folder), bounds[0], bounds[1]);
  await expect(asked('v9')).rejects.toThrow('git knows no tag or commit "v9", and it is no day such as 2026-03-31.');
  await expect(asked('2026-02-30')).rejects.toThrow(NoSuchPeriod);
  await expect(asked('v1.1', 'v1.0')).rejects.toThrow('v1.1 does not come before v1.0');
  await expect(asked('2026-03-04', '2026-03-01')).rejects.toThrow('nothing lies between them');
  const bare = temporaryPlan();
  await expect(periodOf(gitIn(bare), 'v1.0', undefined)).rejects.toThrow('Without a git repository nobody knows');
  const shallow = join(temporaryPlan(), 'shallow');
  execFileSync('git', ['clone', '--quiet', '--depth', '2', '--no-tags', `file://${folder}`, shallow], {
    stdio: 'pipe',
  });
  await expect(periodOf(gitIn(shallow), git('rev-parse', 'v1.0'), undefined)).rejects.toThrow('git fetch --unshallow');
  const { markdown, log } = await logOf(shallow);
  expect(log).toMatchObject({ known: 'part', oldest: '2026-03-03' });
  expect(markdown).toContain('shallow clone that begins on 2026-03-03');
});
