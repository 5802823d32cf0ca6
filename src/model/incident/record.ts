/** The record of an incident: a list of entries that only grows. Merging is the union of two sets of entries. */

import type { IncidentEntry, IncidentRecord } from '../schema-types.ts';

export type EntryType = IncidentEntry['type'];
export type EntryOf<T extends EntryType> = Extract<IncidentEntry, { type: T }>;

/** What a person does, before it has an id, a time and a writer. */
export type Deed<T extends EntryType = EntryType> = T extends EntryType
  ? Omit<EntryOf<T>, 'id' | 'at' | 'by' | 'data'> & { data: Omit<EntryOf<T>['data'], 'replaces'> }
  : never;

/** Thrown where two records are not of the same incident. */
export class OtherIncident extends Error {
  override name = 'OtherIncident';
}

export function emptyRecord(incident: string): IncidentRecord {
  return { schema: 1, incident, entries: [] };
}

/**
 * Both records in one. Every entry of either is kept, each once: the result does not depend on the order of merging,
 * nor on how often it is done.
 *
 * @throws OtherIncident
 */
export function mergeRecords(one: IncidentRecord, other: IncidentRecord): IncidentRecord {
  if (one.incident !== other.incident) throw new OtherIncident('The two records are of different incidents.');
  return withEntries(one, other.entries);
}

/** The record with more entries, in the order of time and id. */
export function withEntries(record: IncidentRecord, more: readonly IncidentEntry[]): IncidentRecord {
  const known = new Map<string, IncidentEntry>();
  for (const entry of [...record.entries, ...more]) known.set(canonicalEntry(entry), entry);
  const entries = [...known]
    .map(([text, entry]) => ({ text, entry, at: instantOf(entry.at) }))
    .sort((a, b) => a.at - b.at || compare(a.text, b.text))
    .map(({ entry }) => entry);
  return { ...record, entries };
}

/**
 * An entry as text that is the same for the same content. What an entry says decides whether two are one: an id that
 * two different entries carry loses neither.
 */
export function canonicalEntry(entry: IncidentEntry): string {
  // The id first, so that entries of one moment stand in the order of their ids.
  return `${entry.id} ${canonical(entry)}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .sort(([a], [b]) => compare(a, b))
    .map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`);
  return `{${inner.join(',')}}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Milliseconds since 1970 in UTC; a moment that no calendar has counts as 0. */
export function instantOf(moment: string): number {
  const instant = Date.parse(moment);
  return Number.isNaN(instant) ? 0 : instant;
}

/**
 * A moment as the record writes it, with local time in sight: `2026-11-24T04:35:12.120+01:00`.
 *
 * @param offset minutes by which local time is ahead of UTC
 */
export function momentOf(date: Date, offset = -date.getTimezoneOffset()): string {
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(offset);
  const two = (amount: number) => String(Math.trunc(amount)).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

/** `2026-11-24 03:35`, in UTC. */
export function utcOf(moment: string | Date): string {
  const date = typeof moment === 'string' ? new Date(instantOf(moment)) : moment;
  return date.toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-11-24 04:35 +01:00`, as the writer's device had it. */
export function localOf(moment: string): string {
  const offset = /Z$|[+-]\d\d:\d\d$/.exec(moment)?.[0] ?? '';
  return `${moment.slice(0, 16).replace('T', ' ')} ${offset === 'Z' ? '+00:00' : offset}`;
}

/** The device that wrote an entry, by the first part of its id. */
export function deviceOf(entry: Pick<IncidentEntry, 'id'>): string {
  return entry.id.slice(0, 8);
}

/** The text of a record's file: entries in order, one property a line, a line break at the end. */
export function recordFile(record: IncidentRecord): string {
  return `${JSON.stringify(withEntries(record, []), null, 2)}\n`;
}
