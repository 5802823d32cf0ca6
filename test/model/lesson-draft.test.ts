/** A lesson made of a record: what goes into it, in whose words, and what stays behind. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import common from '../../schemas/common.schema.json' with { type: 'json' };
import schema from '../../schemas/lesson.schema.json' with { type: 'json' };
import type { Exercise } from '../../src/model/incident/exercise.ts';
import type { Deed } from '../../src/model/incident/record.ts';
import { stateOf } from '../../src/model/incident/state.ts';
import { isoDuration } from '../../src/model/iso-duration.ts';
import { idOf, type LessonSource, lessonFrom } from '../../src/model/lesson-draft.ts';
import { lessonText } from '../../src/model/lesson-text.ts';
import type { IncidentEntry } from '../../src/model/schema-types.ts';

const text = lessonText('en');
const minute = 60_000;
const begin = Date.parse('2026-11-24T09:00:00Z');
const isolate = 'runbook:ransomware#isolate-hosts';
const digest = `sha256-${'1'.repeat(64)}`;
const exercise: Exercise = {
  id: 'friday',
  title: 'Friday night',
  runbooks: ['ransomware'],
  injects: [
    {
      id: 'first',
      title: 'A note',
      at: 0,
      expects: [{ ref: isolate, name: 'RW 2', text: 'Isolate the hosts.', within: '15 min' }],
    },
  ],
};
const form = 'worksheet:meeting';

function source(deeds: [number, Deed][], over: Partial<LessonSource> = {}): LessonSource {
  const entries = deeds.map(
    ([minutes, deed], index) =>
      ({
        id: `00000000-${String(index).padStart(16, '0')}`,
        at: new Date(begin + minutes * minute).toISOString(),
        by: 'A. Person',
        ...deed,
      }) as IncidentEntry,
  );
  return {
    state: stateOf({ schema: 1, incident: '0'.repeat(32), entries }),
    plan: {
      roles: [
        { id: 'incident-commander', title: 'Incident commander' },
        { id: 'help-desk', title: 'Help desk' },
      ],
      runbooks: [{ id: 'ransomware', code: 'RW', title: 'Ransomware', path: 'runbooks/ransomware/' }],
      exercises: [],
    },
    runbooks: [
      {
        id: 'ransomware',
        code: 'RW',
        title: 'Ransomware',
        steps: [
          { id: 'isolate-hosts', number: '2', text: 'Isolate the hosts.', roles: ['help-desk'] },
          {
            id: 'pay',
            number: '9',
            text: 'Is money paid?',
            roles: ['incident-commander'],
            options: [{ id: 'no', answer: 'No.' }],
          },
        ],
      },
    ],
    forms: {
      [form]: {
        name: 'W5 Meeting',
        path: 'worksheets/meeting/',
        sections: {
          findings: {
            title: 'Findings',
            fields: { learned: { label: 'Learned', lesson: 'learned' }, secret: { label: 'Kept apart' } },
          },
          times: {
            title: 'Times',
            fields: {
              'began-at': { label: 'Began' },
              'noticed-at': { label: 'Noticed' },
              notice: { label: 'Time to notice', lesson: 'metrics.detect', between: ['began-at', 'noticed-at'] },
            },
          },
          items: {
            title: 'Items',
            fields: {
              what: { label: 'What', lesson: 'item-what' },
              type: { label: 'Type', lesson: 'item-type' },
              owner: { label: 'Owner', lesson: 'item-owner' },
              due: { label: 'Due', lesson: 'item-due' },
            },
          },
          steps: {
            title: 'Steps',
            fields: {
              after: { label: 'After', lesson: 'change-step' },
              text: { label: 'Step', lesson: 'change-text' },
              why: { label: 'Why', lesson: 'change-why' },
            },
          },
        },
      },
    },
    digestOf: (reference) => (reference === isolate ? digest : undefined),
    today: '2026-11-25',
    ...over,
  };
}

const started: [number, Deed] = [0, { type: 'incident-started', data: { name: 'Plant', plan: 'Plan' } }];
const takes: [number, Deed] = [0, { type: 'role-taken', data: { role: 'incident-commander' } }];
const write = (field: string, value: string): [number, Deed] => [
  1,
  { type: 'form-written', data: { form, field, value } },
];

const ajv = new Ajv2020({ strict: false, discriminator: true });
addFormats.default(ajv);
ajv.addSchema(common);
const isLesson = ajv.compile(schema);

test('people are named by their roles, and what was not meant for a lesson stays behind', () => {
  const lesson = lessonFrom(
    source([
      started,
      takes,
      [3, { type: 'note', data: { text: 'B. Secret called' } }],
      [4, { type: 'target-added', data: { target: { kind: 'host', value: 'fs-plant-01' } } }],
      [5, { type: 'step-ticked', ref: isolate, data: {} }],
      [9, { type: 'decision-taken', ref: 'runbook:ransomware#pay', data: { option: 'no' } }],
      write('findings.0.learned', 'Names are alike.\n- Numbers are not.'),
      write('findings.0.secret', 'Not for everybody'),
    ]),
    text,
  );
  expect(lesson).toMatchObject({
    title: 'Ransomware, 2026-11-25',
    summary: 'Names are alike.',
    from: 'incident',
    runbooks: ['ransomware'],
    learned: ['Names are alike.', 'Numbers are not.'],
    timeline: [
      { at: '2026-11-24T09:05:00.000Z', what: 'Incident commander: RW 2 Isolate the hosts: done' },
      { at: '2026-11-24T09:09:00.000Z', what: 'Incident commander: RW 9 Is money paid? No.' },
    ],
    status: 'draft',
  });
  expect(JSON.stringify(lesson)).not.toMatch(/Person|Secret|fs-plant|everybody|Plant/);
  expect(isLesson(lesson), ajv.errorsText(isLesson.errors)).toBe(true);
});

test('what was late, missed or unclear in an exercise is what did not go well, with the step', () => {
  const play: [number, Deed][] = [
    [0, { type: 'incident-started', ref: 'exercise:friday', data: { name: 'Friday', plan: 'Plan', exercise: true } }],
    [0, { type: 'exercise-clock', data: { running: true } }],
    [1, { type: 'inject-released', ref: 'exercise:friday', data: { inject: 'first' } }],
    [21, { type: 'step-ticked', ref: isolate, data: {} }],
  ];
  const late = lessonFrom(source(play, { exercise }), text);
  expect(late).toMatchObject({
    title: 'Friday night, 2026-11-25',
    from: 'exercise',
    exercise: 'friday',
    notWell: ['RW 2 Isolate the hosts: done late, after 20:00 (A note).'],
  });
  const judged: [number, Deed] = [
    22,
    { type: 'expectation-judged', ref: isolate, data: { inject: 'first', verdict: 'done', note: 'It was asked for.' } },
  ];
  expect(lessonFrom(source([...play, judged], { exercise }), text).notWell).toBeUndefined();
  expect(isLesson(late), ajv.errorsText(isLesson.errors)).toBe(true);
});

test('what was noted in passing is learned, at its step, as it was corrected', () => {
  const noted: [number, Deed] = [2, { type: 'lesson-noted', ref: isolate, data: { text: 'No button\nfor it' } }];
  const id = '00000000-0000000000000001';
  expect(lessonFrom(source([started, noted]), text).learned).toEqual(['RW 2: No button for it']);
  const corrected: [number, Deed] = [3, { type: 'corrected', data: { of: id, text: 'No right' } }];
  expect(lessonFrom(source([started, noted, corrected]), text).learned).toEqual(['RW 2: No right']);
  const withdrawn: [number, Deed] = [3, { type: 'corrected', data: { of: id } }];
  expect(lessonFrom(source([started, noted, withdrawn]), text).learned).toBeUndefined();
});

test('times of the form become lengths, and what the record knows stands in', () => {
  const written = [write('times.0.began-at', '2026-11-24 02:00'), write('times.0.noticed-at', '2026-11-24 02:41')];
  expect(lessonFrom(source([started, ...written]), text).metrics).toEqual({ detect: 'PT41M' });
  const fact: [number, Deed] = [1, { type: 'fact', data: { name: 'detected', time: '2026-11-25T03:00:00Z' } }];
  expect(lessonFrom(source([started, fact, written[0] as [number, Deed]]), text).metrics).toEqual({ detect: 'P1DT1H' });
  expect(lessonFrom(source([started, written[1] as [number, Deed]]), text).metrics).toBeUndefined();
});

test('rows become action items, each with an id of its own', () => {
  const lesson = lessonFrom(
    source([
      started,
      write('items.a.what', 'Buy cards'),
      write('items.a.type', 'tool'),
      write('items.a.owner', 'help-desk'),
      write('items.a.due', '2026-12-24 09:00'),
      write('items.b.what', 'Buy cards'),
      write('items.b.due', 'soon'),
    ]),
    text,
  );
  expect(lesson.actionItems).toEqual([
    { id: 'buy-cards', what: 'Buy cards', type: 'tool', owner: 'help-desk', due: '2026-12-24' },
    { id: 'buy-cards-2', what: 'Buy cards', type: 'procedure', owner: 'incident-commander', due: '2026-11-25' },
  ]);
});

describe('a step to add', () => {
  const row = (after: string, words: string) => [
    started,
    [1, { type: 'step-ticked', ref: isolate, data: {} }] as [number, Deed],
    write('steps.a.after', after),
    write('steps.a.text', words),
    write('steps.a.why', 'It was late.'),
  ];

  test('goes after a step of the runbook, with its role and the digest of its text', () => {
    const lesson = lessonFrom(source(row('rw 2', 'Call the {guard} <now>.')), text);
    expect(lesson.changes).toEqual([
      {
        id: 'call-guard-now',
        do: 'insert',
        of: isolate,
        place: 'after',
        digest,
        text: '<Step id="call-guard-now" role="help-desk">\nCall the \\{guard\\} \\<now\\>.\n</Step>\n',
        why: 'It was late.',
      },
    ]);
    expect(isLesson(lesson), ajv.errorsText(isLesson.errors)).toBe(true);
  });

  test('after a step that is not found is a point for people', () => {
    const lesson = lessonFrom(source(row('XX 9', 'Call the guard.')), text);
    expect(lesson.changes).toBeUndefined();
    expect(lesson.better).toEqual(['After XX 9, a new step: Call the guard. It was late.']);
  });
});

test('whatever is written on forms, the lesson is one by the schema', () => {
  const place = fc.constantFrom('findings.0.learned', 'items.a.what', 'items.a.due', 'steps.a.after', 'steps.a.text');
  fc.assert(
    fc.property(fc.array(fc.tuple(place, fc.string())), (written) => {
      const lesson = lessonFrom(source([started, ...written.map(([field, value]) => write(field, value))]), text);
      expect(isLesson(lesson), ajv.errorsText(isLesson.errors)).toBe(true);
    }),
  );
});

test('lengths are written as ISO 8601 has them', () => {
  expect([0, 41, 60, 1440, 1561].map((minutes) => isoDuration(minutes * minute))).toEqual([
    'PT0M',
    'PT41M',
    'PT1H',
    'P1D',
    'P1DT2H1M',
  ]);
});

test('an id is made of the telling words', () => {
  expect(idOf('Ask for the serial number, first!', 'x')).toBe('ask-serial-number-first');
  expect(idOf('???', 'lesson')).toBe('lesson');
});
