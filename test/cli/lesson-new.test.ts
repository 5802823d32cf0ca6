/** Beginning a lesson: from a record, from answers, and never over another one. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../src/cli/run.ts';
import type { LessonData } from '../../src/model/schema-types.ts';
import { now, runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

const entry = (index: number, minutes: number, rest: object) => ({
  id: `00000000-${String(index).padStart(16, '0')}`,
  at: new Date(Date.parse('2026-11-23T09:00:00Z') + minutes * 60_000).toISOString(),
  by: 'A. Person',
  ...rest,
});
const record = {
  schema: 1,
  incident: '0'.repeat(32),
  entries: [
    entry(0, 0, {
      type: 'incident-started',
      ref: 'exercise:friday-night',
      data: { name: 'Friday', plan: 'Plan', exercise: true },
    }),
    entry(1, 0, { type: 'role-taken', data: { role: 'responder' } }),
    entry(2, 1, { type: 'exercise-clock', data: { running: true } }),
    entry(3, 5, { type: 'step-ticked', ref: 'runbook:ransomware#call-for-help', data: {} }),
    entry(4, 9, {
      type: 'lesson-noted',
      ref: 'runbook:ransomware#call-for-help',
      data: { text: 'The number 10.1.2.3 was not at hand.' },
    }),
  ],
};

test('from a record: what it knows is filled in, people are roles, and what looks wrong is named', async () => {
  const folder = temporaryPlan();
  writeFileSync(join(folder, 'incident.json'), JSON.stringify(record));
  const { code, stdout, stderr } = await runIn(folder, 'lesson', 'new', 'numbers-at-hand', '--from', 'incident.json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Written: content/lessons/numbers-at-hand.yaml');
  expect(stdout).toMatch(/line \d+: 10\.1\.2\.3 \(IP address\)/);
  const text = readFileSync(join(folder, 'content/lessons/numbers-at-hand.yaml'), 'utf8');
  const lesson = parse(text) as LessonData;
  expect(lesson).toMatchObject({
    from: 'exercise',
    exercise: 'friday-night',
    on: '2026-11-24',
    runbooks: ['ransomware'],
    learned: ['RW 1: The number 10.1.2.3 was not at hand.'],
    status: 'draft',
  });
  expect(lesson.timeline?.[0]?.what).toMatch(/^Responder: RW 1 .*: done$/);
  expect(text).not.toContain('Person');
  // It is a lesson that the plan takes, but for what does not belong in it.
  const check = await runIn(folder, 'check');
  expect(check.stderr + check.stdout).toContain('lesson-identifies');
  expect(check.stderr + check.stdout).not.toContain('error');
});

test('what is made of a record under legal hold says so, and is not proposed unless somebody releases it', async () => {
  const folder = temporaryPlan();
  const entry = (index: number, rest: object) => ({
    id: `00000000-${String(index).padStart(16, '0')}`,
    at: `2026-11-20T09:0${index}:00.000Z`,
    by: 'A. Person',
    ...rest,
  });
  const entries = [
    entry(0, { type: 'incident-started', data: { name: 'Friday', plan: 'Plan' } }),
    entry(1, { type: 'hold-placed', data: { reason: 'Counsel asked.' } }),
  ];
  writeFileSync(join(folder, 'incident.json'), JSON.stringify({ schema: 1, incident: '0'.repeat(32), entries }));
  expect(await runIn(folder, 'lesson', 'new', 'held', '--from', 'incident.json')).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'content/lessons/held.yaml'), 'utf8')).toContain('\nhold: true\n');
  const refused = await runIn(folder, 'lesson', 'propose', 'held', '--dry-run');
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('under legal hold') });
  expect(await runIn(folder, 'lesson', 'propose', 'held', '--dry-run', '--released-by', 'Legal counsel')).toMatchObject(
    {
      code: 0,
    },
  );
});

test('nothing is written over, and a file that is no record is refused whole', async () => {
  const folder = temporaryPlan();
  writeFileSync(join(folder, 'incident.json'), JSON.stringify(record));
  writeFileSync(join(folder, 'broken.json'), '{');
  writeFileSync(join(folder, 'other.json'), '{"schema": 1}');
  const before = snapshotOf(folder);
  const refused = async (...argv: string[]) => {
    const { code, stdout, stderr } = await runIn(folder, 'lesson', 'new', ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    return stderr;
  };
  expect(await refused('first-exercise')).toContain('There is a lesson "first-exercise" already');
  expect(await refused('x', '--from', 'broken.json')).toContain('broken.json is not JSON');
  expect(await refused('x', '--from', 'other.json')).toContain('other.json is not an incident record');
  expect(await refused('x', '--from', 'nowhere.json')).toContain('nowhere.json cannot be read');
  expect(await refused('Not A Name')).toContain('is no name for a file');
  expect(snapshotOf(folder)).toEqual(before);
});

test('without a record and without a person it is blank, with every question', async () => {
  const folder = temporaryPlan();
  expect(await runIn(folder, 'lesson', 'new', 'blank')).toMatchObject({ code: 0, stderr: '' });
  const lesson = parse(readFileSync(join(folder, 'content/lessons/blank.yaml'), 'utf8')) as LessonData;
  expect(Object.keys(lesson)).toEqual(
    expect.arrayContaining(['learned', 'better', 'wentWell', 'notWell', 'lucky', 'rootCauses']),
  );
  expect(lesson.lucky).toEqual(['TODO: Where were we lucky?']);
  // What is open is no fault of a draft.
  expect(await runIn(folder, 'check')).toMatchObject({ code: 0 });
  // It is not named after a question that is open.
  expect((await runIn(folder, 'lesson', 'new')).stdout).toContain('lessons/incident-2026-11-24.yaml');
});

test('whoever sits at the terminal is asked, and an unknown exercise is asked for again', async () => {
  const folder = temporaryPlan();
  const answers = [
    'Numbers',
    'It took long.',
    'nothing',
    'friday-night',
    'One',
    'Two',
    '',
    'Cards',
    '',
    '',
    '',
    '',
    '',
    'number-cards',
  ];
  const questions: string[] = [];
  const told: string[] = [];
  const code = await run(['lesson', 'new'], {
    cwd: folder,
    stdout: { write: () => true },
    stderr: { write: (words: string) => told.push(words) },
    env: {},
    now,
    signal: new AbortController().signal,
    ask: async (question) => {
      questions.push(question);
      return answers.shift() ?? '';
    },
  });
  expect(code).toBe(0);
  expect(answers).toEqual([]);
  expect(questions[0]).toContain('Title');
  expect(told).toEqual(['The plan has no exercise “nothing”. It has friday-night. Empty for an incident.\n']);
  const path = join(folder, 'content/lessons/number-cards.yaml');
  expect(existsSync(path)).toBe(true);
  expect(parse(readFileSync(path, 'utf8'))).toMatchObject({
    title: 'Numbers',
    summary: 'It took long.',
    from: 'exercise',
    exercise: 'friday-night',
    learned: ['One', 'Two'],
    better: ['Cards'],
    lucky: ['TODO: Where were we lucky?'],
  });
});
