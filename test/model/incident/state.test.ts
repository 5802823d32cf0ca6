import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Deed, emptyRecord, mergeRecords, momentOf, withEntries } from '../../../src/model/incident/record.ts';
import { rolesOf, stateOf } from '../../../src/model/incident/state.ts';
import {
  doneElsewhere,
  dueAt,
  openSteps,
  openStepsOf,
  passedOver,
  type RunbookSteps,
} from '../../../src/model/incident/steps.ts';
import type { IncidentRecord } from '../../../src/model/schema-types.ts';
import '../../generated-values.ts';
import { arbitraryRecord, entryOf, incident } from './arbitrary-record.ts';

const step = 'runbook:ransomware#isolate-hosts';
let count = 0;

/** A record in which somebody does something at a minute after three. */
function does(record: IncidentRecord, minute: number, by: string, deed: Deed): IncidentRecord {
  const id = `4f1c09aa-${String(++count).padStart(16, '0')}`;
  const at = momentOf(new Date(Date.UTC(2026, 10, 24, 3, minute)), 60);
  return withEntries(record, [entryOf(deed, id, at, by, record)]);
}

const begun = does(emptyRecord(incident), 0, 'A', {
  type: 'incident-started',
  ref: 'runbook:ransomware',
  data: { name: 'Plant', plan: 'Plan' },
});

describe('a step', () => {
  test('is done by who ticked it and when, open again when that is taken back, and done again', () => {
    const ticked = does(begun, 5, 'B', { type: 'step-ticked', ref: step, data: {} });
    expect(stateOf(ticked).steps.get(step)).toMatchObject({
      state: 'done',
      line: { entry: { by: 'B', at: '2026-11-24T04:05:00.000+01:00' } },
    });
    const unticked = does(ticked, 6, 'B', { type: 'step-unticked', ref: step, data: {} });
    expect(stateOf(unticked).steps.get(step)?.state).toBe('open');
    const again = does(unticked, 7, 'C', { type: 'step-ticked', ref: step, data: {} });
    expect(stateOf(again)).toMatchObject({ conflicts: [] });
    expect(stateOf(again).steps.get(step)?.line.entry.by).toBe('C');
    expect(stateOf(again).timeline).toHaveLength(4);
  });

  test('is skipped, and the reason may follow', () => {
    const skipped = does(begun, 5, 'B', { type: 'step-skipped', ref: step, data: {} });
    const id = skipped.entries.at(-1)?.id ?? '';
    expect(stateOf(skipped).steps.get(step)?.line.reason).toBeUndefined();
    const reasoned = does(skipped, 9, 'B', { type: 'reason-given', data: { of: id, text: 'No such host' } });
    expect(stateOf(reasoned).steps.get(step)).toMatchObject({ state: 'skipped', line: { reason: 'No such host' } });
  });

  test('of which two devices say different things is listed, and settled by who saw both', () => {
    const ticked = does(begun, 5, 'B', { type: 'step-ticked', ref: step, data: {} });
    const skipped = does(begun, 4, 'C', { type: 'step-skipped', ref: step, data: {} });
    const merged = mergeRecords(ticked, skipped);
    expect(stateOf(merged).conflicts).toMatchObject([
      { about: { kind: 'step', name: step }, entries: [{ by: 'C' }, { by: 'B' }] },
    ]);
    const settled = does(merged, 10, 'A', { type: 'step-ticked', ref: step, data: {} });
    expect(stateOf(settled).conflicts).toEqual([]);
    expect(stateOf(mergeRecords(settled, skipped)).conflicts).toEqual([]);
  });

  test('that two devices ticked is no conflict', () => {
    const one = does(begun, 5, 'B', { type: 'step-ticked', ref: step, data: {} });
    const other = does(begun, 6, 'C', { type: 'step-ticked', ref: step, data: {} });
    expect(stateOf(mergeRecords(one, other)).conflicts).toEqual([]);
  });

  test('on which two people decided differently is listed', () => {
    const one = does(begun, 5, 'B', { type: 'decision-taken', ref: step, data: { option: 'pay' } });
    const other = does(begun, 6, 'C', { type: 'decision-taken', ref: step, data: { option: 'refuse', reason: 'Law' } });
    const { conflicts, steps } = stateOf(mergeRecords(one, other));
    expect(conflicts).toMatchObject([{ about: { kind: 'step', name: step } }]);
    expect(steps.get(step)?.state).toBe('done');
  });
});

