import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Document } from '../../src/model/document.ts';
import { interfaceText } from '../../src/model/interface-text.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { PlanSettings, WorksheetData } from '../../src/model/schema-types.ts';
import {
  choiceLists,
  choicesOf,
  compute,
  fill,
  filledSchema,
  isComputed,
  isWellWritten,
  missing,
  readDateTime,
  type WorksheetField,
  type Written,
} from '../../src/model/worksheet.ts';

const text = interfaceText('en');
const settings = {
  title: 'Plan of a test',
  priority: {
    criticality: [
      { id: 'immediate', name: 'Immediate', meaning: 'Now.' },
      { id: 'soon', name: 'Soon', meaning: 'Later.' },
    ],
    impact: [
      { id: 'severe', name: 'Severe', meaning: 'Long.' },
      { id: 'minor', name: 'Minor', meaning: 'Short.' },
    ],
    levels: [
      { id: 'p1', name: 'P1', meaning: 'All.', respondWithin: '15 min', updateEvery: '1 h' },
      { id: 'p2', name: 'P2', meaning: 'Some.', respondWithin: '1 h', updateEvery: '4 h' },
      { id: 'p3', name: 'P3', meaning: 'One.', respondWithin: '1 day', updateEvery: '1 day' },
    ],
    cells: { immediate: { severe: 'p1', minor: 'p2' }, soon: { severe: 'p2', minor: 'p3' } },
  },
} as unknown as PlanSettings;

const role = { kind: 'role', id: 'scribe', data: { title: 'Scribe' } } as unknown as Document<'role'>;
const plan = { settings, documents: new Map([['role:scribe', role]]) } as unknown as Plan;
const lists = choiceLists(plan, text);

const data: WorksheetData = {
  title: 'Test sheet',
  code: 'W9',
  summary: 'A sheet with every type of field.',
  sections: [
    {
      id: 'head',
      title: 'Head',
      fields: [
        { id: 'name', label: 'Name', type: 'text', required: true },
        { id: 'story', label: 'Story', type: 'long-text', lines: 3 },
        { id: 'count', label: 'Count', type: 'number' },
        { id: 'noticed', label: 'Noticed', type: 'date-time' },
        { id: 'contained', label: 'Contained', type: 'date-time' },
        { id: 'who', label: 'Who', type: 'choice', optionsFrom: 'roles' },
        { id: 'kinds', label: 'Kinds', type: 'choices', optionsFrom: 'evidence-kinds' },
        { id: 'sealed', label: 'Sealed', type: 'yes-no' },
        { id: 'caller', label: 'Caller', type: 'person' },
        { id: 'signed', label: 'Signed', type: 'signature' },
        { id: 'sure', label: 'How sure', type: 'certainty' },
        { id: 'criticality', label: 'Criticality', type: 'choice', optionsFrom: 'criticality' },
        { id: 'impact', label: 'Impact', type: 'choice', optionsFrom: 'impact' },
        { id: 'priority', label: 'Priority', type: 'priority', criticality: 'criticality', impact: 'impact' },
        { id: 'authority', label: 'Authority told by', type: 'deadline', start: 'noticed', within: '72 h' },
        { id: 'took', label: 'Took', type: 'elapsed', start: 'noticed', end: 'contained' },
      ],
    },
    {
      id: 'rows',
      title: 'Rows',
      repeat: 3,
      fields: [
        { id: 'row-what', label: 'What', type: 'text', required: true },
        { id: 'row-at', label: 'At', type: 'date-time' },
        { id: 'row-since', label: 'Since', type: 'elapsed', start: 'noticed', end: 'row-at' },
      ],
    },
  ],
};
const document = {
  kind: 'worksheet',
  id: 'test-sheet',
  path: 'worksheets/test-sheet.yaml',
  data,
  digest: 'sha256-0a',
} as unknown as Document<'worksheet'>;
const definition = { ...data, id: document.id, plan: settings.title, digest: document.digest };
const savedAt = new Date('2026-11-24T10:00:00Z');

const ajv = new Ajv2020({ strict: true, allErrors: true });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);
const validate = ajv.compile(filledSchema(document, settings, lists));
const filled = (written: Written) => fill(definition, written, settings.priority, savedAt);
const field = (id: string) =>
  data.sections.flatMap((section) => section.fields).find((candidate) => candidate.id === id) as WorksheetField;
const computed = (id: string, row: Record<string, string>, written: Written = { head: [row] }) =>
  compute(field(id), row, definition, written, settings.priority);

