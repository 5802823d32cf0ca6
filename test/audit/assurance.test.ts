/** What an auditor is told of a plan with a history: what a commit proves, what is a claim, and what was never done. */

import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Assurance, assuranceOf } from '../../src/audit/assurance.ts';
import { openPointsOf } from '../../src/audit/open-points.ts';
import { nameOf } from '../../src/history/document-history.ts';
import { historyIn, planRepository } from '../history/plan-repository.ts';

const day = '2026-11-24';

async function assuranceIn(folder: string): Promise<{ assurance: Assurance; open: string[] }> {
  const { plan, history } = await historyIn(folder);
  const assurance = assuranceOf({ plan, history, differences: history.differences }, new Map());
  const points = openPointsOf(plan, assurance, day);
  return { assurance, open: points.map(({ condition, document, what }) => `${condition} ${nameOf(document)} ${what}`) };
}

test('a version that somebody acknowledged or followed is one of the main branch, or it is a claim', async () => {
  const { folder, git, commit, edit } = planRepository();
  edit('runbooks/ransomware.mdx', 'root cause', 'first cause');
  commit('Say it plainly');
  // A site is stamped with the newest commit, whether that touched the plan or not.
  writeFileSync(join(folder, 'notes.txt'), 'not of the plan');
  commit('Note something');
  const stamped = git('rev-parse', '--short=8', 'HEAD');
  mkdirSync(join(folder, 'content/registers'));
  const register = `title: Register
owner: responder
incidents:
  - {ticket: INC-1, declared: 2026-03-03, version: deadbeef, runbooks: [ransomware]}
holders:
  - {role: responder, acknowledged: [{version: ${stamped}, on: 2026-03-03}]}
  - {role: responder, copy: paper, acknowledged: [{version: deadbeef, on: 2026-03-03, evidence: "https://records.example.org/2"}]}
`;
  writeFileSync(join(folder, 'content/registers/all.yaml'), register);
  commit('Keep a register');
  const { assurance, open } = await assuranceIn(folder);
  expect(assurance.holders.map(({ acknowledged }) => [acknowledged?.changesSince, acknowledged?.proof.state])).toEqual([
    [1, 'recorded'],
    ['none', 'no-version'],
  ]);
  expect(assurance.incidents).toMatchObject([{ changesSince: 'none', proof: { state: 'recorded' } }]);
  expect(open.filter((point) => point.startsWith('claim'))).toEqual([
    'claim register:all Incident INC-1: the version that it names is none of the main branch.',
    'claim register:all Acknowledged by responder: the version that it names is none of the main branch.',
  ]);
});

test('an item that was done when its lesson was written is proven by that commit', async () => {
  const { folder, commit } = planRepository();
  const item = '{id: one, what: Do it., owner: responder, due: 2026-03-31, type: tool, state: done}';
  appendFileSync(join(folder, 'content/lessons/first-exercise.yaml'), `actionItems:\n  - ${item}\n`);
  commit('Write down what was learned');
  expect((await assuranceIn(folder)).assurance.items).toMatchObject([{ state: 'done', proof: { state: 'recorded' } }]);
});

test('what was never done is open: a training, a contact, a resource, and a draft that nobody approved', async () => {
  const { folder } = planRepository();
  const { open } = await assuranceIn(folder);
  expect(open).toEqual(
    expect.arrayContaining([
      'draft runbook:ransomware It is a draft: nobody says that it is approved.',
      'unverified contact:on-call It was never tried.',
      'unverified resource:jump-kit It was never tried.',
      'untrained training:first-aid It was never held.',
    ]),
  );
});

test('what was approved and never done has a day, and is told once: as overdue', async () => {
  const { folder, commit, edit } = planRepository();
  const approved = 'status: approved\napprovals: [{by: A. Example, role: responder, on: 2025-03-02}]\n';
  appendFileSync(join(folder, 'content/training/first-aid.yaml'), approved);
  edit('runbooks/ransomware.mdx', 'status: draft', approved.trim());
  commit('Approve');
  const { assurance, open } = await assuranceIn(folder);
  expect(assurance.trainings).toMatchObject([{ due: '2026-03-02' }]);
  expect(assurance.reviews.map(({ document, last, due }) => [nameOf(document), last, due])).toContainEqual([
    'runbook:ransomware',
    undefined,
    '2026-03-02',
  ]);
  expect(open.filter((point) => point.includes('training:first-aid'))).toEqual([
    expect.stringMatching(/^unapproved /),
    'overdue-training training:first-aid It was due by 2026-03-02; it was not done.',
  ]);
});

test('the examples of an example are told once, not document by document', async () => {
  const { folder, edit } = planRepository();
  const approved =
    'status: approved\nreview: {last: 2026-03-01}\napprovals: [{by: A. Example, role: responder, on: 2026-03-02}]';
  edit('runbooks/ransomware.mdx', 'status: draft', approved);
  edit('actions/isolate-host.mdx', 'targets: hosts', `targets: hosts\n${approved}`);
  appendFileSync(join(folder, 'content/plan.yaml'), 'example: true\n');
  const { open } = await assuranceIn(folder);
  expect(open.filter((point) => /^(unapproved|claim) /.test(point))).toEqual([
    'unapproved plan 2 documents say that they are approved by examples, which never counts.',
    'unapproved plan It has no approval.',
    'claim plan One day or state of the plan, such as reviews, tests and exercises: examples, which never count.',
  ]);
});
