import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nameOfItem, type UpkeepItem, upkeepOf, usualPeriods } from '../../src/model/upkeep.ts';
import { compiledWith, minimal } from '../fixture-plan.ts';

const read = (path: string) => readFileSync(join(minimal, path), 'utf8');
const approved = 'status: approved\napprovals: [{by: A. Example, role: responder, on: "2026-03-31"}]\n';
const runbook = read('runbooks/ransomware.mdx').replace('status: draft\n', approved);
const settings = read('plan.yaml');

async function itemsOf(texts: Record<string, string>): Promise<UpkeepItem[]> {
  const { plan } = await compiledWith(texts);
  return plan ? upkeepOf(plan) : [];
}

const told = (items: readonly UpkeepItem[]) => items.map((item) => `${item.due} ${item.kind} ${nameOfItem(item)}`);

test('of a plan of drafts only what was done once has a day', async () => {
  expect(told(await itemsOf({}))).toEqual(['2027-05-24 check notification:authority']);
});

test('what was approved is read and exercised again one period later, and then from when it was', async () => {
  const never = await itemsOf({ 'runbooks/ransomware.mdx': runbook });
  expect(told(never)).toEqual([
    '2027-03-31 review runbook:ransomware',
    '2027-03-31 exercise runbook:ransomware',
    '2027-05-24 check notification:authority',
  ]);
  expect(never.map(({ last, owner }) => [last, owner])).toEqual([
    [undefined, 'responder'],
    [undefined, 'responder'],
    ['2026-11-24', undefined],
  ]);
  const done = await itemsOf({
    'runbooks/ransomware.mdx': runbook.replace('owner:', 'review: {last: "2026-08-31", every: 6 months}\nowner:'),
    'exercises/friday-night.yaml': `${read('exercises/friday-night.yaml')}held: [{on: "2026-09-11"}, {on: "2026-02-01"}]\n`,
  });
  // A month that is shorter ends on its last day.
  expect(told(done).slice(0, 2)).toEqual([
    '2027-02-28 review runbook:ransomware',
    '2027-05-24 check notification:authority',
  ]);
  expect(told(done)[2]).toBe('2027-09-11 exercise runbook:ransomware');
});

test('a retired runbook owes nothing, and an exercise that is retired proves nothing', async () => {
  const retired = runbook.replace('status: approved', 'status: retired');
  expect(told(await itemsOf({ 'runbooks/ransomware.mdx': retired }))).toHaveLength(1);
  const exercise = `${read('exercises/friday-night.yaml')}status: retired\nheld: [{on: "2026-09-11"}]\n`;
  const items = await itemsOf({ 'runbooks/ransomware.mdx': runbook, 'exercises/friday-night.yaml': exercise });
  expect(told(items)).toContain('2027-03-31 exercise runbook:ransomware');
});

test('what the plan needs is tried at once when it is relied on, and after its period then', async () => {
  const resource = `${read('resources/jump-kit.yaml')}${approved}`;
  const whole = `${settings}approvals: [{by: A. Example, role: responder, on: "2026-04-02"}]\nowner: responder\n`;
  const never = await itemsOf({ 'resources/jump-kit.yaml': resource, 'plan.yaml': whole });
  expect(told(never).slice(0, 2)).toEqual([
    '2026-03-31 resource resource:jump-kit',
    '2026-04-02 contact contact:on-call',
  ]);
  expect(never[1]).toMatchObject({ owner: 'responder', place: '/title' });
  const tried = await itemsOf({
    'plan.yaml': `${whole}upkeep: {verifyContacts: 2 weeks}\n`,
    'resources/jump-kit.yaml': `${resource}verifiedOn: "2026-11-01"\nverifyEvery: 1 month\n`,
    'contacts/on-call.yaml': `${read('contacts/on-call.yaml')}verifiedOn: "2026-11-20"\n`,
  });
  expect(told(tried).slice(0, 2)).toEqual([
    '2026-12-01 resource resource:jump-kit',
    '2026-12-04 contact contact:on-call',
  ]);
});