describe('a target', () => {
  const runbook = (id: string, code: string, action?: string): RunbookSteps => ({
    id,
    code,
    title: id,
    steps: [{ id: 'isolate', number: '4', text: 'Isolate', roles: [], targets: 'host', ...(action ? { action } : {}) }],
  });
  const target = { kind: 'host' as const, value: 'fs-01' };
  const done = does(begun, 5, 'B', { type: 'target-done', ref: 'runbook:intrusion#isolate', data: { target } });

  test('for which another runbook did the same action is done, and says where', () => {
    const [here, there] = [runbook('ransomware', 'RW', 'isolate-host'), runbook('intrusion', 'SE', 'isolate-host')];
    const [step] = here.steps;
    if (!step) throw new Error('no step');
    const found = doneElsewhere(stateOf(done), [here, there], here, step);
    expect([...found]).toMatchObject([['host fs-01', { name: 'SE 4', entry: { by: 'B' } }]]);
    const undone = does(done, 6, 'C', { type: 'target-undone', ref: 'runbook:intrusion#isolate', data: { target } });
    expect(doneElsewhere(stateOf(undone), [here, there], here, step).size).toBe(0);
  });

  test('is not done by another action, nor by a step of one runbook alone', () => {
    const here = runbook('ransomware', 'RW', 'isolate-host');
    const [step] = here.steps;
    if (!step) throw new Error('no step');
    for (const other of [runbook('intrusion', 'SE', 'block-account'), runbook('intrusion', 'SE')])
      expect(doneElsewhere(stateOf(done), [here, other], here, step).size).toBe(0);
  });
});

describe('a legal hold', () => {
  test('is in force from when it is placed until it is lifted', () => {
    const placed = does(begun, 5, 'B', { type: 'hold-placed', data: { reason: 'Counsel, matter 12' } });
    expect(stateOf(placed).hold?.entry).toMatchObject({ by: 'B', data: { reason: 'Counsel, matter 12' } });
    const lifted = does(placed, 6, 'B', { type: 'hold-lifted', data: { reason: 'Counsel' } });
    expect(stateOf(lifted).hold).toBeUndefined();
    expect(stateOf(does(lifted, 7, 'B', { type: 'hold-placed', data: { reason: 'Again' } })).hold).toBeDefined();
  });

  test('stays in force while two devices disagree on it', () => {
    const placed = does(begun, 5, 'B', { type: 'hold-placed', data: { reason: 'Counsel' } });
    const lifted = does(placed, 7, 'B', { type: 'hold-lifted', data: { reason: 'Counsel' } });
    const again = does(placed, 6, 'C', { type: 'hold-placed', data: { reason: 'A second matter' } });
    const { hold, conflicts } = stateOf(mergeRecords(lifted, again));
    expect(hold?.entry.data.reason).toBe('A second matter');
    expect(conflicts).toMatchObject([{ about: { kind: 'hold' } }]);
  });
});

test('a conflict needs two writers who did not know of each other: one device alone never makes one', () => {
  fc.assert(
    fc.property(arbitraryRecord, (record) => {
      // The clock of a device may jump; what it replaced is known from the entries, not from their times.
      expect(stateOf(record).conflicts.filter(({ about }) => about.kind !== 'id')).toEqual([]);
    }),
  );
});

