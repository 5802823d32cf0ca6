/** The history of documents, from repositories that are made for it. */

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DocumentVersion } from '../../src/history/document-history.ts';
import { Git } from '../../src/history/git.ts';
import { pullRequestOf } from '../../src/history/pull-request.ts';
import type { ToldHistory } from '../../src/history/read-history.ts';
import { stepHistories } from '../../src/history/step-history.ts';
import { differenceKey } from '../../src/history/version-difference.ts';
import { versionDifferences } from '../../src/history/version-differences.ts';
import type { Document } from '../../src/model/document.ts';
import { historyText } from '../../src/model/history-text.ts';
import { temporaryPlan } from '../cli/whole-command.ts';
import { historyIn, planRepository } from './plan-repository.ts';

const runbook = 'runbooks/ransomware.mdx';
const same = <T>(one: T): T => one;

/** Each version of a document in one line, and what it changed. */
function told({ versions, differences }: ToldHistory, name: string): unknown[] {
  return (versions.get(name) ?? []).map((version) => [
    `${version.at.slice(0, 10)} ${version.authors.map(({ name: author }) => author).join(', ')}: ${version.subject}`,
    version.what,
    ...(differences.get(differenceKey(version))?.lines ?? []),
  ]);
}

test('a version says who, when, why and what, and a document that was renamed keeps its history', async () => {
  const { folder, commit, edit } = planRepository();
  edit(runbook, 'List the hosts that are affected.', 'List the affected hosts and their owners.');
  commit('Name the owners too\n\nTwo hosts had nobody to call.', 'Bob');
  renameSync(join(folder, 'content', runbook), join(folder, 'content/runbooks/encryption.mdx'));
  edit('plan.yaml', 'firstRunbook: ransomware', 'firstRunbook: encryption');
  for (const path of ['signals/ransom-note.yaml', 'exercises/friday-night.yaml', 'lessons/first-exercise.yaml']) {
    const whole = join(folder, 'content', path);
    writeFileSync(whole, readFileSync(whole, 'utf8').replaceAll(/\bransomware\b/g, 'encryption'));
  }
  commit('Call it what it is');
  const { history } = await historyIn(folder);
  expect(told(history, 'runbook:encryption')).toEqual([
    ['2026-03-03 Alice: Call it what it is', 'renamed'],
    [
      '2026-03-02 Bob: Name the owners too',
      'changed',
      "Identification: 'List the hosts that are affected.' becomes 'List the affected hosts and their owners.'",
    ],
    ['2026-03-01 Alice: Begin the plan', 'added'],
  ]);
  expect(history.versions.get('runbook:encryption')?.[1]?.body).toBe('Two hosts had nobody to call.');
  expect(history).toMatchObject({ known: 'all', uncommitted: false });
});

test('a merge is one version, with the reason of its pull request and those who wrote it', async () => {
  const { folder, git, commit, merge, edit } = planRepository();
  git('checkout', '--quiet', '-b', 'owners');
  edit(runbook, 'List the hosts that are affected.', 'List the affected hosts.');
  commit('Shorten', 'Bob');
  edit(runbook, 'Find the root cause.', 'Find the first cause.');
  commit('Say it plainly\n\nCo-authored-by: Carol <carol@example.org>', 'Bob');
  git('checkout', '--quiet', 'main');
  edit('terms/runbook.yaml', 'title:', '# A remark.\ntitle:');
  commit('Remark', 'Alice');
  merge('owners', 'Merge pull request #12 from bob/owners\n\nShorter steps\n\nApproved-by: Alice <alice@example.org>');
  const { history, plan } = await historyIn(folder);
  const [version, ...older] = history.versions.get('runbook:ransomware') ?? [];
  expect(older).toHaveLength(1);
  expect(version).toMatchObject({
    subject: 'Shorter steps',
    body: '',
    isMerge: true,
    pullRequest: { number: 12, name: '#12' },
    authors: [{ name: 'Bob' }, { name: 'Carol' }],
    committer: { name: 'Forge' },
    trailers: [{ name: 'Approved-by', value: 'Alice <alice@example.org>' }],
    brought: [{ subject: 'Say it plainly' }, { subject: 'Shorten' }],
  });
  const steps = stepHistories(
    plan.documents.get('runbook:ransomware') as Document,
    history.versions.get('runbook:ransomware') ?? [],
    history.differences,
  );
  expect(steps.map(({ step, since, changed }) => [step.id, since?.at.slice(0, 10), changed?.at.slice(0, 10)])).toEqual(
    expect.arrayContaining([
      ['call-for-help', '2026-03-01', undefined],
      ['find-cause', '2026-03-01', '2026-03-05'],
    ]),
  );
});

