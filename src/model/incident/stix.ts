/**
 * The indicators of an incident as a STIX 2.1 bundle (OASIS, stix-v2.1-os). The same record gives the same bundle, on
 * every device: identifiers are UUIDv5 of what the object is. Section 2.9 recommends UUIDv4 for objects that are no
 * observables, and allows others in a namespace that is not the one of observables; so that who receives a second
 * bundle of an incident updates its indicators instead of having them twice, that is what is done here.
 */

import { v5 as uuid } from 'uuid';
import type { IncidentRecord } from '../schema-types.ts';
import type { LeftOut } from './indicator-files.ts';
import type { Indicator } from './indicators.ts';
import { instantOf } from './record.ts';

/** The namespace of all identifiers that are made here; drawn once. */
const namespace = 'a4c1d0f2-6b7e-4f39-8f53-2c0c8a1d9e67';

/** The marks of TLP 2.0, the widest first. */
export const tlpMarks = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;
export type Tlp = (typeof tlpMarks)[number];

/** The markings of TLP 2.0 as OASIS published them (cti-stix-common-objects, extension definition tlp-2.0). */
const tlpMarkings: Readonly<Record<Tlp, string>> = {
  CLEAR: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  GREEN: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  AMBER: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'AMBER+STRICT': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  RED: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
};
const tlpExtension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';

type StixObject = { type: string; id: string } & Record<string, unknown>;

export interface StixBundle {
  type: 'bundle';
  id: string;
  objects: StixObject[];
}

interface Incident {
  record: Pick<IncidentRecord, 'incident' | 'entries'>;
  name: string;
  /** Whose incident it is. */
  organisation: string;
  tlp: Tlp;
}

/**
 * The bundle: who it comes from, a marking, an indicator for each value, and a report that says that they belong
 * together. An indicator that was taken off the list is in it as revoked, so that a receiver of an earlier bundle learns
 * of it.
 */
export function stixBundle(
  indicators: readonly Indicator[],
  { record, name, organisation, tlp }: Incident,
): { bundle: StixBundle; leftOut: LeftOut[] } {
  const { incident, entries } = record;
  const begun = stixTime(entries[0]?.at ?? '');
  // The organisation is the same in every incident, so its times cannot be those of one.
  const identity: StixObject = {
    type: 'identity',
    spec_version: '2.1',
    id: idOf('identity', organisation),
    created: '2020-01-01T00:00:00.000Z',
    modified: '2020-01-01T00:00:00.000Z',
    name: organisation,
    identity_class: 'organization',
  };
  const common = { created_by_ref: identity.id, object_marking_refs: [tlpMarkings[tlp]] };
  const leftOut: LeftOut[] = [];
  const made = indicators.flatMap((indicator) => {
    const pattern = patternOf(indicator);
    if (pattern !== undefined) return [indicatorObject(indicator, pattern, incident, common)];
    leftOut.push({ indicator, reason: 'no-pattern' });
    return [];
  });
  const changed = latest(begun, ...indicators.map(({ changedAt }) => stixTime(changedAt)));
  // Not a grouping, which would do as well: the bundle's schema of OASIS leaves that type out, and refuses it.
  const report: StixObject = {
    type: 'report',
    spec_version: '2.1',
    id: idOf('report', incident),
    created: begun,
    modified: changed,
    name,
    report_types: ['indicator'],
    published: changed,
    object_refs: made.length > 0 ? made.map(({ id }) => id) : [identity.id],
    ...common,
  };
  const objects = [identity, markingObject(tlp), ...made, report];
  return { bundle: { type: 'bundle', id: idOf('bundle', JSON.stringify(objects)), objects }, leftOut };
}

/** The text of a bundle's file. */
export function stixFile(bundle: StixBundle): string {
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

function indicatorObject(
  { type, value, note, at, changedAt, removed }: Indicator,
  pattern: string,
  incident: string,
  common: object,
): StixObject {
  const created = stixTime(at);
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: idOf('indicator', `${incident} ${type} ${value}`),
    created,
    modified: latest(created, stixTime(changedAt)),
    name: value,
    ...(note ? { description: note } : {}),
    indicator_types: ['malicious-activity'],
    pattern,
    pattern_type: 'stix',
    valid_from: created,
    ...(removed ? { revoked: true } : {}),
    ...common,
  };
}

function markingObject(tlp: Tlp): StixObject {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: tlpMarkings[tlp],
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${tlp}`,
    extensions: { [tlpExtension]: { extension_type: 'property-extension', tlp_2_0: tlp.toLowerCase() } },
  };
}

function idOf(type: string, what: string): string {
  return `${type}--${uuid(`${type} ${what}`, namespace)}`;
}

/** A moment of the record as STIX writes it: UTC with milliseconds. */
function stixTime(moment: string): string {
  return new Date(instantOf(moment)).toISOString();
}

function latest(...times: string[]): string {
  return times.reduce((one, other) => (one > other ? one : other));
}

/** A text in a pattern: quotes and backslashes are escaped by a backslash (section 9.2, string literals). */
export function patternText(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

// Section 6.19: the hive of a registry key is written out.
const hives: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKU: 'HKEY_USERS',
  HKCC: 'HKEY_CURRENT_CONFIG',
};

/** The pattern of an indicator, or undefined for a kind that STIX has no object for. */
export function patternOf({ type, value }: Pick<Indicator, 'type' | 'value'>): string | undefined {
  const compare = (path: string, text = value) => `${path} = ${patternText(text)}`;
  switch (type) {
    case 'ipv4':
      return `[${compare('ipv4-addr:value')}]`;
    case 'ipv6':
      return `[${compare('ipv6-addr:value')}]`;
    case 'domain':
      return `[${compare('domain-name:value')}]`;
    case 'url':
      return `[${compare('url:value')}]`;
    case 'mail':
      return `[${compare('email-addr:value')}]`;
    case 'md5':
      return `[${compare('file:hashes.MD5')}]`;
    case 'sha-1':
    case 'sha-256':
    case 'sha-512':
      return `[${compare(`file:hashes.'${type.toUpperCase()}'`)}]`;
    case 'file-name':
      return `[${compare('file:name')}]`;
    case 'file-path':
      return pathPattern(value);
    case 'registry-key':
      return `[${compare(
        'windows-registry-key:key',
        value.replace(/^([A-Z_]+):?(?=\\)/i, (_, hive: string) => hives[hive.toUpperCase()] ?? hive.toUpperCase()),
      )}]`;
    case 'user-agent':
      return `[${compare("network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'")}]`;
    default:
      return undefined;
  }
}

/** Folder and name apart, as STIX has them; a path that ends in a separator is a folder. */
function pathPattern(path: string): string {
  const [, folder = '', name = ''] = /^(.*)[\\/]([^\\/]*)$/s.exec(path) ?? [];
  // The root keeps its separator, which is all there is of it.
  const parent = /^(?:[a-z]:)?$/i.test(folder) ? path.slice(0, folder.length + 1) : folder;
  if (name === '') return `[directory:path = ${patternText(parent)}]`;
  return `[file:name = ${patternText(name)} AND file:parent_directory_ref.path = ${patternText(parent)}]`;
}