test('every contradiction of two records is either settled or listed', () => {
  fc.assert(
    fc.property(arbitraryRecord, arbitraryRecord, (one, other) => {
      const [a, b] = [stateOf(one), stateOf(other)];
      const merged = stateOf(mergeRecords(one, other));
      const listed = new Set(
        merged.conflicts.map(({ about }) => ('name' in about ? `${about.kind} ${about.name}` : about.kind)),
      );
      for (const [ref, { state }] of a.steps) {
        const theirs = b.steps.get(ref);
        if (theirs && theirs.state !== state) expect(listed).toContain(`step ${ref}`);
      }
      if (a.priority && b.priority && a.priority.entry.data.priority !== b.priority.entry.data.priority)
        expect(listed).toContain('priority');
      for (const [form, written] of a.forms)
        for (const [field, { data }] of written) {
          const theirs = b.forms.get(form)?.get(field);
          if (theirs && JSON.stringify(theirs.data.value) !== JSON.stringify(data.value))
            expect(merged.conflicts).toContainEqual(
              expect.objectContaining({ about: { kind: 'form', name: form, field } }),
            );
        }
    }),
  );
});

test('a role goes from one person to the next, and two who took it apart are listed', () => {
  const taken = does(begun, 1, 'B', { type: 'role-taken', data: { role: 'scribe' } });
  const handedOver = does(taken, 2, 'C', { type: 'role-taken', data: { role: 'scribe' } });
  expect(rolesOf(stateOf(handedOver), 'B')).toEqual([]);
  expect(rolesOf(stateOf(handedOver), 'C')).toEqual(['scribe']);
  const apart = mergeRecords(handedOver, does(taken, 3, 'D', { type: 'role-taken', data: { role: 'scribe' } }));
  expect(stateOf(apart).conflicts).toMatchObject([{ about: { kind: 'role', name: 'scribe' } }]);
  const left = does(handedOver, 4, 'C', { type: 'role-left', data: { role: 'scribe' } });
  expect(stateOf(left).roles.size).toBe(0);
});

test('a corrected note stays, with what is right beside it', () => {
  const noted = does(begun, 1, 'B', { type: 'note', ref: step, data: { text: 'Host 4' } });
  const of = noted.entries.at(-1)?.id ?? '';
  const corrected = does(noted, 2, 'B', { type: 'corrected', data: { of, text: 'Host 5' } });
  expect(stateOf(corrected).notes.get(step)).toMatchObject([
    { entry: { data: { text: 'Host 4' } }, correction: { data: { text: 'Host 5' } } },
  ]);
});

test('targets, facts, clocks, name and closing are those that hold now', () => {
  const host = { kind: 'host', value: 'fs-1' } as const;
  let record = does(begun, 1, 'B', { type: 'target-added', data: { target: host, note: 'Alarm' } });
  record = does(record, 2, 'B', { type: 'target-added', data: { target: { kind: 'account', value: 'x' } } });
  record = does(record, 3, 'B', { type: 'target-removed', data: { target: { kind: 'account', value: 'x' } } });
  record = does(record, 4, 'B', { type: 'target-done', ref: step, data: { target: host } });
  record = does(record, 5, 'B', { type: 'fact', data: { name: 'detected', time: '2026-11-24T03:00:00Z' } });
  record = does(record, 6, 'B', { type: 'fact', data: { name: 'detected', time: '2026-11-24T02:50:00Z' } });
  record = does(record, 7, 'B', { type: 'clock-compared', data: { ahead: -12, with: 'Bridge' } });
  record = does(record, 8, 'B', { type: 'incident-named', data: { name: 'Plant 2' } });
  record = does(record, 9, 'B', { type: 'incident-closed', data: { reason: 'Over' } });
  const state = stateOf(record);
  expect(state).toMatchObject({ name: 'Plant 2', conflicts: [], targets: [{ ...host, note: 'Alarm' }] });
  expect(state.targetsDone.get(step)?.has('host fs-1')).toBe(true);
  expect(state.facts.get('detected')?.data.time).toBe('2026-11-24T02:50:00Z');
  expect(state.clocks.get('4f1c09aa')?.data.ahead).toBe(-12);
  expect(state.closed?.reason).toBe('Over');
  expect(stateOf(does(record, 10, 'B', { type: 'incident-reopened', data: {} })).closed).toBeUndefined();
});