test('a remark in a file is a version that changes nothing, and a step that is new has its day', async () => {
  const { folder, commit, edit } = planRepository();
  edit(runbook, 'owner: responder', 'owner: responder # until June');
  commit('Remark');
  edit(runbook, '## Recovery\n', '## Recovery\n\n<Step id="tell-staff" role="responder">\nTell the staff.\n</Step>\n');
  commit('Tell the staff');
  const { history, plan } = await historyIn(folder);
  const versions = history.versions.get('runbook:ransomware') ?? [];
  expect(versions.map((version) => history.differences.get(differenceKey(version))?.lines)).toEqual([
    ["Recovery: new step at the beginning: 'Tell the staff.'"],
    [],
    [],
  ]);
  const added = stepHistories(plan.documents.get('runbook:ransomware') as Document, versions, history.differences).find(
    ({ step }) => step.id === 'tell-staff',
  );
  expect(added?.since?.subject).toBe('Tell the staff');
  expect(added?.changed).toBeUndefined();
});

test('what is kept from an audience is no change of the form, and nothing says that a step stayed as it was', async () => {
  const { folder, commit, edit } = planRepository();
  edit(runbook, 'List the hosts that are affected.', 'List the affected hosts and their owners.');
  commit('Name the owners too');
  const { history, plan } = await historyIn(folder);
  const git = new Git({ folder: join(folder, 'content'), env: process.env });
  const limits = { audience: 'public', log: same, history: same, mayTell: () => false };
  const kept = await versionDifferences(plan, history, git, undefined, limits);
  const versions = history.versions.get('runbook:ransomware') ?? [];
  expect(kept.get(differenceKey(versions[0] as DocumentVersion))?.lines).toEqual([historyText('en').untold]);
  const document = plan.documents.get('runbook:ransomware') as Document;
  for (const { changed, since, untold } of stepHistories(document, versions, kept))
    expect({ changed, since, untold }).toEqual({ changed: undefined, since: undefined, untold: true });
  expect(stepHistories(document, versions, history.differences).some(({ untold }) => untold)).toBe(false);
});

test('a file that takes the path of one that was moved away does not take its history', async () => {
  const { folder, commit } = planRepository();
  const term = (name: string) => join(folder, `content/terms/${name}.yaml`);
  renameSync(term('runbook'), term('drill-book'));
  commit('Make room');
  writeFileSync(term('runbook'), 'title: Something else\nsummary: Written for the first time.\n');
  commit('Take the place');
  const { history } = await historyIn(folder);
  const whats = (name: string) => history.versions.get(name)?.map(({ what }) => what);
  expect(whats('term:drill-book')).toEqual(['renamed', 'added']);
  expect(whats('term:runbook')).toEqual(['added']);
});

test('messages that look like the output of git are only words', async () => {
  const { folder, commit, edit } = planRepository();
  edit(runbook, 'Find the root cause.', 'Find the first cause.');
  commit(':100644 100644 aaaa bbbb M\n\n:100644 100644 0 0 D\tcontent/plan.yaml\n\x1e\x1f<script>');
  const { history } = await historyIn(folder);
  expect(history.versions.get('runbook:ransomware')?.[0]).toMatchObject({
    subject: ':100644 100644 aaaa bbbb M',
    body: ':100644 100644 0 0 D\tcontent/plan.yaml\n\x1e\x1f<script>',
  });
  expect(history.changes).toHaveLength(2);
});

