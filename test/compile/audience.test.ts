/** A plan for those who may not read all of it: what is left, how the gaps read, and that nothing else changed. */

import { beforeAll, describe, expect, test } from 'vitest';
import { forAudience, redDocuments, withholding } from '../../src/compile/audience.ts';
import type { Document } from '../../src/model/document.ts';
import { documentOf, type Plan } from '../../src/model/plan.ts';
import { canariesFor, canaryPlan, readableBy } from '../canaries.ts';
import { compiledWith } from '../fixture-plan.ts';
import { pictureKinds } from '../pictures.ts';

let whole: Plan;
beforeAll(async () => {
  whole = await canaryPlan();
});

/** All that a plan holds, as text: what any output could show. */
function everything(plan: Plan): string {
  const parts: unknown[] = [];
  for (const [name, document] of plan.documents) {
    const { data, path, id, body, references, digest } = document;
    parts.push(
      name,
      data,
      path,
      id,
      digest,
      references.map(({ text }) => text),
    );
    parts.push(
      body?.tree,
      body?.sections,
      body?.steps.map(({ id: step, number, instruction }) => [step, number, instruction]),
    );
  }
  return JSON.stringify([
    plan.settings,
    [...plan.variables],
    [...plan.referrers],
    [...plan.images],
    plan.audience,
    parts,
  ]);
}

const stepsOf = (plan: Plan, id = 'runbook:ransomware') => plan.documents.get(id)?.body?.steps ?? [];
const textOf = (plan: Plan, id: string) => JSON.stringify(plan.documents.get(id)?.body?.tree);

test('a change of a lesson is told where what it is about and what it says may be read', () => {
  const told = (plan: Plan) => (documentOf(plan, 'lesson', 'open')?.data.changes ?? []).map(({ id }) => id);
  expect(told(whole)).toEqual(['hidden', 'written', 'reworded', 'named', 'above']);
  expect(told(forAudience(whole, 'public'))).toEqual(['reworded']);
});

describe.each(Object.keys(readableBy))('for %s', (audience) => {
  test('nothing above its labels is left anywhere in the plan', () => {
    expect(canariesFor(audience, everything(forAudience(whole, audience)))).toEqual([]);
  });

  test('the plan that was given stays as it is', () => {
    const before = everything(whole);
    forAudience(whole, audience);
    expect(everything(whole)).toBe(before);
  });

  test('every name in it leads somewhere', () => {
    const plan = forAudience(whole, audience);
    for (const [name, document] of plan.documents)
      for (const { text, expected } of document.references) {
        const isHere = text.startsWith('#') || (/^(step|local|local-step)$/.test(expected) && !text.includes(':'));
        if (expected === 'label' || isHere) continue;
        const target = (text.includes(':') ? text : `${expected}:${text}`).split('#')[0] as string;
        expect(plan.documents.has(target), `${name} names ${text}`).toBe(true);
      }
    for (const [target, names] of plan.referrers)
      for (const name of [target, ...names]) expect(plan.documents.has(name)).toBe(true);
  });
});

test('TLP:RED is in no build, and said', () => {
  expect(redDocuments(whole)).toEqual(['contact:source']);
  for (const audience of Object.keys(readableBy))
    expect(forAudience(whole, audience).documents.has('contact:source')).toBe(false);
});

test('numbers are those of the whole plan, with gaps', () => {
  const numbers = (audience: string) =>
    stepsOf(forAudience(whole, audience)).map(({ id, number }) => `${number} ${id}`);
  expect(numbers('internal').slice(0, 6)).toEqual([
    '1 call-for-help',
    '2 secret-step',
    '3 second-secret',
    '4 list-hosts',
    '5 decide-it',
    '6 isolate-hosts',
  ]);
  expect(numbers('auditor')).toEqual([
    '1 call-for-help',
    '3 second-secret',
    '4 list-hosts',
    '5 decide-it',
    '6 isolate-hosts',
    '8 find-cause',
    '9 restore-data',
    '10 hold-meeting',
  ]);
  expect(stepsOf(forAudience(whole, 'public'), 'action:isolate-host').map(({ number }) => number)).toEqual(['a', 'c']);
});

test('a gap says which numbers it holds, and a heading under which nothing is left goes', () => {
  const plan = forAudience(whole, 'public');
  expect(textOf(plan, 'runbook:ransomware')).toContain('RW 2 and RW 3: withheld.');
  expect(textOf(plan, 'action:isolate-host')).toContain('Part b: withheld.');
  const sections = plan.documents.get('page:shown')?.body?.sections.map(({ title }) => title);
  expect(sections).toEqual(['', 'Under this heading nothing is left', 'Under this one something is']);
  const silent = forAudience(withReferences(whole, 'nothing'), 'public');
  expect(silent.documents.get('page:shown')?.body?.sections.map(({ title }) => title)).toEqual([
    '',
    'Under this one something is',
  ]);
  expect(textOf(silent, 'runbook:ransomware')).not.toContain('withheld');
});

const withReferences = (plan: Plan, references: 'withheld' | 'nothing'): Plan => ({
  ...plan,
  settings: {
    ...plan.settings,
    audiences: (plan.settings.audiences ?? []).map((audience) => ({ ...audience, references })),
  },
});

