/** What the plan covers and what it does not: frameworks, techniques and runbooks, gaps first. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assuranceOf } from '../../src/audit/assurance.ts';
import { coverageCsv, coverageRows } from '../../src/audit/coverage/files.ts';
import { type Coverage, coverageOf } from '../../src/audit/coverage.ts';
import { forAudience } from '../../src/compile/audience.ts';
import { nothingToTell } from '../../src/history/read-history.ts';
import { coverageText } from '../../src/model/coverage-text.ts';
import { interfaceText } from '../../src/model/interface-text.ts';
import { compiledWith, minimal } from '../fixture-plan.ts';

const textOf = (path: string) => readFileSync(join(minimal, path), 'utf8');
const runbook = textOf('runbooks/ransomware.mdx');

async function planWith(texts: Record<string, string>) {
  const { plan, files } = await compiledWith(texts);
  const errors = files.flatMap(({ messages }) => messages.filter(({ fatal }) => fatal)).map(String);
  if (!plan || errors.length > 0) throw new Error(errors.join('\n'));
  return plan;
}

async function coverage(texts: Record<string, string>, audience = 'internal'): Promise<Coverage> {
  const plan = forAudience(await planWith(texts), audience);
  return coverageOf(plan, assuranceOf({ plan, history: nothingToTell, differences: new Map() }, new Map()));
}

const csv = (covered: Coverage) => coverageCsv(covered, coverageText('en'), interfaceText('en'));

const control = (id: string, more: string) =>
  ({
    [`controls/${id}.yaml`]: `title: Requirement ${id}
framework: Example 1
identifier: "${id.replaceAll('-', '.')}"
summary: Something is asked.
sources: [{title: Example 1}]
${more}`,
  }) as const;

const states = ({ frameworks }: Coverage) =>
  frameworks
    .find(({ framework }) => framework === 'Example 1')
    ?.requirements.map(({ control: { data }, state }) => [data.identifier, state]);

test('requirements stand by what is worst, then by their number', async () => {
  const covered = await coverage({
    ...control('1-10', 'addressedBy: ["role:responder"]'),
    ...control('1-2', 'addressedBy: ["role:responder"]'),
    ...control('2-1', 'addressedBy: ["role:responder"]\ngap: Copies are not handed out.'),
    ...control('3-1', ''),
    // The runbook of the smallest plan is a draft.
    ...control('4-1', 'addressedBy: ["runbook:ransomware"]'),
    ...control('5-1', 'addressedBy: ["runbook:ransomware#list-hosts", "role:responder"]'),
  });
  expect(states(covered)).toEqual([
    ['3.1', 'nobody'],
    ['4.1', 'drafts'],
    ['2.1', 'gap'],
    ['1.2', 'answered'],
    ['1.10', 'answered'],
    ['5.1', 'answered'],
  ]);
  const { requirements } = coverageRows(covered);
  expect(requirements.find(({ requirement }) => requirement === '5.1')?.answeredBy).toEqual([
    'runbook:ransomware#list-hosts',
    'role:responder',
  ]);
});

test('of a requirement with items each is told by itself, and one that nobody answers is a gap of the whole', async () => {
  const covered = await coverage(
    control(
      '1-1',
      'items:\n  - {item: a, asks: One thing., addressedBy: ["role:responder"]}\n  - {item: b, asks: Another.}',
    ),
  );
  expect(states(covered)).toEqual([['1.1', 'gap']]);
  const { requirements } = coverageRows(covered);
  expect(requirements.find(({ framework }) => framework === 'Example 1')).toMatchObject({
    answeredBy: ['role:responder'],
    items: [
      { item: 'a', asks: 'One thing.', state: 'answered', answeredBy: ['role:responder'] },
      { item: 'b', asks: 'Another.', state: 'nobody', answeredBy: [] },
    ],
  });
  expect(csv(covered).get('frameworks.csv')).toContain('Example 1,1.1 b,Another.,Nobody answers it,,\r\n');
});

test('a retired document answers nothing, and a retired requirement is asked no more', async () => {
  const page = `---\ntitle: Old\nsummary: Old.\nstatus: retired\n---\n\nOld words.\n`;
  const covered = await coverage({
    'pages/old.mdx': page,
    ...control('1-1', 'addressedBy: ["page:old"]'),
    ...control('1-2', 'status: retired'),
  });
  expect(states(covered)).toEqual([['1.1', 'nobody']]);
});

test('what an audience may not read is no gap, and is not named', async () => {
  const plan = textOf('plan.yaml').replace(
    /labels:\n.*\n/,
    `labels:
  - {id: internal, name: Internal, meaning: Staff}
  - {id: public, name: Public, meaning: Everybody}
defaultLabels: {plan: public, phase: public, role: public, signal: public, runbook: public, action: public}
audiences:
  - {id: internal, name: Team, labels: [internal, public]}
  - {id: public, name: Public, labels: [public]}
`,
  );
  const texts = {
    'plan.yaml': plan,
    'pages/secret.mdx': '---\ntitle: Tower\nsummary: Tower.\nlabel: internal\n---\n\nThe tower.\n',
    ...control('1-1', 'addressedBy: ["page:secret"]\nlabel: public'),
    ...control('1-2', 'label: public'),
    ...control('1-3', 'items: [{item: a, asks: One thing., addressedBy: ["page:secret"]}]\nlabel: public'),
  };
  const team = await coverage(texts);
  expect(states(team)).toEqual([
    ['1.2', 'nobody'],
    ['1.1', 'answered'],
    ['1.3', 'answered'],
  ]);
  const everybody = await coverage(texts, 'public');
  expect(states(everybody)).toEqual(
    expect.arrayContaining([
      ['1.1', 'withheld'],
      ['1.3', 'withheld'],
    ]),
  );
  for (const text of [...csv(everybody).values(), JSON.stringify(coverageRows(everybody))])
    expect(text).not.toMatch(/secret|tower/i);
  expect(csv(team).get('frameworks.csv')).toContain('page:secret');
});

const technique = (title: string) => textOf('techniques/T1486.yaml').replace(/^title: .*$/m, `title: ${title}`);

test('a technique is answered by a step, or by the action that a step uses, of the runbook that names it', async () => {
  const texts = {
    'techniques/T1490.yaml': technique('Inhibit System Recovery'),
    'techniques/T1003.yaml': technique('OS Credential Dumping').replace('[impact]', '[credential-access, impact]'),
    'techniques/T1005.yaml': technique('Data from Local System'),
    'actions/isolate-host.mdx': textOf('actions/isolate-host.mdx').replace(
      'targets: hosts',
      'targets: hosts\ntechniques: [T1490]',
    ),
    'runbooks/ransomware.mdx': runbook
      .replace('[T1486]', '[T1486, T1490, T1005]')
      .replace('id="list-hosts" role="responder"', 'id="list-hosts" role="responder" techniques="T1486"')
      .replace('id="restore-data" role="responder"', 'id="restore-data" role="responder" techniques="T1486"'),
    'runbooks/wiper.mdx': runbook.replace('title: Ransomware\ncode: RW', 'title: Wiper\ncode: WI'),
  };
  const covered = await coverage(texts);
  const found = covered.tactics.map(({ tactic, techniques, runbooks }) => [
    tactic,
    runbooks.map(({ data }) => data.code),
    techniques.map(({ technique: { id }, state, runbooks: naming }) => [
      id,
      state,
      Object.fromEntries(naming.map(({ runbook: { data }, steps }) => [data.code, steps.map(({ id: step }) => step)])),
    ]),
  ]);
  expect(found).toEqual([
    ['credential-access', [], [['T1003', 'unnamed', {}]]],
    [
      'impact',
      ['RW', 'WI'],
      [
        ['T1005', 'unanswered', { RW: [] }],
        ['T1486', 'partly', { RW: ['list-hosts', 'restore-data'], WI: [] }],
        ['T1490', 'answered', { RW: ['isolate-hosts'] }],
      ],
    ],
  ]);
  expect(csv(covered).get('techniques.csv')?.split('\r\n')).toEqual([
    'Tactic,Technique,Title,State,RW,WI',
    'Credential Access,T1003,OS Credential Dumping,No runbook names it,,',
    'Impact,T1005,Data from Local System,No step answers it,gap,',
    'Impact,T1486,Data Encrypted for Impact,Answered in part,2; 5,gap',
    'Impact,T1490,Inhibit System Recovery,Answered,3,',
    '',
  ]);
});

const firstRunbook = ({ runbooks: [first] }: Coverage) => {
  if (!first) throw new Error('no runbook');
  return first;
};
const ransomware = (edit: (text: string) => string) => coverage({ 'runbooks/ransomware.mdx': edit(runbook) });

test('counts steps by phase, in the order of the phases', async () => {
  const before = await coverage({});
  const step = (name: string) => `<Step id="${name}" role="responder">\nLook at ${name}.\n</Step>\n`;
  const after = await ransomware((text) =>
    text.replace('## Recovery\n', `## Recovery\n\n${step('one')}\n${step('two')}`),
  );
  const recovery = before.phases.findIndex(({ id }) => id === 'recovery');
  const counts = (covered: Coverage) => firstRunbook(covered).phases.map(({ steps }) => steps);
  expect(counts(after)).toEqual(counts(before).map((count, at) => (at === recovery ? count + 2 : count)));
  expect(firstRunbook(before).gaps).toBe(0);
});

test('a phase with nothing is a gap; one with a reason is none', async () => {
  const emptied = (why: string) => (text: string) =>
    text.replace(/(## Recovery\n)[\s\S]*?(?=\n## Lessons Learned)/, `$1\n${why}\n`);
  const gap = firstRunbook(await coverageWithErrors(emptied('')));
  expect(gap.gaps).toBe(1);
  const reason = firstRunbook(await ransomware(emptied('<NoSteps>Nothing comes back.</NoSteps>')));
  expect(reason.gaps).toBe(0);
  expect(reason.phases.map((covered) => covered.reason)).toContain(true);
});

/** A phase without steps is a diagnostic too, so such a plan has an error. */
async function coverageWithErrors(edit: (text: string) => string): Promise<Coverage> {
  const { plan } = await compiledWith({ 'runbooks/ransomware.mdx': edit(runbook) });
  if (!plan) throw new Error('no plan');
  return coverageOf(plan, assuranceOf({ plan, history: nothingToTell, differences: new Map() }, new Map()));
}

