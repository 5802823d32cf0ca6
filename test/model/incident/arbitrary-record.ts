/** Records as several devices write them, with and without knowledge of each other. */

import fc from 'fast-check';
import { type Deed, momentOf } from '../../../src/model/incident/record.ts';
import { replacedBy } from '../../../src/model/incident/state.ts';
import type { IncidentEntry, IncidentRecord } from '../../../src/model/schema-types.ts';

export const incident = '8d3e0b7a5c214f60a19b2f7d3c4e5f60';
const steps = ['runbook:ransomware#capture-memory', 'runbook:ransomware#isolate-hosts', 'runbook:phishing#purge'];
const people = ['A. Example', 'B. Example', 'C. Example'];

const ref = fc.constantFrom(...steps);
const role = fc.constantFrom('incident-commander', 'scribe');
const target = fc.record({
  kind: fc.constantFrom('host' as const, 'account' as const),
  value: fc.constantFrom('a', 'b'),
});
const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const about = { digest: 'sha256-1f0c' };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ type: fc.constant('incident-named' as const), data: fc.record({ name: text }) }),
  fc.record({ type: fc.constant('priority-set' as const), data: fc.record({ priority: fc.constantFrom('P1', 'P2') }) }),
  fc.record({ type: fc.constantFrom('incident-closed' as const, 'incident-reopened' as const), data: fc.constant({}) }),
  fc.record({
    type: fc.constantFrom('hold-placed' as const, 'hold-lifted' as const),
    data: fc.record({ reason: text }),
  }),
  fc.record({ type: fc.constantFrom('role-taken' as const, 'role-left' as const), data: fc.record({ role }) }),
  fc.record({
    type: fc.constantFrom('step-ticked' as const, 'step-unticked' as const),
    ref,
    digest: fc.constant(about.digest),
    data: fc.constant({}),
  }),
  fc.record({ type: fc.constant('step-skipped' as const), ref, data: fc.record({ reason: text }) }),
  fc.record({
    type: fc.constant('decision-taken' as const),
    ref,
    data: fc.record({ option: fc.constantFrom('pay', 'refuse') }),
  }),
  fc.record({ type: fc.constant('note' as const), data: fc.record({ text }) }),
  fc.record({ type: fc.constantFrom('target-added' as const, 'target-removed' as const), data: fc.record({ target }) }),
  fc.record({
    type: fc.constantFrom('target-done' as const, 'target-undone' as const),
    ref,
    data: fc.record({ target }),
  }),
  fc.record({
    type: fc.constant('fact' as const),
    data: fc.record({ name: fc.constantFrom('detected', 'owner'), text }),
  }),
  fc.record({
    type: fc.constant('form-written' as const),
    data: fc.record({
      form: fc.constantFrom('worksheet:five-ws', 'worksheet:five-ws#0123456789abcdef', 'clocks'),
      field: fc.constantFrom('case.0.case-number', 'who-victims.host fs-1.example.victim-name'),
      value: fc.oneof(fc.string({ maxLength: 8 }), fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))),
    }),
  }),
);

const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });

/** An entry that says something, and takes the place of what `before` holds. */
export function entryOf(said: Deed, id: string, at: string, by: string, before: IncidentRecord): IncidentEntry {
  const replaces = replacedBy(before, said);
  return {
    id,
    at,
    by,
    ...said,
    data: { ...said.data, ...(replaces.length > 0 ? { replaces } : {}) },
  } as IncidentEntry;
}

/** A record that one device wrote alone, entry by entry, after what it had from elsewhere. */
export const arbitraryRecord: fc.Arbitrary<IncidentRecord> = fc
  .tuple(
    hex(8),
    fc.array(
      fc.record({
        said: deed,
        random: hex(16),
        minute: fc.integer({ min: 0, max: 600 }),
        by: fc.constantFrom(...people),
      }),
      { maxLength: 12 },
    ),
  )
  .map(([device, written]) => {
    const record: IncidentRecord = { schema: 1, incident, entries: [] };
    for (const { said, random, minute, by } of written)
      record.entries.push(
        entryOf(said, `${device}-${random}`, momentOf(new Date(Date.UTC(2026, 10, 24, 3, minute)), 60), by, record),
      );
    return record;
  });