describe('time boxes', () => {
  const runbook: RunbookSteps = {
    id: 'ransomware',
    code: 'RW',
    title: 'Ransomware',
    digest: 'sha256-1f0c',
    steps: [
      { id: 'one', number: '1', text: 'One', roles: ['analyst'], within: '5 min', from: 'detection' },
      { id: 'two', number: '2', text: 'Two', roles: ['commander'], within: '10 min' },
      { id: 'three', number: '3', text: 'Three', roles: ['analyst'], within: '1 h', from: 'declaration' },
      { id: 'four', number: '4', text: 'Four', roles: ['analyst'], within: '20 min', from: 'previous-step' },
      { id: 'before', number: 'P1', text: 'Before', roles: ['analyst'], within: '1 h', preparation: true },
    ],
  };
  const [one, two, three, four, before] = runbook.steps as [never, never, never, never, never];
  const ref = (id: string) => `runbook:ransomware#${id}`;
  const due = (record: IncidentRecord, of: never) => dueAt(stateOf(record), runbook, of)?.toISOString().slice(11, 16);

  test('run from detection, from declaration and from the step before, and only once that is known', () => {
    expect([one, two, three, four, before].map((of) => due(begun, of))).toEqual(Array(5).fill(undefined));
    let record = does(begun, 1, 'A', { type: 'fact', data: { name: 'detected', time: '2026-11-24T02:50:00Z' } });
    record = does(record, 2, 'A', { type: 'fact', data: { name: 'declared', time: '2026-11-24T04:10:00+01:00' } });
    record = does(record, 7, 'A', { type: 'step-ticked', ref: ref('one'), data: {} });
    expect([one, two, three, four, before].map((of) => due(record, of))).toEqual([
      '02:55',
      '03:17',
      '04:10',
      undefined,
      undefined,
    ]);
  });

  test('a skipped step passes its start on, and a tick without a time starts nothing', () => {
    const ticked = does(begun, 7, 'A', { type: 'step-ticked', ref: ref('two'), data: {} });
    expect(due(does(ticked, 8, 'A', { type: 'step-skipped', ref: ref('three'), data: {} }), four)).toBe('03:27');
    expect(
      due(does(begun, 7, 'A', { type: 'step-ticked', ref: ref('one'), data: { timeUnknown: true } }), two),
    ).toBeUndefined();
  });

  test('what is open, and what of it is mine', () => {
    let record = does(begun, 1, 'B', { type: 'role-taken', data: { role: 'analyst' } });
    record = does(record, 2, 'B', { type: 'step-ticked', ref: ref('one'), data: {} });
    expect(openSteps(stateOf(record), runbook).map(({ id }) => id)).toEqual(['two', 'three', 'four']);
    expect(openStepsOf(stateOf(record), runbook, 'B').map(({ id }) => id)).toEqual(['three', 'four']);
    expect(openStepsOf(stateOf(record), runbook, 'A')).toEqual([]);
  });
});