describe('computed fields', () => {
  test('a priority comes from the matrix', () => {
    expect(computed('priority', { criticality: 'soon', impact: 'minor' })).toMatchObject({
      priority: { id: 'p3' },
      unknown: [],
    });
  });

  test.each([
    [{}, 'p1', ['criticality', 'impact']],
    [{ criticality: 'soon' }, 'p2', ['impact']],
    [{ impact: 'minor' }, 'p2', ['criticality']],
    [{ criticality: 'unknown', impact: 'minor' }, 'p2', ['criticality']],
  ])('what is not known counts as the worst: %o', (row, id, unknown) => {
    expect(computed('priority', row as Record<string, string>)).toMatchObject({ priority: { id }, unknown });
  });

  test('a deadline is its start and the time limit', () => {
    expect(computed('authority', { noticed: '2026-11-24 03:35' })).toEqual({
      type: 'deadline',
      at: new Date('2026-11-27T03:35:00Z'),
    });
  });

  test('a deadline waits for a time: neither nothing, nor a date alone, nor words start a clock', () => {
    for (const noticed of ['', '2026-11-24', 'last night']) expect(computed('authority', { noticed })).toBeUndefined();
  });

  test('time that went by is counted in minutes, across offsets', () => {
    expect(computed('took', { noticed: '2026-11-24 03:35', contained: '2026-11-24 06:05 +01:00' })).toEqual({
      type: 'elapsed',
      minutes: 90,
    });
    expect(computed('took', { noticed: '2026-11-24 03:35' })).toBeUndefined();
  });

  test('a row of a table may count from a field that is filled once', () => {
    const row = { 'row-at': '2026-11-24 04:00' };
    expect(computed('row-since', row, { head: [{ noticed: '2026-11-24 03:35' }], rows: [row] })).toMatchObject({
      minutes: 25,
    });
  });
});

describe('dates and times', () => {
  test.each([
    ['2026-11-24 03:35', '2026-11-24T03:35:00Z'],
    [' 2026-11-24T3:35 ', '2026-11-24T03:35:00Z'],
    ['2026-11-24 03:35:20 UTC', '2026-11-24T03:35:20Z'],
    ['2026-11-24 00:30 +01:00', '2026-11-23T23:30:00Z'],
    ['2026-11-24 23:30 -01:00', '2026-11-25T00:30:00Z'],
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', undefined],
    ['2026-13-01 00:00', undefined],
    ['2026-11-24 25:00', undefined],
    ['24.11.2026 03:35', undefined],
    ['11/24/2026', undefined],
    ['yesterday', undefined],
  ])('%s', (written, read) => {
    expect(readDateTime(written)).toBe(read);
  });

  test('every minute reads back as it was written', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-01T00:00Z'), max: new Date('2199-12-31T00:00Z'), noInvalidDate: true }),
        (date) => {
          const minute = `${date.toISOString().slice(0, 16)}:00Z`;
          expect(readDateTime(minute.slice(0, 16).replace('T', ' '))).toBe(minute);
        },
      ),
    );
  });
});

