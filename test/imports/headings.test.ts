import { expect, test } from 'vitest';
import { matchHeading } from '../../src/imports/headings.ts';
import { idFrom, titleFrom } from '../../src/imports/names.ts';
import { noPhase, phaseWords, plainHeading } from '../../src/imports/phase-words.ts';

const titles = [
  'First minutes',
  'Preparation',
  'Identification',
  'Containment',
  'Eradication',
  'Recovery',
  'Lessons Learned',
];

test.each([
  ['Part 3 — Contain', 3],
  ['2. Detection & Analysis Phase:', 2],
  ['(P) Preparation', 1],
  ['Phase IV: Eradication', 4],
  ['🛡️ Containment Steps', 3],
  ['5. Recover', 5],
  ['Post-incident activity', 6],
  ['LESSONS LEARNT', 6],
  ['Triage', 2],
  ['Remediate', 4],
  ['Respond', 3],
  ['Immediate actions', 0],
  ['Isolation of hosts', 3],
  ['After-Action Review', 6],
  ['Identify', 2],
  ['3. Remove the threat', 4],
  ['4. Restore services', 5],
  ['5. Review', 6],
])('%s is phase %i', (heading, order) => {
  expect(matchHeading(heading, titles)).toMatchObject({ order });
});

test.each([
  'Overview',
  'References',
  'Communicate',
  'Key contacts',
  'Escalation path to the moon',
  'Review the logs',
  'Prepared by',
  'Roles and responsibilities',
])('%s is no phase, and the reason is said', (heading) => {
  const match = matchHeading(heading, titles);
  expect(match.order).toBeUndefined();
  expect(match.because).not.toBe('');
});

test('a heading that names two phases says so', () => {
  expect(matchHeading('Eradicate & Recover', titles)).toMatchObject({ order: 4, also: [5], exact: false });
});

test("the plan's own names come first, in any language", () => {
  expect(matchHeading('Eindämmung', ['', 'Vorbereitung', 'Erkennung', 'Eindämmung'])).toMatchObject({
    order: 3,
    exact: true,
  });
});

test('Identify is done before an incident where a document follows NIST CSF', () => {
  expect(matchHeading('Identify', titles, true)).toMatchObject({ order: 1 });
});

test('no word stands in two lists', () => {
  const lists = [...phaseWords, ...noPhase].map(({ whole }) => new Set(whole.map(plainHeading)));
  const all = lists.flatMap((list) => [...list]);
  expect(all.filter((word, index) => all.indexOf(word) !== index)).toEqual([]);
  expect(all).not.toContain('');
});

test.each([
  ['IRP-Phishing/README.md', 'irp-phishing'],
  ['a/GSPBC 10 - Loss & Theft.html', 'gspbc-10-loss-theft'],
  ['../中文.md', 'imported'],
])('the id of %s is %s', (path, id) => {
  expect(idFrom(path)).toBe(id);
});

test.each([
  ['Playbook: Ransomware', 'Ransomware'],
  ['Phishing Incident Response Playbook', 'Phishing'],
  ['Runbook', 'Runbook'],
  ['lost-device.md', 'Lost device'],
])('the title of %s is %s', (given, title) => {
  expect(titleFrom(given)).toBe(title);
});
