import { expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import type { Change } from '../../src/model/schema-types.ts';
import { codeOwners, impactOf } from '../../src/proposals/impact.ts';
import { placeOnSite, sentenceOf } from '../../src/proposals/sentence.ts';
import { compiledWith } from '../fixture-plan.ts';

const none = `sha256-${'0'.repeat(64)}`;
const change = (wanted: object) => ({ id: 'x', why: 'y', digest: none, ...wanted }) as Change;

async function planWith(texts: (before: Map<string, string>) => Record<string, string>): Promise<Plan> {
  const { files } = await compiledWith({});
  const before = new Map(files.map((file) => [file.path, String(file)]));
  return (await compiledWith(texts(before))).plan as Plan;
}

test('an edited action touches the runbooks that use it, their approvals and the exercises that were held', async () => {
  const plan = await planWith((before) => ({
    'exercises/friday-night.yaml': `${before.get('exercises/friday-night.yaml')}held: [{on: "2026-02-20"}]\n`,
    'exercises/never-held.yaml': before.get('exercises/friday-night.yaml') as string,
    'runbooks/ransomware.mdx': (before.get('runbooks/ransomware.mdx') as string).replace(
      'status: draft',
      'status: approved\napprovals:\n  - {by: A. Example, role: responder, on: 2026-11-01}',
    ),
  }));
  const impact = impactOf([change({ do: 'replace', of: 'action:isolate-host#unplug', text: '' })], plan);
  const ids = (documents: readonly { id: string }[]) => documents.map(({ id }) => id);
  expect(ids(impact.changed)).toEqual(['isolate-host']);
  expect(impact.touched.map(({ runbook, actions }) => [runbook.id, ids(actions)])).toEqual([
    ['ransomware', ['isolate-host']],
  ]);
  expect(impact.approvals.map(({ document, by }) => [document.id, by])).toEqual([
    ['ransomware', ['A. Example (responder)']],
  ]);
  expect(impact.exercises.map(({ exercise, runbooks }) => [exercise.id, ids(runbooks)])).toEqual([
    ['friday-night', ['ransomware']],
  ]);
  expect(impact.owners.map(({ role, documents }) => [role.id, ids(documents)])).toEqual([
    ['responder', ['ransomware']],
  ]);

  const nothing = impactOf([change({ do: 'set', of: 'term:runbook', field: '/summary', value: 'x' })], plan);
  expect(nothing).toMatchObject({ touched: [], approvals: [], exercises: [] });
});

test('each kind of change is a sentence', async () => {
  const plan = (await compiledWith({})).plan as Plan;
  const step = '<Step id="note" role="responder">\nNote *the time*.\n</Step>';
  const sentences = [
    { do: 'insert', of: 'runbook:ransomware#isolate-hosts', place: 'before', text: step },
    {
      do: 'insert',
      of: 'runbook:ransomware#list-hosts',
      place: 'after',
      text: '<Use id="again" action="isolate-host" />',
    },
    { do: 'insert', of: 'runbook:ransomware#list-hosts', place: 'before', text: '<Caution>\nHot.\n</Caution>' },
    { do: 'replace', of: 'runbook:ransomware#list-hosts', text: step.replace('note', 'list-hosts') },
    {
      do: 'replace',
      of: 'runbook:ransomware#list-hosts',
      text: '<Step id="list-hosts" role="responder">\nList the hosts that are affected.\n\nAll.\n</Step>',
    },
    { do: 'move', of: 'runbook:ransomware#list-hosts', to: 'find-cause', place: 'after' },
    { do: 'retire', of: 'runbook:ransomware#list-hosts', instead: 'runbook:ransomware#find-cause' },
    { do: 'retire', of: 'runbook:ransomware' },
    { do: 'set', of: 'runbook:ransomware', field: '/review/every', value: '6 months' },
    { do: 'set', of: 'plan', field: '/organisation', value: {} },
    { do: 'set', of: 'runbook:ransomware', field: '/techniques', remove: true },
    { do: 'add', of: 'runbook:ransomware', what: 'signal', field: '/signals/exclude', value: 'ransom-note' },
    { do: 'add', of: 'runbook:ransomware', what: 'source', value: { title: 'A book' } },
    { do: 'create', of: 'term:backup', text: 'title: Backup\nsummary: A copy.\n' },
    { do: 'replace', of: 'runbook:gone#away', text: step },
  ].map((wanted) => sentenceOf(change(wanted), plan));
  expect(sentences).toMatchInlineSnapshot(`
    [
      "Ransomware, Containment: new step before 'Isolate the host from the network': 'Note the time'",
      "Ransomware, Identification: new step after 'List the hosts that are affected': 'Isolate the host from the network'",
      "Ransomware, Identification: new caution before 'List the hosts that are affected'",
      "Ransomware, Identification: 'List the hosts that are affected' becomes 'Note the time'",
      "Ransomware, Identification: the detail of 'List the hosts that are affected' changes",
      "Ransomware, Identification: 'List the hosts that are affected' moves after 'Find the root cause' in Eradication",
      "Ransomware, Identification: 'List the hosts that are affected' is taken out; 'Find the root cause' takes its place",
      "Ransomware is retired",
      "Ransomware: the property 'review / every' becomes '6 months'",
      "The plan: the property 'organisation' gets a new value",
      "Ransomware: the property 'techniques' is removed",
      "Ransomware: new signal 'A note asks for money' in 'signals / exclude'",
      "Ransomware: new source 'A book'",
      "New term 'Backup'",
      "runbook:gone: 'away' becomes 'Note the time'",
    ]
  `);
});

test('of a change that is in the plan, the text before it is not there to be told', async () => {
  const plan = (await compiledWith({})).plan as Plan;
  const of = 'runbook:ransomware#list-hosts';
  const step = '<Step id="list-hosts" role="responder">\nList the hosts that are affected.\n</Step>';
  const sentence = (wanted: object) => sentenceOf(change({ of, applied: none, ...wanted }), plan);
  const said = "Ransomware, Identification: new wording, 'List the hosts that are affected'";
  expect(sentence({ do: 'reword', text: 'List the hosts that are affected.' })).toBe(said);
  expect(sentence({ do: 'replace', text: step })).toBe(said);
});

test('a change leads to the step that it made, else to what it is about', async () => {
  const plan = (await compiledWith({})).plan as Plan;
  const text = (id: string) => `<Step id="${id}" role="responder">\nNote it.\n</Step>`;
  const places = [
    { do: 'insert', of: 'runbook:ransomware#list-hosts', place: 'after', text: text('find-cause') },
    { do: 'insert', of: 'runbook:ransomware#list-hosts', place: 'after', text: text('new') },
    { do: 'retire', of: 'runbook:ransomware#gone', instead: 'runbook:ransomware#find-cause' },
    { do: 'retire', of: 'runbook:ransomware#gone' },
    { do: 'set', of: 'plan', field: '/organisation/name', value: 'x' },
    { do: 'create', of: 'term:new', text: 'title: New\n' },
  ].map((wanted) => placeOnSite(change(wanted), plan));
  expect(places).toEqual([
    'runbook:ransomware#find-cause',
    'runbook:ransomware#list-hosts',
    'runbook:ransomware#find-cause',
    'runbook:ransomware',
    undefined,
    undefined,
  ]);
});

test('of the lines of CODEOWNERS that match, the last counts', () => {
  const text =
    '# all\n* @all\n/content/ @plan @lead\n*.lock\n[Section]\ncontent/runbooks/ransomware.mdx @ransom # inline\n';
  const paths = ['README.md', 'content/plan.yaml', 'content/ids.lock', 'content/runbooks/ransomware.mdx'];
  expect([...codeOwners(text, paths)]).toEqual([
    ['@all', ['README.md']],
    ['@plan', ['content/plan.yaml']],
    ['@lead', ['content/plan.yaml']],
    ['@ransom', ['content/runbooks/ransomware.mdx']],
  ]);
});
