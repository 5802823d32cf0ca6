/** An exercise while it is played, worked out from the entries of its record. */

import { describe, expect, test } from 'vitest';
import {
  clockText,
  type Exercise,
  elapsed,
  expectationOf,
  injectsDue,
  isRunning,
  nextInject,
  releases,
} from '../../../src/model/incident/exercise.ts';
import type { Deed } from '../../../src/model/incident/record.ts';
import { stateOf } from '../../../src/model/incident/state.ts';
import type { IncidentEntry } from '../../../src/model/schema-types.ts';

const minute = 60_000;
const begin = Date.parse('2026-11-24T09:00:00Z');
const at = (minutes: number) => new Date(begin + minutes * minute);
const step = { ref: 'runbook:ransomware#isolate-hosts', name: 'RW 2', text: 'Isolate', within: '15 min' };
const exercise: Exercise = {
  id: 'friday',
  title: 'Friday',
  runbooks: ['ransomware'],
  injects: [
    { id: 'second', title: 'Second', at: 10 * minute, expects: [] },
    { id: 'first', title: 'First', at: 0, expects: [step] },
  ],
};

/** A state from what was done at which minute. */
function played(...deeds: [number, Deed][]) {
  const started: Deed = {
    type: 'incident-started',
    ref: 'exercise:friday',
    data: { name: 'Friday', plan: 'Plan', exercise: true },
  };
  const entries = [[0, started] as const, ...deeds].map(
    ([minutes, deed], index) =>
      ({
        id: `00000000-${String(index).padStart(16, '0')}`,
        at: at(minutes).toISOString(),
        by: 'A',
        ...deed,
      }) as IncidentEntry,
  );
  return stateOf({ schema: 1, incident: '0'.repeat(32), entries });
}

const clock = (running: boolean): Deed => ({ type: 'exercise-clock', data: { running } });
const tell = (inject: string): Deed => ({ type: 'inject-released', ref: 'exercise:friday', data: { inject } });
const tick: Deed = { type: 'step-ticked', ref: step.ref, data: {} };

test('its name says that it is an exercise, whatever it is called later', () => {
  const renamed = played([1, { type: 'incident-named', data: { name: 'Other' } }]);
  expect(played().name).toBe('EXERCISE: Friday');
  expect(renamed.name).toBe('EXERCISE: Other');
  expect(renamed.exercise).toEqual({ id: 'friday' });
});

test('a record that is no exercise has no mark', () => {
  const state = stateOf({
    schema: 1,
    incident: '0'.repeat(32),
    entries: [
      {
        id: '00000000-0000000000000000',
        at: at(0).toISOString(),
        by: 'A',
        type: 'incident-started',
        data: { name: 'Real', plan: 'Plan' },
      },
    ],
  });
  expect(state.name).toBe('Real');
  expect(state.exercise).toBeUndefined();
});

describe('the clock', () => {
  test('stands still until it is started, and while it is held', () => {
    expect(elapsed(played(), at(7))).toBe(0);
    const state = played([2, clock(true)], [5, clock(false)], [20, clock(true)]);
    expect(isRunning(state)).toBe(true);
    expect(elapsed(state, at(21))).toBe(4 * minute);
    expect(elapsed(played([2, clock(true)], [5, clock(false)]), at(50))).toBe(3 * minute);
  });

  test('ends with the exercise, and goes on where that was a mistake', () => {
    const over: [number, Deed] = [10, { type: 'exercise-ended', data: { why: 'real-incident' } }];
    const ended = played([0, clock(true)], [10, clock(false)], over);
    expect(elapsed(ended, at(99))).toBe(10 * minute);
    expect(isRunning(ended)).toBe(false);
    expect(ended.exercise?.ended?.data.why).toBe('real-incident');
    const again = played([0, clock(true)], [10, clock(false)], over, [12, clock(true)]);
    expect(again.exercise?.ended).toBeUndefined();
    expect(elapsed(again, at(15))).toBe(13 * minute);
  });

  test('is written with hours only where there are some', () => {
    expect([0, 65_000, 3_661_000].map(clockText)).toEqual(['00:00', '01:05', '1:01:01']);
  });
});

describe('injects', () => {
  test('are due by the clock of the exercise and in its order, each once', () => {
    const state = played([0, clock(true)]);
    expect(injectsDue(exercise, state, at(1)).map(({ id }) => id)).toEqual(['first']);
    expect(injectsDue(exercise, state, at(10)).map(({ id }) => id)).toEqual(['first', 'second']);
    const told = played([0, clock(true)], [1, tell('first')], [3, tell('first')]);
    expect(injectsDue(exercise, told, at(9))).toEqual([]);
    expect(nextInject(exercise, told)?.id).toBe('second');
    expect(releases(told).get('first')?.at).toBe(at(1).toISOString());
  });
});

describe('an expected step', () => {
  const [, inject] = exercise.injects as [unknown, Exercise['injects'][number]];
  const how = (state: ReturnType<typeof played>, minutes: number) =>
    expectationOf(state, inject, step, at(minutes)).how;

  test('is waited for, open, late and done, counted from the inject', () => {
    expect(how(played(), 30)).toBe('waiting');
    expect(how(played([5, tell('first')]), 20)).toBe('open');
    expect(how(played([5, tell('first')]), 21)).toBe('overdue');
    expect(how(played([5, tell('first')], [20, tick]), 60)).toBe('done');
    expect(how(played([5, tell('first')], [21, tick]), 60)).toBe('late');
    expect(how(played([1, tick], [5, tell('first')]), 60)).toBe('done');
  });

  test('is missed only when the facilitator says so, whose last word outweighs the clock', () => {
    const judge = (verdict: 'missed' | 'unclear'): Deed => ({
      type: 'expectation-judged',
      ref: step.ref,
      data: { inject: 'first', verdict },
    });
    expect(how(played([5, tell('first')]), 9999)).toBe('overdue');
    expect(how(played([5, tell('first')], [6, judge('missed')]), 9)).toBe('missed');
    expect(how(played([5, tell('first')], [6, judge('missed')], [7, judge('unclear')], [8, tick]), 9)).toBe('unclear');
  });

  test('does not become late after the end', () => {
    const state = played([5, tell('first')], [10, { type: 'exercise-ended', data: { why: 'over' } }]);
    expect(how(state, 999)).toBe('open');
  });
});
