import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldName, fieldPlace, sheetsOf, worksheetForm, writtenWords } from '../../../src/model/incident/forms.ts';
import { incidentText } from '../../../src/model/incident/interface-text.ts';
import { type DutyLine, givenRows } from '../../../src/model/incident/prefill.ts';
import { type Deed, emptyRecord, withEntries } from '../../../src/model/incident/record.ts';
import { recordText } from '../../../src/model/incident/record-text.ts';
import { csvOf, markdownOf, namesOf, sentenceOf } from '../../../src/model/incident/report.ts';
import { stateOf } from '../../../src/model/incident/state.ts';
import type { IncidentPlan } from '../../../src/model/incident/steps.ts';
import type { WorksheetSection } from '../../../src/model/worksheet.ts';
import { entryOf, incident } from './arbitrary-record.ts';

const identifier = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/);

test('a place is read back from its name, whatever a row is called', () => {
  fc.assert(
    fc.property(identifier, fc.string({ minLength: 1, unit: 'grapheme' }), identifier, (section, row, field) => {
      expect(fieldPlace(fieldName({ section, row, field }))).toEqual({ section, row, field });
    }),
  );
  for (const none of ['', 'a', 'a.b', '.b.c', 'a.b.']) expect(fieldPlace(none)).toBeUndefined();
});

const forms = {
  'worksheet:five-ws': {
    name: 'W1 Five Ws',
    path: 'worksheets/five-ws/',
    sections: {
      when: { title: 'When?', fields: { noticed: { label: 'First noticed by somebody, UTC' } } },
      who: {
        title: 'Who is affected?',
        fields: { kind: { label: 'Kind', options: { person: 'Person', server: 'Server' } } },
      },
    },
  },
};
const plan: IncidentPlan = {
  title: 'Plan',
  organisation: 'Example',
  timeZone: 'Europe/Vienna',
  domains: [],
  tlp: 'AMBER',
  roles: [{ id: 'scribe', title: 'Scribe' }],
  priorities: [{ id: 'p1', name: 'Critical' }],
  runbooks: [],
  exercises: [],
};
const names = namesOf(plan, [], forms);
const text = { ...incidentText('en'), ...recordText('en') };
const words = (field: string, value: string | string[], form = 'worksheet:five-ws') =>
  sentenceOf({ id: '', at: '', by: '', type: 'form-written', data: { form, field, value } }, names, text);

describe('the sentence of an answer', () => {
  test('names form, part, question and answer', () => {
    expect(words('when.0.noticed', '2026-11-24 03:10')).toBe(
      'W1 Five Ws: When, First noticed by somebody, UTC: 2026-11-24 03:10',
    );
    expect(words('who.host fs-01.kind', ['person', 'server'])).toBe(
      'W1 Five Ws: Who is affected, host fs-01, Kind: Person, Server',
    );
    expect(words('who.0123456789abcdef.kind', 'server')).toBe('W1 Five Ws: Who is affected, Kind: Server');
  });

  test('says when it was taken back, and which sheet it is', () => {
    expect(words('when.0.noticed', '')).toContain('answer taken back');
    expect(words('when.0.noticed', 'x', 'worksheet:five-ws#9f3c000000000000')).toMatch(/^W1 Five Ws 9f3c: /);
  });

  test('stands for itself where the plan does not know it any more', () => {
    expect(words('gone.0.old', 'x', 'worksheet:gone')).toBe('worksheet:gone: gone, old: x');
    expect(words('nonsense', 'x')).toBe('W1 Five Ws: nonsense: x');
    expect(writtenWords({}, 'clocks', 'facts.a.answer', 'yes').form).toBe('clocks');
  });
});

test('the sheets of a worksheet are its first one and those that were begun', () => {
  const second = worksheetForm('five-ws', '0123456789abcdef');
  expect(sheetsOf(['clocks', second, 'worksheet:five-ws-more'], 'five-ws')).toEqual(['worksheet:five-ws', second]);
});

let count = 0;
const recordOf = (...deeds: Deed[]) =>
  deeds.reduce((record, deed, index) => {
    const id = `4f1c09aa-${String(++count).padStart(16, '0')}`;
    return withEntries(record, [entryOf(deed, id, `2026-11-24T04:0${index}:00.000+01:00`, 'A. Example', record)]);
  }, emptyRecord(incident));

