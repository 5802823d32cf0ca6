import '../generated-values.ts';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { laneOf, tactics, walkBackward } from '../../src/model/backward.ts';

const plan = new Map<string, readonly string[]>([
  ['T1', []],
  ['T2', ['T1']],
  ['T3', ['T1', 'T2']],
  ['T4', ['T3', 'T9']],
  ['T5', ['T3']],
]);

describe('walking backward', () => {
  test('goes from what was seen to what comes before, one step after the other', () => {
    expect(walkBackward(plan, ['T4'], 9)).toEqual([
      { technique: 'T3', steps: 1, before: ['T4'] },
      { technique: 'T1', steps: 2, before: ['T3'] },
      { technique: 'T2', steps: 2, before: ['T3'] },
    ]);
    expect(walkBackward(plan, ['T4'], 1).map(({ technique }) => technique)).toEqual(['T3']);
  });

  test('what comes before more of what was seen stands first', () => {
    const order = new Map([...plan, ['T6', ['T2', 'T3']], ['T7', ['T3']]]);
    expect(walkBackward(order, ['T6', 'T7'], 1)).toEqual([
      { technique: 'T3', steps: 1, before: ['T6', 'T7'] },
      { technique: 'T2', steps: 1, before: ['T6'] },
    ]);
  });

  test('what was seen is no hypothesis, and what the plan does not have is passed over', () => {
    expect(walkBackward(plan, ['T3', 'T2', 'T404'], 9)).toEqual([{ technique: 'T1', steps: 1, before: ['T2', 'T3'] }]);
    expect(walkBackward(plan, [], 9)).toEqual([]);
  });

  test('a circle ends where it began', () => {
    const circle = new Map([
      ['A', ['B']],
      ['B', ['C']],
      ['C', ['A', 'C']],
    ]);
    expect(walkBackward(circle, ['A'], 99).map(({ technique }) => technique)).toEqual(['B', 'C']);
  });

  const ids = ['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'];
  const plans = fc
    .array(fc.subarray(ids, { maxLength: 3 }), { minLength: ids.length, maxLength: ids.length })
    .map((before) => new Map(ids.map((id, index) => [id, before[index] as string[]])));

  test('in any plan each hypothesis leads step by step to what was seen', () => {
    fc.assert(
      fc.property(plans, fc.shuffledSubarray(ids), fc.nat(8), (precededBy, seen, most) => {
        const found = walkBackward(precededBy, seen, most);
        const stepsOf = new Map([
          ...seen.map((id) => [id, 0] as const),
          ...found.map(({ technique, steps }) => [technique, steps] as const),
        ]);
        expect(stepsOf.size).toBe(seen.length + found.length);
        for (const { technique, steps, before } of found) {
          expect(steps).toBeLessThanOrEqual(most);
          expect(before.length).toBeGreaterThan(0);
          for (const later of before) {
            expect(precededBy.get(later)).toContain(technique);
            expect(stepsOf.get(later)).toBe(steps - 1);
          }
        }
        expect(walkBackward(precededBy, seen.toReversed(), most)).toEqual(found);
      }),
    );
  });

  test('in any plan, seeing more never puts a hypothesis further away', () => {
    fc.assert(
      fc.property(plans, fc.shuffledSubarray(ids), fc.constantFrom(...ids), (precededBy, seen, more) => {
        const after = new Map(
          walkBackward(precededBy, [...seen, more], 9).map(({ technique, steps }) => [technique, steps]),
        );
        for (const { technique, steps } of walkBackward(precededBy, seen, 9))
          if (technique !== more) expect(after.get(technique)).toBeLessThanOrEqual(steps);
      }),
    );
  });
});

describe('lanes', () => {
  test('are the tactics of the schema, in its order', () => {
    const schema = JSON.parse(readFileSync('schemas/technique.schema.json', 'utf8'));
    expect(tactics).toEqual(schema.properties.tactics.items.enum);
  });

  test('a technique with several tactics stands in the earliest', () => {
    expect(laneOf(['persistence', 'initial-access', 'stealth'])).toBe('initial-access');
  });
});
