/** Migrations as text edits: what moved stands elsewhere, and everything else is what it was, to the byte. */

import fc from 'fast-check';
import { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { newestSchema, readAsNewest, schemaSteps } from '../../src/compile/schema-versions/index.ts';
import type { SchemaStep } from '../../src/compile/schema-versions/step.ts';
import { migrate } from '../../src/proposals/migrate.ts';

const filesOf = (texts: Record<string, string>) => ({
  files: Object.entries(texts).map(([path, value]) => new VFile({ path, value })),
});
const migrated = (texts: Record<string, string>, steps?: readonly SchemaStep[]) =>
  new Map(migrate(filesOf(texts), steps)?.files.map(({ path, after }) => [path, after]));

// Made up, since the real steps move properties of plan.yaml alone.
const later: SchemaStep = {
  from: 2,
  to: 3,
  moves: [{ schema: 'training', from: '/every', to: '/repeat/every', why: 'To show it.' }],
};

test('each step begins where the one before ended, and the last ends at what the schemas describe', () => {
  expect(schemaSteps.map(({ from, to }) => to - from)).toEqual(schemaSteps.map(() => 1));
  for (const [index, { from }] of schemaSteps.entries()) if (index > 0) expect(from).toBe(schemaSteps[index - 1]?.to);
  expect(schemaSteps.at(-1)?.to).toBe(newestSchema);
});

test('several steps are taken in one go, in documents too, and their text stays', () => {
  const training =
    '---\ntitle: First aid\n# How often\nevery: 12 months\nroles: [analyst]\n---\n\nText  with   spaces.\n';
  const files = migrated(
    { 'plan.yaml': 'schema: 1\nreviewEvery: {contact: 3 months}\ntitle: A\n', 'training/first-aid.mdx': training },
    [...schemaSteps, later],
  );
  expect(files.get('plan.yaml')).toBe('schema: 3\ntitle: A\nupkeep:\n  verifyContacts: 3 months\n');
  expect(files.get('training/first-aid.mdx')).toBe(
    '---\ntitle: First aid\n# How often\nroles: [analyst]\nrepeat:\n  every: 12 months\n---\n\nText  with   spaces.\n',
  );
});

test('what stands already where something moves to is kept', () => {
  const text = 'schema: 1\nreviewEvery: {runbook: 1 month, contact: 3 months}\nupkeep: {verifyContacts: 2 weeks}\n';
  expect(migrated({ 'plan.yaml': text }).get('plan.yaml')).toBe(
    'schema: 2\nreviewEvery: {runbook: 1 month}\nupkeep: {verifyContacts: 2 weeks}\n',
  );
});

test('nothing is done to a plan of the newest version', () => {
  expect(migrate(filesOf({ 'plan.yaml': `schema: ${newestSchema}\n` }))).toBeUndefined();
});

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const comment = fc.constantFrom('', ' # why', '   # two  spaces');
const line = fc.tuple(
  word,
  fc.constantFrom('x', '"a: b"', "'it''s'", '[a,  b]', '{a: 1}', '>-\n  folded\n  text'),
  comment,
);
const aPlan = fc
  .record({
    before: fc.uniqueArray(line, { maxLength: 4, selector: ([name]) => name }),
    after: fc.uniqueArray(line, { maxLength: 4, selector: ([name]) => name }),
    kinds: fc.uniqueArray(word, { maxLength: 3 }),
    remark: comment,
    flow: fc.boolean(),
    end: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ before, after, kinds, remark, flow, end }) => {
    const lines = (prefix: string, all: typeof before) =>
      all.map(([name, value, note]) => `${prefix}${name}: ${value}${value.startsWith('>') ? '' : note}`);
    const periods = [...kinds.map((kind) => `k${kind}: 6 months`), 'contact: 3 months'];
    const group = flow
      ? [`reviewEvery: {${periods.join(', ')}}${remark}`]
      : ['reviewEvery:', ...periods.map((period) => `  ${period}${remark}`)];
    const text = ['schema: 1', ...lines('b', before), ...group, ...lines('a', after)].join('\n');
    return `${text}\n`.replaceAll('\n', end);
  });

test('of any plan only the lines change that the step is about, and it says what reading it says', () => {
  fc.assert(
    fc.property(aPlan, (text) => {
      const after = migrated({ 'plan.yaml': text }).get('plan.yaml') as string;
      const { data } = readAsNewest('plan', parse(text), schemaSteps[0]?.moves ?? []);
      expect(parse(after)).toEqual({ ...(data as object), schema: 2 });
      const untouched = (all: string) =>
        all.split(/(?<=\n)/).filter((each) => !/^(schema|reviewEvery|upkeep| {2}(contact|verifyContacts)):/.test(each));
      expect(untouched(after)).toEqual(untouched(text));
      expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
      expect(after.replaceAll('\r\n', '').includes('\n')).toBe(!text.includes('\r\n'));
    }),
  );
});

test('reading never changes what it was given, and nothing breaks it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (reviewEvery, upkeep) => {
      const data = { schema: 1, reviewEvery, upkeep };
      const before = structuredClone(data);
      readAsNewest('plan', data, schemaSteps[0]?.moves ?? []);
      expect(data).toEqual(before);
    }),
  );
});