test('tells when a runbook was exercised last, by whom, until when it counts, and who owns it', async () => {
  const never = firstRunbook(await coverage({}));
  expect([never.exercises.map(({ id }) => id), never.held, never.approval]).toEqual([['friday-night'], [], 'draft']);
  const exercise = textOf('exercises/friday-night.yaml');
  const covered = await coverage({
    'roles/scribe.yaml': textOf('roles/responder.yaml').replace(/^title: .*$/m, 'title: Scribe'),
    'contacts/on-call.yaml': textOf('contacts/on-call.yaml').replace(
      'roles: [responder]',
      'roles: [responder, scribe]',
    ),
    'exercises/friday-night.yaml': `${exercise}held:\n  - {on: 2025-05-01}\n  - {on: 2026-03-02, roles: [scribe], evidence: "https://example.org/e"}\n`,
  });
  expect(coverageRows(covered).runbooks).toMatchObject([
    {
      code: 'RW',
      owner: 'responder',
      approval: 'draft',
      exercises: ['friday-night'],
      lastExercised: {
        on: '2026-03-02',
        exercise: 'friday-night',
        by: ['scribe'],
        proof: 'evidence',
        evidence: 'https://example.org/e',
        until: '2027-03-02',
      },
    },
  ]);
  expect(csv(covered).get('runbooks.csv')).toContain(
    'RW,Ransomware,responder,Draft,1,"none, with reason",1,1,1,1,1,friday-night,2026-03-02,friday-night,scribe,evidence,2027-03-02\r\n',
  );
});

test('a cell that a spreadsheet would take for a formula is text', async () => {
  const covered = await coverage(control('1-1', 'gap: "=HYPERLINK(\\"https://example.org\\", \\"a\\")"'));
  expect(csv(covered).get('frameworks.csv')).toContain(`"'=HYPERLINK(""https://example.org"", ""a"")"`);
});