test('plan.yaml itself is reviewed', async () => {
  const items = await itemsOf({
    'plan.yaml': `${settings}review: {last: "2026-10-05", every: 12 months}\nowner: responder\n`,
  });
  expect(items.find(({ document }) => !document)).toMatchObject({
    kind: 'review',
    due: '2027-10-05',
    owner: 'responder',
  });
});

test('a lesson asks for what is open, and a template for nothing', async () => {
  const lesson = `${read('lessons/first-exercise.yaml')}owner: responder
actionItems:
  - {id: buy-cards, what: Print the cards., type: budget, owner: responder, due: 2027-01-02}
  - {id: hang-cards, what: Hang the cards., type: people, owner: responder, due: 2026-01-02, state: dropped}
changes:
  - {id: name-it, do: add, of: "runbook:ransomware", what: source, value: {title: A book}, why: It was asked., due: 2027-01-01}
  - {id: some-day, do: add, of: "runbook:ransomware", what: source, value: {title: B}, why: It was asked.}
`;
  expect(told(await itemsOf({ 'lessons/first-exercise.yaml': lesson })).slice(0, 2)).toEqual([
    '2027-01-01 change lesson:first-exercise#name-it',
    '2027-01-02 action-item lesson:first-exercise#buy-cards',
  ]);
  const template = lesson.replace('from: exercise\nexercise: friday-night', 'from: template');
  expect(told(await itemsOf({ 'lessons/first-exercise.yaml': template }))).toHaveLength(1);
});

test('a change that is in the plan is confirmed a period after it was to be there, or after the meeting', async () => {
  const digest = `sha256-${'0'.repeat(64)}`;
  const change = (id: string, more: string) =>
    `  - {id: ${id}, do: add, of: "runbook:ransomware", what: source, value: {title: ${id}}, why: So., ${more}}\n`;
  const changes = `changes:
${change('late', `applied: ${digest}, due: 2027-01-31`)}${change('early', `applied: ${digest}, due: 2026-01-31`)}${change('open', 'due: 2027-01-01')}${change('closed', `applied: ${digest}, confirmed: {on: 2026-03-02, by: responder, in: exercise}`)}`;
  const lesson = read('lessons/first-exercise.yaml');
  const withDay = `${lesson}on: 2026-02-28\n${changes}`;
  const confirmations = async (texts: Record<string, string>) =>
    told(await itemsOf(texts)).filter((item) => item.includes(' confirmation '));
  expect(await confirmations({ 'lessons/first-exercise.yaml': withDay })).toEqual([
    '2027-02-28 confirmation lesson:first-exercise#early',
    '2028-01-31 confirmation lesson:first-exercise#late',
  ]);
  const sooner = { 'plan.yaml': `${settings}upkeep: {confirmChanges: 1 month}\n` };
  expect(await confirmations({ ...sooner, 'lessons/first-exercise.yaml': withDay })).toEqual([
    '2026-03-28 confirmation lesson:first-exercise#early',
    '2027-02-28 confirmation lesson:first-exercise#late',
  ]);
  // Without any day nothing can be late.
  const dayless = changes.replace(/, due: [\d-]+/g, '');
  expect(await confirmations({ 'lessons/first-exercise.yaml': lesson + dayless })).toEqual([]);
});

test('the periods are those that the schema promises', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schemas/plan.schema.json', import.meta.url), 'utf8')) as {
    properties: { upkeep: { properties: Record<string, { default?: string; description: string }> } };
  };
  const { mention: _, ...periods } = schema.properties.upkeep.properties;
  expect(Object.fromEntries(Object.entries(periods).map(([name, { default: usual }]) => [name, usual]))).toEqual(
    usualPeriods,
  );
  for (const { default: usual, description } of Object.values(periods))
    expect(description).toContain(`Default: ${usual}.`);
});
