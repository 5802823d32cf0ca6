/** Faults that share a diagnostic with a fixture and come about in another way, and what must not be told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allDiagnostics } from '../../src/diagnostics/report.ts';
import { compiledWith, minimal } from '../fixture-plan.ts';

const source = (path: string) => readFileSync(join(minimal, path), 'utf8');
const runbook = source('runbooks/ransomware.mdx');
const settings = source('plan.yaml');
const page = (body: string, front = '') => ({
  'pages/note.mdx': `---\ntitle: Note\nsummary: A page.\n${front}---\n\n${body}\n`,
});
const cause = '<Step id="find-cause" role="responder">\nFind the root cause.\n</Step>';
const inRunbook = (from: string, to: string) => {
  expect(runbook).toContain(from);
  return { 'runbooks/ransomware.mdx': runbook.replace(from, to) };
};
const inPlan = (from: string, to: string) => {
  expect(settings).toContain(from);
  return { 'plan.yaml': settings.replace(from, to) };
};
const approved = 'status: approved\napprovals: [{by: A. Example, role: responder, on: "2026-10-06"}]\n';
const approvedPage = (body: string) => page(body, approved);
const step = (attributes: string) =>
  inRunbook(cause, `<Step id="find-cause" role="responder" ${attributes}>\nFind the root cause.\n</Step>`);

test.each<[string, Record<string, string>, string[]]>([
  [
    'a kind before a bare id in a property',
    { 'contacts/on-call.yaml': source('contacts/on-call.yaml').replace('[responder]', '["role:responder"]') },
    ['contacts/on-call.yaml unknown-reference', 'roles/responder.yaml role-without-contact'],
  ],
  [
    'a bare id where any kind may stand',
    { 'controls/ir-8.yaml': source('controls/ir-8.yaml').replace('phase:preparation', 'preparation') },
    ['controls/ir-8.yaml unknown-reference'],
  ],
  ['"next" as a step to wait for', step('after="next"'), ['runbooks/ransomware.mdx unknown-reference']],
  ['a step of this document in full', step('next="runbook:ransomware#restore-data"'), []],
  [
    'a circle of steps that are named in full',
    inRunbook(
      '<Step id="hold-meeting" role="responder">',
      '<Step id="hold-meeting" role="responder" next="runbook:ransomware#restore-data">',
    ),
    ['runbooks/ransomware.mdx endless-loop'],
  ],
  [
    'a step in a list',
    inRunbook(cause, '- <Step id="find-cause" role="responder">Find the root cause.</Step>'),
    ['runbooks/ransomware.mdx phase-empty', 'runbooks/ransomware.mdx block-misplaced'],
  ],
  [
    'a step before the first heading',
    inRunbook('## First minutes', '<Step id="breathe" role="responder">\nBreathe.\n</Step>\n\n## First minutes'),
    ['runbooks/ransomware.mdx block-misplaced'],
  ],
  [
    'a block in a property',
    { 'pages/note.mdx': '---\ntitle: Note\nsummary: "<Note>A page.</Note>"\n---\n\nText.\n' },
    ['pages/note.mdx block-misplaced'],
  ],
  [
    'an attribute that is written twice',
    inRunbook('<Step id="find-cause" role="responder">', '<Step id="find-cause" role="responder" role="responder">'),
    ['runbooks/ransomware.mdx mdx-syntax'],
  ],
  [
    'a link in a property',
    { 'pages/note.mdx': '---\ntitle: Note\nsummary: See [it](nothing.mdx).\n---\n\nText.\n' },
    ['pages/note.mdx broken-link'],
  ],
  [
    'a link by name',
    page('See [the person][one] and [the page][two].\n\n[one]: role:nobody\n[two]: nothing.mdx'),
    ['pages/note.mdx unknown-reference', 'pages/note.mdx broken-link'],
  ],
  [
    'a link by name that runs code',
    page('[Open][it].\n\n[it]: javascript:alert(1)'),
    ['pages/note.mdx dangerous-address'],
  ],
  [
    'a group of signals that does not exist',
    { 'signals/ransom-note.yaml': 'title: A note\ngroup: screen\n' },
    ['signals/ransom-note.yaml not-allowed-value'],
  ],
  ['a label that does not exist', page('Text.', 'label: secret\n'), ['pages/note.mdx unknown-label']],
  [
    'an audience of a label that does not exist',
    inPlan('labels:\n', 'audiences:\n  - {id: staff, name: Staff, labels: [internl]}\nlabels:\n'),
    ['plan.yaml unknown-label'],
  ],
  [
    'a review period of a kind that does not exist',
    inPlan('{runbook: 12 months}', '{runbooks: 12 months}'),
    ['plan.yaml unknown-kind'],
  ],
  [
    'a priority that does not exist',
    inPlan('{major: p1, minor: p2}', '{major: p1, minor: p3}'),
    ['plan.yaml not-allowed-value'],
  ],
  [
    'every leftover of a template',
    approvedPage('TODO: call [NAME].'),
    ['pages/note.mdx placeholder-text', 'pages/note.mdx placeholder-text'],
  ],
  [
    'capitals in a link, a set of characters, and code',
    approvedPage('See [CISA](https://example.org), `[A-Z]`.\n\n```text\nTODO\n```'),
    [],
  ],
  [
    'a phase with a fault is not told again in runbooks',
    { 'phases/recovery.mdx': '---\ntitle: [Recovery\n---\n\nText.\n' },
    ['phases/recovery.mdx yaml-syntax'],
  ],
  [
    'a phase that lacks a property',
    { 'phases/recovery.mdx': '---\ntitle: Recovery\norder: 5\n---\n\nText.\n' },
    [
      'phases/recovery.mdx missing-property',
      'phases/recovery.mdx missing-property',
      'phases/recovery.mdx missing-property',
      'phases/recovery.mdx missing-property',
    ],
  ],
  ['a kind of evidence that does not exist', step('destroys="memry"'), ['runbooks/ransomware.mdx not-allowed-value']],
  [
    'evidence that is saved through after',
    inRunbook(
      cause,
      '<Step id="power-off" role="responder" targets="hosts" destroys="memory processes" after="capture">\nPower off the host.\n</Step>\n\n<Step id="capture" role="responder" targets="hosts" preserves="memory">\nCapture the memory.\n</Step>',
    ),
    [],
  ],
  [
    'evidence of other targets',
    inRunbook(
      cause,
      '<Step id="capture" role="responder" targets="mailboxes" preserves="memory">\nCapture the memory.\n</Step>\n\n<Step id="power-off" role="responder" targets="hosts" destroys="memory">\nPower off the host.\n</Step>',
    ),
    ['runbooks/ransomware.mdx evidence-destroyed'],
  ],
  [
    'evidence that a part of an action destroys',
    {
      'actions/isolate-host.mdx': source('actions/isolate-host.mdx').replace(
        '<Part id="unplug">',
        '<Part id="unplug" destroys="memory">',
      ),
    },
    ['runbooks/ransomware.mdx evidence-destroyed'],
  ],
  [
    'harm that is stopped by somebody who may',
    inRunbook(
      cause,
      '<Step id="power-off" role="responder" targets="hosts" destroys="memory" stopsActiveHarm orderedBy="responder">\nPower off the host.\n</Step>',
    ),
    [],
  ],
])('%s', async (_, texts, expected) => {
  const { files } = await compiledWith(texts);
  expect(allDiagnostics(files).map((diagnostic) => `${diagnostic.file} ${diagnostic.ruleId}`)).toEqual(expected);
});
