import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonicalEntry,
  emptyRecord,
  instantOf,
  mergeRecords,
  momentOf,
  OtherIncident,
  recordFile,
  withEntries,
} from '../../../src/model/incident/record.ts';
import { validateRecord } from '../../../src/model/incident/record-validator.ts';
import { stateOf } from '../../../src/model/incident/state.ts';
import type { IncidentEntry, IncidentRecord } from '../../../src/model/schema-types.ts';
import '../../generated-values.ts';
import { arbitraryRecord, incident } from './arbitrary-record.ts';

const ajv = new Ajv2020({ strict: true });
ajv.addKeyword({ keyword: 'x-unstable', schemaType: 'boolean' });
const published = ajv.compile(JSON.parse(readFileSync('schemas/incident-record.schema.json', 'utf8')));

const note: IncidentEntry = {
  id: '4f1c09aa-0b7c2d9e11f04a53',
  at: '2026-11-24T04:35:12.120+01:00',
  by: 'A. Example',
  type: 'note',
  data: { text: 'Three file servers do not answer' },
};
const textsOf = ({ entries }: IncidentRecord) => entries.map(canonicalEntry);

describe('merging', () => {
  test('loses nothing and adds nothing', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, (one, other) => {
        const merged = textsOf(mergeRecords(one, other));
        expect(new Set(merged)).toEqual(new Set([...textsOf(one), ...textsOf(other)]));
        expect(merged.length).toBe(new Set(merged).size);
      }),
    );
  });

  test('is commutative, associative and idempotent, to the byte', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, arbitraryRecord, (a, b, c) => {
        expect(recordFile(mergeRecords(a, b))).toBe(recordFile(mergeRecords(b, a)));
        expect(recordFile(mergeRecords(mergeRecords(a, b), c))).toBe(recordFile(mergeRecords(a, mergeRecords(b, c))));
        const once = mergeRecords(a, b);
        expect(recordFile(mergeRecords(once, b))).toBe(recordFile(once));
        expect(recordFile(mergeRecords(once, once))).toBe(recordFile(once));
      }),
    );
  });

  test('gives one state, whichever way round', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, (one, other) => {
        expect(stateOf(mergeRecords(one, other))).toEqual(stateOf(mergeRecords(other, one)));
      }),
    );
  });

  test('keeps both of two entries with one id, and lists them', () => {
    const other: IncidentEntry = { ...note, data: { text: 'Changed by hand' } };
    const merged = mergeRecords(
      withEntries(emptyRecord(incident), [note]),
      withEntries(emptyRecord(incident), [other]),
    );
    expect(merged.entries).toHaveLength(2);
    expect(stateOf(merged).conflicts).toMatchObject([{ about: { kind: 'id', name: note.id } }]);
  });

  test('refuses records of two incidents', () => {
    expect(() => mergeRecords(emptyRecord(incident), emptyRecord('0'.repeat(32)))).toThrow(OtherIncident);
  });

  test('orders by the moment, not by how it is written', () => {
    const later = { ...note, id: '00000000-0000000000000000', at: '2026-11-24T03:36:00Z' };
    expect(withEntries(emptyRecord(incident), [later, note]).entries.map(({ id }) => id)).toEqual([note.id, later.id]);
  });
});

test('a moment keeps the time of the device and its offset', () => {
  const date = new Date('2026-11-24T03:35:12.120Z');
  expect(momentOf(date, 60)).toBe('2026-11-24T04:35:12.120+01:00');
  expect(momentOf(date, -210)).toBe('2026-11-24T00:05:12.120-03:30');
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
      fc.integer({ min: -14 * 60, max: 14 * 60 }),
      (at, offset) => {
        expect(instantOf(momentOf(at, offset))).toBe(at.getTime());
      },
    ),
  );
});

describe('the schema', () => {
  const valid: IncidentRecord = { schema: 1, incident, entries: [note] };
  const faulty: [string, unknown, string, string][] = [
    ['another version', { ...valid, schema: 2 }, '/schema', 'const'],
    ['an unknown property', { ...valid, more: 1 }, '', 'additionalProperties'],
    [
      'a moment without an offset',
      { ...valid, entries: [{ ...note, at: '2026-11-24T04:35:12' }] },
      '/entries/0/at',
      'pattern',
    ],
    ['a note without text', { ...valid, entries: [{ ...note, data: {} }] }, '/entries/0/data', 'required'],
    ['an empty note', { ...valid, entries: [{ ...note, data: { text: '' } }] }, '/entries/0/data/text', 'minLength'],
    [
      'an unknown kind of entry',
      { ...valid, entries: [note, { ...note, type: 'rumour' }] },
      '/entries/1',
      'discriminator',
    ],
    [
      'a step that is none',
      { ...valid, entries: [{ ...note, type: 'step-ticked', ref: 'runbook:ransomware', data: {} }] },
      '/entries/0/ref',
      'pattern',
    ],
    [
      'an id twice',
      {
        ...valid,
        entries: [{ ...note, type: 'fact', data: { name: 'detected', replaces: [note.id, note.id] } }],
      },
      '/entries/0/data/replaces',
      'uniqueItems',
    ],
    ['no list', { ...valid, entries: {} }, '/entries', 'type'],
    ['nothing', null, '', 'type'],
  ];

  test.each(faulty)('finds %s, in the browser as by the published schema', (_, record, path, keyword) => {
    expect(published(record)).toBe(false);
    expect(validateRecord(record)).toBe(false);
    expect(validateRecord.errors?.[0]).toMatchObject({ instancePath: path, keyword });
  });

  test('holds for whatever devices write, and for what they save as a file', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const file: unknown = JSON.parse(recordFile(record));
        expect([validateRecord(file), published(file)]).toEqual([true, true]);
        expect(textsOf(file as IncidentRecord)).toEqual(textsOf(withEntries(record, [])));
      }),
    );
  });
});