test('names in prose, numbers beside them and variables say that they are withheld', () => {
  const step = stepsOf(forAudience(whole, 'public'))[0];
  expect(step?.instruction).toBe('Call (withheld), or (contact withheld).');
  const { questions } = forAudience(whole, 'public').settings.home;
  expect(questions.map(({ ifYes }) => ifYes)).toEqual(['Call (contact withheld), in (withheld).']);
  const page = documentOf(forAudience(whole, 'public'), 'page', 'shown');
  expect(page?.data.summary).toBe('Open to all. Ask (withheld) or (page withheld).');
});

test('a list that names what is withheld says so once, or nothing', () => {
  const contacts = (plan: Plan) => documentOf(plan, 'runbook', 'ransomware')?.data.contacts;
  expect(contacts(forAudience(whole, 'public'))).toEqual(['(withheld)']);
  expect(contacts(forAudience(withReferences(whole, 'nothing'), 'public'))).toEqual([]);
  expect(documentOf(forAudience(whole, 'public'), 'runbook', 'ransomware')?.data.mistakenFor).toEqual([]);
});

test('a step after a withheld one, and an answer that leads to one, name neither', () => {
  const plan = forAudience(whole, 'public');
  const listed = stepsOf(plan).find(({ id }) => id === 'list-hosts')?.block.attributes as { after?: string[] };
  expect(listed.after).toEqual(['(withheld)']);
  const decision = stepsOf(plan).find(({ id }) => id === 'decide-it')?.block.children as unknown as {
    attributes?: { id: string; to: string };
  }[];
  expect(decision.flatMap(({ attributes }) => (attributes ? [[attributes.id, attributes.to]] : []))).toEqual([
    ['yes', '(withheld)'],
    ['no', 'next'],
  ]);
});

test('a contact keeps the channels that may be read', () => {
  const channels = (audience: string) =>
    documentOf(forAudience(whole, audience), 'contact', 'desk')?.data.channels.map(({ kind }) => kind);
  expect(channels('internal')).toEqual(['mail', 'chat']);
  expect(channels('public')).toEqual(['mail']);
});

test('digests are those of what is shown, and of the whole where it is shown whole', () => {
  const plan = forAudience(whole, 'public');
  const digest = (of: Plan, name: string) => (of.documents.get(name) as Document).digest;
  expect(digest(plan, 'role:responder')).toBe(digest(whole, 'role:responder'));
  // The channel that is left out could be guessed from a digest of the whole.
  expect(digest(plan, 'contact:desk')).not.toBe(digest(whole, 'contact:desk'));
  expect(plan.settingsDigest).not.toBe(whole.settingsDigest);
});

test('an image is left where a page shows it, and nowhere else', () => {
  expect([...forAudience(whole, 'public').images]).toEqual(pictureKinds.map((kind) => `pages/shown.${kind}`));
  expect(forAudience(whole, 'internal').images.size).toBe(pictureKinds.length + 1);
});

test('nothing is open unless the plan says so', async () => {
  const { plan } = await compiledWith({ 'terms/runbook.yaml': 'title: Runbook\nsummary: Open.\nlabel: internal\n' });
  expect(forAudience(plan as Plan, 'internal').documents).toBe(plan?.documents);
  expect(forAudience(plan as Plan, 'public').documents.size).toBe(0);
});

test('a mark that is stricter than the build keeps a document out', async () => {
  const { plan } = await compiledWith({
    'plan.yaml': '',
    'contacts/strict.yaml':
      'title: Strict\nlabel: internal\ntlp: AMBER+STRICT\nchannels: [{kind: mail, value: strict@example.org}]\n',
  });
  expect(plan).toBeUndefined();
  const strict = new Map(whole.documents);
  const old = strict.get('contact:desk') as Document;
  strict.set('contact:desk', { ...old, digest: old.digest, data: { ...old.data, tlp: 'GREEN' } } as Document);
  const marked = { ...whole, documents: strict };
  expect(forAudience(marked, 'auditor').documents.has('contact:desk')).toBe(true);
  expect(forAudience(marked, 'public').documents.has('contact:desk')).toBe(false);
  expect(forAudience(marked, 'public').settings.tlp).toBe('CLEAR');
});

test('whoever shows more than the plan can ask what is withheld', () => {
  const { reference, path } = withholding(whole, 'auditor');
  expect(reference('runbook:ransomware')).toBe(false);
  expect(reference('runbook:hidden')).toBe(true);
  expect(reference('runbook:ransomware#secret-step')).toBe(true);
  expect(reference('runbook:ransomware#second-secret')).toBe(false);
  expect(reference('runbook:ransomware#hidden-use')).toBe(true);
  expect(path('runbooks/hidden.mdx')).toBe(true);
  expect(path('runbooks/ransomware.mdx')).toBe(false);
  // What was deleted has no label any more.
  expect(path('runbooks/deleted.mdx')).toBe(true);
  expect(withholding(whole, 'internal').path('runbooks/deleted.mdx')).toBe(false);
});

test('an audience that the plan does not have is refused', () => {
  expect(() => forAudience(whole, 'everybody')).toThrow('There is no audience "everybody".');
});
