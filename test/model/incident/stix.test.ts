/** The bundle against the JSON schemas of OASIS, which are in test/fixtures with their licence. */

import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Indicator, indicatorTypes, typeOf } from '../../../src/model/incident/indicators.ts';
import { patternOf, patternText, stixBundle, stixFile, type Tlp, tlpMarks } from '../../../src/model/incident/stix.ts';
import { incident } from './arbitrary-record.ts';

const schemas = new URL('../../fixtures/stix-2.1/schemas/', import.meta.url);
const idOf = (path: string) =>
  `http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas/${path}.json`;
const places: Record<string, string> = {
  identity: 'sdos/identity',
  indicator: 'sdos/indicator',
  report: 'sdos/report',
  'marking-definition': 'common/marking-definition',
};
// Their expressions are not all of the form that JavaScript asks for with Unicode.
const ajv = new Ajv2020({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });

beforeAll(() => {
  for (const folder of readdirSync(schemas))
    for (const name of readdirSync(new URL(`${folder}/`, schemas)))
      ajv.addSchema(JSON.parse(readFileSync(new URL(`${folder}/${name}`, schemas), 'utf8')));
});

const values: Record<string, string> = {
  ipv4: '8.8.8.8',
  ipv6: '2606:4700::1111',
  domain: 'badhost.net',
  url: "https://badhost.net/it's?a=\\b",
  mail: 'a@badhost.net',
  md5: 'a'.repeat(32),
  'sha-1': 'a'.repeat(40),
  'sha-256': 'a'.repeat(64),
  'sha-512': 'a'.repeat(128),
  'file-name': 'evil.exe',
  'file-path': 'C:\\Windows\\Temp\\evil.exe',
  'registry-key': 'HKLM\\Software\\X',
  'user-agent': 'curl/8.1',
  other: 'Global\\mutex',
};
const indicator = (type: Indicator['type'], more: Partial<Indicator> = {}): Indicator => ({
  type,
  value: values[type] ?? '',
  at: '2026-11-24T04:35:12.120+01:00',
  changedAt: '2026-11-24T04:35:12.120+01:00',
  by: 'A. Example',
  ...more,
});
const about = (tlp: Tlp = 'AMBER') => ({
  record: {
    incident,
    entries: [
      {
        id: '4f1c09aa-0000000000000001',
        at: '2026-11-24T04:05:00+01:00',
        by: 'A',
        type: 'incident-started' as const,
        data: { name: 'Plant', plan: 'Plan' },
      },
    ],
  },
  name: 'Files encrypted in the plant',
  organisation: 'Example Manufacturing',
  tlp,
});

function faultsOf(bundle: ReturnType<typeof stixBundle>['bundle']): unknown[] {
  const faults: unknown[] = [];
  if (!ajv.validate(idOf('common/bundle'), bundle)) faults.push(ajv.errors);
  // The schema of the bundle accepts an object that no other schema knows: each is compared with the one of its type.
  for (const object of bundle.objects)
    if (!ajv.validate(idOf(places[object.type] ?? object.type), object)) faults.push([object, ajv.errors]);
  return faults;
}