test('the lesson behind a version is the one that was marked as applied with it', async () => {
  const { folder, commit, edit } = planRepository();
  edit(runbook, 'Find the root cause.', 'Find the first cause.');
  const digest = `sha256-${'0'.repeat(64)}`;
  const lesson = `title: First cause\nsummary: The root was not found.\nfrom: exercise\nchanges:\n  - {id: first-cause, do: set, of: "runbook:ransomware", field: /summary, digest: ${digest}, value: Files are encrypted., why: Shorter., applied: ${digest}}\n`;
  writeFileSync(join(folder, 'content/lessons/first-cause.yaml'), lesson);
  commit('Lesson: First cause');
  const { history } = await historyIn(folder);
  expect(history.versions.get('runbook:ransomware')?.map(({ lessons }) => lessons)).toEqual([['first-cause'], []]);
});

test('a shallow clone tells what it has, and that there was more', async () => {
  const { folder, git, commit, edit } = planRepository();
  edit(runbook, 'Find the root cause.', 'Find the first cause.');
  commit('Say it plainly');
  edit(runbook, 'Restore the data.', 'Restore the data of the last clean day.');
  commit('Name the day');
  const clone = `${temporaryPlan()}/clone`;
  git('clone', '--quiet', '--depth', '2', `file://${folder}`, clone);
  const { history, plan } = await historyIn(clone);
  expect(history.known).toBe('part');
  expect(told(history, 'runbook:ransomware').map((line) => (line as string[]).slice(0, 2))).toEqual([
    ['2026-03-03 Alice: Name the day', 'changed'],
    ['2026-03-02 Alice: Say it plainly', 'first-known'],
  ]);
  expect(history.changes.map(({ subject }) => subject)).toEqual(['Name the day']);
  const [step] = stepHistories(
    plan.documents.get('runbook:ransomware') as Document,
    history.versions.get('runbook:ransomware') ?? [],
    history.differences,
  );
  expect(step?.since).toBeUndefined();
});

test('without git nothing is told, and what is not committed is said', async () => {
  const bare = temporaryPlan();
  expect((await historyIn(bare)).history).toMatchObject({ known: 'nothing', changes: [] });
  const { folder, edit } = planRepository();
  // A plan beside another one, in a repository that holds the other alone.
  expect((await historyIn(temporaryPlan(folder))).history).toMatchObject({ known: 'nothing', mainBranch: [] });
  edit(runbook, 'Find the root cause.', 'Find the first cause.');
  mkdirSync(join(folder, 'content/terms'), { recursive: true });
  writeFileSync(join(folder, 'content/terms/new.yaml'), 'title: New\nsummary: Not committed.\n');
  const { history } = await historyIn(folder);
  expect(history.uncommitted).toBe(true);
  expect(history.versions.has('term:new')).toBe(false);
});

test('what is kept from build to build is worth nothing but time', async () => {
  const { folder, commit, edit } = planRepository();
  edit(runbook, 'Find the root cause.', 'Find the first cause.');
  commit('Say it plainly');
  const first = told((await historyIn(folder)).history, 'runbook:ransomware');
  expect(told((await historyIn(folder)).history, 'runbook:ransomware')).toEqual(first);
  writeFileSync(join(folder, '.firebreak/history.json'), '{"key": "damaged');
  expect(told((await historyIn(folder)).history, 'runbook:ransomware')).toEqual(first);
  rmSync(join(folder, '.firebreak'), { recursive: true });
  expect(told((await historyIn(folder)).history, 'runbook:ransomware')).toEqual(first);
});

test.each([
  ['Merge pull request #7 from team/branch', 'A title\n\nMore.', { number: 7, name: '#7', title: 'A title' }],
  [
    "Merge branch 'x' into 'main'",
    'A title\n\nSee merge request team/plan!34',
    { number: 34, name: '!34', title: 'A title' },
  ],
  [
    "Merge pull request 'A title' (#5) from x into main",
    'Reviewed-on: https://git.example.org/team/plan/pulls/5',
    { number: 5, name: '#5', title: 'A title' },
  ],
  ['A title (#9)', '', { number: 9, name: '#9', title: 'A title' }],
  ['A title', 'See merge request team/plan!8', { number: 8, name: '!8', title: 'A title' }],
  ['Close gap (#9) in step', '', undefined],
  ["Merge branch 'main' of git.example.org", '', undefined],
])('%s', (subject, body, expected) => {
  expect(pullRequestOf({ subject, body })).toEqual(expected);
});