describe('what an open incident fills in', () => {
  const record = recordOf(
    { type: 'incident-started', data: { name: '2026-001 Plant', plan: 'Plan' } },
    { type: 'fact', data: { name: 'detected', time: '2026-11-24T04:05:00+01:00' } },
    { type: 'priority-set', data: { priority: 'p1' } },
    { type: 'role-taken', data: { role: 'scribe' } },
    { type: 'target-added', data: { target: { kind: 'host', value: 'fs-01' }, note: 'Note on screen' } },
    { type: 'target-added', data: { target: { kind: 'account', value: 'svc-backup' } } },
    { type: 'target-added', data: { target: { kind: 'indicator', value: 'badhost.net' } } },
    { type: 'target-added', data: { target: { kind: 'host', value: 'gone-01' } } },
    { type: 'target-removed', data: { target: { kind: 'host', value: 'gone-01' } } },
  );
  const duty: DutyLine = {
    name: 'law#first',
    title: 'Law: notice',
    recipient: 'The authority',
    verdict: 'applies',
    decision: 'do-not-notify',
    why: 'No risk',
    decidedBy: 'Counsel',
    recorded: { at: '2026-11-24T05:00:00+01:00', by: 'A. Example' },
    due: new Date('2026-11-27T03:35:00Z'),
    sent: '',
  };
  const source = { state: stateOf(record), person: 'B. Example', names, text, duties: [duty] };
  type Field = WorksheetSection['fields'][number];
  const field = (prefill: Field['prefill'], more: Partial<Field> = {}): Field => ({
    id: `f-${prefill}`,
    label: '',
    type: 'text',
    ...(prefill ? { prefill } : {}),
    ...more,
  });
  const section = (fields: Field[], rowsFrom?: WorksheetSection['rowsFrom']): WorksheetSection => ({
    id: 's',
    title: '',
    ...(rowsFrom ? { repeat: 4, rowsFrom } : {}),
    fields,
  });

  test('once: names, times, priority, people and lists; indicators defanged', () => {
    const fields = [
      field('incident-name'),
      field('detected', { type: 'date-time' }),
      field('started'),
      field('declared'),
      field('priority'),
      field('person'),
      field('role-holder', { prefillRole: 'scribe' }),
      field('hosts'),
      field('indicators'),
      { id: 'own', label: '', type: 'text' as const },
    ];
    expect(givenRows(section(fields), source)).toEqual([
      {
        id: '0',
        values: {
          'f-incident-name': '2026-001 Plant',
          'f-detected': '2026-11-24 03:05',
          'f-started': '2026-11-24 04:00 +01:00',
          'f-priority': 'Critical',
          'f-person': 'B. Example',
          'f-role-holder': 'A. Example',
          'f-hosts': 'fs-01',
          'f-indicators': 'badhost[.]net',
        },
      },
    ]);
  });

  test('in rows: the targets by kind, each under the id that every device gives it', () => {
    const rows = givenRows(
      section([field('row-name'), field('row-note'), field('row-kind', { type: 'choice' })], 'targets'),
      source,
    );
    expect(rows).toEqual([
      { id: 'host fs-01', values: { 'f-row-name': 'fs-01', 'f-row-note': 'Note on screen', 'f-row-kind': 'host' } },
      { id: 'account svc-backup', values: { 'f-row-name': 'svc-backup', 'f-row-kind': 'account' } },
    ]);
    expect(givenRows(section([field('row-name')], 'indicators'), source)).toEqual([
      { id: 'indicator badhost.net', values: { 'f-row-name': 'badhost[.]net' } },
    ]);
  });

  test('in rows: the timeline, decisions and duties', () => {
    const timeline = givenRows(
      section([field('row-name'), field('row-at', { type: 'date-time' })], 'timeline'),
      source,
    );
    expect(timeline).toHaveLength(9);
    expect(timeline[6]?.values).toEqual({
      'f-row-name': 'Belongs to the incident: Indicator badhost[.]net',
      'f-row-at': '2026-11-24 03:06',
    });
    expect(givenRows(section([field('row-name'), field('row-by')], 'decisions'), source)).toEqual([
      { id: 'duty law#first', values: { 'f-row-name': 'Law: notice: Do not notify', 'f-row-by': 'Counsel' } },
    ]);
    expect(
      givenRows(section([field('row-applies', { type: 'choice' }), field('row-due')], 'notifications'), source),
    ).toEqual([{ id: 'law#first', values: { 'f-row-applies': 'no', 'f-row-due': '2026-11-27 03:35' } }]);
  });

  test('nothing where a table asks for nothing', () => {
    expect(givenRows({ ...section([field('row-name')]), repeat: 3 }, source)).toEqual([]);
  });

  test('and reports show indicators so that nobody opens them', () => {
    for (const report of [csvOf, markdownOf])
      expect(report(stateOf(record), names, text).replaceAll('\\', '')).toContain('badhost[.]net');
  });
});