describe('a bundle', () => {
  test.each(tlpMarks)('of every kind of indicator is valid, marked TLP:%s', (tlp) => {
    const { bundle, leftOut } = stixBundle(
      indicatorTypes.map((type) => indicator(type)),
      about(tlp),
    );
    expect(faultsOf(bundle)).toEqual([]);
    expect(bundle.objects.filter(({ type }) => type === 'indicator')).toHaveLength(indicatorTypes.length - 1);
    expect(leftOut.map(({ indicator: { type }, reason }) => [type, reason])).toEqual([['other', 'no-pattern']]);
    const marking = bundle.objects.find(({ type }) => type === 'marking-definition');
    expect(marking).toMatchObject({ name: `TLP:${tlp}` });
    for (const object of bundle.objects)
      if (object.type === 'indicator') expect(object['object_marking_refs']).toEqual([marking?.id]);
  });

  test('without indicators is valid', () => {
    expect(faultsOf(stixBundle([], about()).bundle)).toEqual([]);
  });

  test('that lacks something is found by the schemas', () => {
    const { bundle } = stixBundle([indicator('domain')], about());
    for (const property of ['pattern', 'valid_from', 'pattern_type', 'created']) {
      const objects = bundle.objects.map((object) =>
        object.type === 'indicator' ? { ...object, [property]: undefined } : object,
      );
      expect(faultsOf(JSON.parse(JSON.stringify({ ...bundle, objects })))).not.toEqual([]);
    }
  });

  test('is the same bytes for the same record, and its indicators keep their ids', () => {
    const one = stixBundle([indicator('domain'), indicator('ipv4')], about()).bundle;
    expect(stixFile(stixBundle([indicator('domain'), indicator('ipv4')], about()).bundle)).toBe(stixFile(one));
    const later = stixBundle(
      [indicator('domain', { note: 'Seen again', changedAt: '2026-11-24T06:00:00Z' })],
      about(),
    ).bundle;
    const find = ({ objects }: typeof one) => objects.find(({ pattern }) => String(pattern).includes('domain-name'));
    expect(find(later)?.id).toBe(find(one)?.id);
    expect(find(later)).toMatchObject({ created: '2026-11-24T03:35:12.120Z', modified: '2026-11-24T06:00:00.000Z' });
    expect(later.id).not.toBe(one.id);
  });

  test('gives no two objects one UUID, as section 2.9 demands', () => {
    const { bundle } = stixBundle(
      indicatorTypes.map((type) => indicator(type)),
      about(),
    );
    const ids = [bundle.id, ...bundle.objects.map(({ id }) => id)].map((id) => id.split('--')[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids.filter((_, index) => index !== 2)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });

  test('says of an indicator that was taken off the list that it is revoked', () => {
    const { bundle } = stixBundle(
      [indicator('domain', { removed: { at: '2026-11-24T05:00:00Z', by: 'B' }, changedAt: '2026-11-24T05:00:00Z' })],
      about(),
    );
    expect(faultsOf(bundle)).toEqual([]);
    expect(bundle.objects.find(({ type }) => type === 'indicator')).toMatchObject({ revoked: true });
  });
});

describe('a pattern', () => {
  test.each<[Indicator['type'], string, string]>([
    ['sha-256', 'ab', "[file:hashes.'SHA-256' = 'ab']"],
    ['md5', 'ab', "[file:hashes.MD5 = 'ab']"],
    ['url', "http://b.net/it's", "[url:value = 'http://b.net/it\\'s']"],
    ['registry-key', 'HKLM\\Software\\X', "[windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\Software\\\\X']"],
    ['registry-key', 'hkcu:\\Run', "[windows-registry-key:key = 'HKEY_CURRENT_USER\\\\Run']"],
    ['file-path', 'C:\\Temp\\a.exe', "[file:name = 'a.exe' AND file:parent_directory_ref.path = 'C:\\\\Temp']"],
    ['file-path', '/agent', "[file:name = 'agent' AND file:parent_directory_ref.path = '/']"],
    ['file-path', 'C:\\Temp\\', "[directory:path = 'C:\\\\Temp']"],
    [
      'user-agent',
      'curl/8.1',
      "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'curl/8.1']",
    ],
  ])('of %s %s', (type, value, pattern) => {
    expect(patternOf({ type, value })).toBe(pattern);
  });

  test('holds any text in one literal, quotes and backslashes included', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '\\', 'a', '"', '\n', 'ä', ']') }), (value) => {
        const literal = patternText(value);
        // The grammar of STIX: a quote, then characters or escapes, then a quote.
        expect(literal).toMatch(/^'(?:[^'\\]|\\.)*'$/s);
        expect(literal.slice(1, -1).replace(/\\(.)/gs, '$1')).toBe(value);
      }),
    );
  });

  test('is valid for whatever people paste', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (value) => {
        const { bundle } = stixBundle([indicator(typeOf(value), { value })], about());
        expect(faultsOf(bundle)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