describe('a filled worksheet', () => {
  const complete: Written = {
    head: [
      {
        name: 'N. N.',
        story: 'Files do not open.',
        count: '12',
        noticed: '2026-11-24 03:35',
        contained: '2026-11-24 05:05',
        who: 'scribe',
        kinds: ['memory', 'disk'],
        sealed: 'no',
        sure: 'suspected',
        criticality: 'soon',
      },
    ],
    rows: [{}, { 'row-what': 'Isolated', 'row-at': '2026-11-24 04:00' }, { 'row-what': ' ' }],
  };

  test('holds typed values, the computed ones, and only rows in which something stands', () => {
    expect(filled(complete).sections).toEqual({
      head: {
        name: 'N. N.',
        story: 'Files do not open.',
        count: 12,
        noticed: '2026-11-24T03:35:00Z',
        contained: '2026-11-24T05:05:00Z',
        who: 'scribe',
        kinds: ['memory', 'disk'],
        sealed: false,
        sure: 'suspected',
        criticality: 'soon',
        priority: 'p2',
        authority: '2026-11-27T03:35:00Z',
        took: 90,
      },
      rows: [{ 'row-what': 'Isolated', 'row-at': '2026-11-24T04:00:00Z', 'row-since': 25 }],
    });
  });

  test('fits its schema', () => {
    expect(validate(filled(complete)), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each([
    ['a required answer is missing', { head: [{}] }],
    ['a required answer of a row is missing', { head: [{ name: 'N.' }], rows: [{ 'row-at': '2026-11-24 04:00' }] }],
    ['a time is in words', { head: [{ name: 'N.', noticed: 'last night' }] }],
    ['a number is in words', { head: [{ name: 'N.', count: 'a dozen' }] }],
    ['a choice is not offered', { head: [{ name: 'N.', who: 'president' }] }],
    ['one of several choices is not offered', { head: [{ name: 'N.', kinds: ['memory', 'luck'] }] }],
    ['a certainty is not one of three', { head: [{ name: 'N.', sure: 'very' }] }],
    ['yes or no is neither', { head: [{ name: 'N.', sealed: 'perhaps' }] }],
  ] as [string, Written][])('is refused when %s, and keeps what was written', (_, written) => {
    const file = filled(written);
    expect(validate(file)).toBe(false);
    for (const value of Object.values(written['head']?.[0] ?? {}).flat())
      expect(JSON.stringify(file)).toContain(JSON.stringify(value));
  });

  test('is refused with a field, section or property that nobody asked for', () => {
    const file = filled(complete);
    expect(validate({ ...file, more: 1 })).toBe(false);
    expect(validate({ ...file, sections: { ...file.sections, more: {} } })).toBe(false);
    expect(validate({ ...file, sections: { ...file.sections, head: { name: 'N.', more: 'x' } } })).toBe(false);
    expect(validate({ ...file, worksheet: 'another' })).toBe(false);
  });

  test('says which required answers are missing', () => {
    expect(missing(definition, {}).map(({ field }) => field.id)).toEqual(['name']);
    expect(
      missing(definition, { head: [{ name: 'N.' }], rows: [{ 'row-at': '2026-11-24' }, {}] }).map(
        ({ section, row, field }) => [section, row, field.id],
      ),
    ).toEqual([['rows', 0, 'row-what']]);
    expect(missing(definition, complete)).toEqual([]);
  });

  test('whatever is written as asked fits the schema, for every worksheet of the starter plan as well', () => {
    const real = ['five-ws', 'priority', 'chain-of-custody', 'timeline', 'lessons-learned-meeting'].map(
      (id) =>
        ({
          ...document,
          id,
          data: parse(readFileSync(new URL(`../../content/worksheets/${id}.yaml`, import.meta.url), 'utf8')),
        }) as Document<'worksheet'>,
    );
    for (const sheet of [document, ...real]) {
      const check = ajv.compile(filledSchema(sheet, settings, lists));
      const own = { ...sheet.data, id: sheet.id, plan: settings.title, digest: document.digest };
      fc.assert(
        fc.property(writtenFor(sheet.data), (written) => {
          const file = fill(own, written, settings.priority, savedAt);
          expect(check(file), `${JSON.stringify(check.errors)} ${JSON.stringify(file)}`).toBe(true);
          expect(missing(own, written)).toEqual([]);
        }),
        { numRuns: 40 },
      );
    }
  });

  test('nothing that can be written makes it throw', () => {
    const anything = fc.dictionary(
      fc.constantFrom('name', 'count', 'noticed', 'contained', 'criticality', 'kinds', 'row-at'),
      fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 })),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 3 }), fc.array(anything, { maxLength: 3 }), (head, rows) => {
        JSON.stringify(filled({ head, rows }));
      }),
    );
  });
});

/** Answers of the right form for every field; those that are not required are sometimes left out. */
function writtenFor({ sections }: WorksheetData): fc.Arbitrary<Written> {
  const words = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 .,:-]{0,20}$/);
  const time = fc
    .date({ min: new Date('2020-01-01T00:00Z'), max: new Date('2030-12-31T00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 16).replace('T', ' '));
  const answer = (asked: WorksheetField): fc.Arbitrary<string | string[]> => {
    const ids = choicesOf(asked, lists, text).map((choice) => choice.id);
    if (asked.type === 'choices') return fc.subarray(ids, { minLength: 1 });
    if (ids.length > 0) return fc.constantFrom(...ids);
    if (asked.type === 'date-time') return time;
    return asked.type === 'number' ? fc.integer().map(String) : words;
  };
  const row = (fields: WorksheetField[]) => {
    const asked = fields.filter((candidate) => !isComputed(candidate));
    return fc.record(Object.fromEntries(asked.map((candidate) => [candidate.id, answer(candidate)])), {
      requiredKeys: asked.filter((candidate) => candidate.required).map((candidate) => candidate.id),
    });
  };
  return fc.record(
    Object.fromEntries(
      sections.map((section) => [
        section.id,
        section.repeat === undefined
          ? row(section.fields).map((one) => [one])
          : fc.array(row(section.fields), { maxLength: 4 }),
      ]),
    ),
  ) as fc.Arbitrary<Written>;
}

test('an answer is told to be malformed before it is saved', () => {
  expect(isWellWritten(field('noticed'), '2026-11-24 03:35')).toBe(true);
  expect(isWellWritten(field('noticed'), 'noon')).toBe(false);
  expect(isWellWritten(field('count'), '1,5')).toBe(true);
  expect(isWellWritten(field('count'), 'many')).toBe(false);
  expect(isWellWritten(field('name'), '')).toBe(true);
});
