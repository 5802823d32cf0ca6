import { expect, test } from 'vitest';
import { keptOut, marksIn, repositoryMarks } from '../../src/model/lesson-release.ts';
import type { PlanSettings } from '../../src/model/schema-types.ts';

const label = (id: string) => ({ id, name: id, meaning: id });
const settings = (more: Partial<PlanSettings>) =>
  ({ labels: [label('team'), label('staff'), label('world')], ...more }) as PlanSettings;
const kept = { url: 'https://git.example.org/plan', label: 'staff' };

test.each([
  ['nothing is marked', '', undefined],
  ['a mark as strict as the plan', 'tlp: AMBER\n', undefined],
  ['a stricter mark', 'title: x\ntlp: "AMBER+STRICT"\n', { why: 'mark', mark: 'TLP:AMBER+STRICT', of: 'TLP:AMBER' }],
  ['a label that as many may read', 'label: staff\n', undefined],
  ['a label that more may read', 'label: world\n', undefined],
  ['a label that fewer may read', 'label: team\n', { why: 'mark', mark: '“team”', of: '“staff”' }],
  ['a legal hold', 'hold: true\ntlp: RED\n', { why: 'hold' }],
  ['words inside of a text', 'summary: |\n  label: team\n  hold: true\n', undefined],
])('%s', (_, lesson, expected) => {
  expect(keptOut(marksIn(lesson), repositoryMarks(settings({ repository: kept })))).toEqual(expected);
});

test('a repository without a label is for those for whom the plan is', () => {
  const { url } = kept;
  expect(repositoryMarks(settings({ repository: { url } }))).toMatchObject({ label: 'team', above: [] });
  const marks = repositoryMarks(settings({ repository: { url }, defaultLabels: { plan: 'world' }, tlp: 'GREEN' }));
  expect(marks).toEqual({ tlp: 'GREEN', label: 'world', above: ['team', 'staff'] });
});