describe('an answer that leads past steps', () => {
  const step = (id: string, more = {}) => ({ id, number: id, text: id, roles: ['analyst'], ...more });
  const runbook: RunbookSteps = {
    id: 'ransomware',
    code: 'RW',
    title: 'Ransomware',
    steps: [
      step('hold'),
      step('power-off-or-not', {
        options: [
          { id: 'no', answer: 'No', to: 'record' },
          { id: 'yes', answer: 'Yes' },
          { id: 'elsewhere', answer: 'It is something else', to: 'runbook:wiper' },
        ],
      }),
      step('power-off', { within: '5 min', from: 'detection' }),
      step('record', { within: '10 min', from: 'previous-step' }),
      step('event-or-not', {
        options: [
          { id: 'incident', answer: 'Incident', to: 'declare' },
          { id: 'event', answer: 'Event' },
        ],
      }),
      step('close', { next: 'thank' }),
      step('declare'),
      step('again-or-not', {
        options: [
          { id: 'again', answer: 'Again', to: 'power-off' },
          { id: 'on', answer: 'On' },
        ],
      }),
      step('thank'),
      step('prepare', { preparation: true }),
    ],
  };
  const open = (record: IncidentRecord) => openSteps(stateOf(record), runbook).map(({ id }) => id);
  const passed = (record: IncidentRecord) => [...passedOver(stateOf(record), runbook)];
  const decides = (record: IncidentRecord, of: string, option: string) =>
    does(record, 5, 'A', { type: 'decision-taken', ref: `runbook:ransomware#${of}`, data: { option } });
  const no = decides(begun, 'power-off-or-not', 'no');

  test('leaves them out of what is open, and out of what is due', () => {
    expect(passed(begun)).toEqual([]);
    expect(passed(no)).toEqual(['power-off']);
    expect(open(no)).toEqual(['hold', 'record', 'event-or-not', 'close', 'declare', 'again-or-not', 'thank']);
    const known = does(no, 1, 'A', { type: 'fact', data: { name: 'detected', time: '2026-11-24T02:50:00Z' } });
    const due = (id: string) => dueAt(stateOf(known), runbook, runbook.steps.find((of) => of.id === id) as never);
    expect(due('power-off')).toBeUndefined();
    // The step before it is the decision, since the one between is not done.
    expect(due('record')?.toISOString()).toBe('2026-11-24T03:15:00.000Z');
  });

  test('passes over nothing where it leads on, to another runbook, or where it was taken back', () => {
    expect(passed(decides(begun, 'power-off-or-not', 'yes'))).toEqual([]);
    expect(passed(decides(begun, 'power-off-or-not', 'elsewhere'))).toEqual([]);
    const ref = 'runbook:ransomware#power-off-or-not';
    expect(passed(does(no, 6, 'A', { type: 'step-unticked', ref, data: {} }))).toEqual([]);
    // Ticked, and nobody knows with which answer.
    expect(passed(does(begun, 6, 'A', { type: 'step-ticked', ref, data: {} }))).toEqual([]);
  });

  test('a later answer leads back, and what was done all the same leads on from there', () => {
    const incident = decides(no, 'event-or-not', 'incident');
    expect(passed(incident)).toEqual(['power-off', 'close']);
    expect(passed(decides(incident, 'again-or-not', 'again'))).toEqual(['close']);
    const event = decides(begun, 'event-or-not', 'event');
    expect(passed(event)).toEqual(['declare', 'again-or-not']);
    const ref = 'runbook:ransomware#declare';
    expect(passed(does(event, 6, 'A', { type: 'step-ticked', ref, data: {} }))).toEqual([]);
  });
});

describe('an answer on a form', () => {
  const write = (field: string, value: string | string[]): Deed => ({
    type: 'form-written',
    data: { form: 'worksheet:five-ws', field, value },
  });
  const valueIn = (record: IncidentRecord, field: string) =>
    stateOf(record).forms.get('worksheet:five-ws')?.get(field)?.data.value;

  test('is the last one, and another place is left alone', () => {
    const written = does(begun, 1, 'A', write('case.0.case-number', '2026-001'));
    const again = does(
      does(written, 2, 'B', write('case.0.case-number', '2026-002')),
      3,
      'B',
      write('what.0.data', []),
    );
    expect(valueIn(again, 'case.0.case-number')).toBe('2026-002');
    expect(valueIn(again, 'what.0.data')).toEqual([]);
    expect(stateOf(again).conflicts).toEqual([]);
  });

  test('that two devices gave differently is listed; the same one twice is not', () => {
    const one = does(begun, 1, 'A', write('case.0.case-number', '1'));
    const other = does(begun, 2, 'B', write('case.0.case-number', '2'));
    const same = does(begun, 3, 'C', write('case.0.case-number', '1'));
    expect(stateOf(mergeRecords(one, other)).conflicts).toMatchObject([
      {
        about: { kind: 'form', name: 'worksheet:five-ws', field: 'case.0.case-number' },
        entries: [{ by: 'A' }, { by: 'B' }],
      },
    ]);
    expect(stateOf(mergeRecords(one, same)).conflicts).toEqual([]);
  });

  test('in rows that two devices added stands in both rows after merging', () => {
    const one = does(begun, 1, 'A', write('where.00000000000000aa.where-place', 'Plant'));
    const other = does(begun, 1, 'B', write('where.00000000000000bb.where-place', 'Office'));
    const merged = mergeRecords(one, other);
    expect(valueIn(merged, 'where.00000000000000aa.where-place')).toBe('Plant');
    expect(valueIn(merged, 'where.00000000000000bb.where-place')).toBe('Office');
    expect(stateOf(merged).conflicts).toEqual([]);
  });
});
