import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDuration, parseDuration, type Unit } from '../../src/model/duration.ts';

const units = ['min', 'h', 'day', 'business day', 'week', 'month'] as const satisfies Unit[];
const amount = fc.integer({ min: 1, max: 9999 });
const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });

test('what the schema allows is read, in the singular and the plural', () => {
  fc.assert(
    fc.property(amount, fc.constantFrom(...units), fc.boolean(), (count, unit, plural) => {
      const written = `${count} ${unit}${plural && unit !== 'min' && unit !== 'h' ? 's' : ''}`;
      expect(parseDuration(written)).toEqual({ amount: count, unit });
    }),
  );
});

test.each(['', '0 h', '-1 h', '1.5 h', '1  h', '10000 h', '1 year', 'h', '1h', ' 1 h', '1 h '])(
  '"%s" is no duration',
  (text) => {
    expect(() => parseDuration(text)).toThrow(RangeError);
  },
);

describe('the end of a time limit', () => {
  test('is later than its start, which stays as it was', () => {
    fc.assert(
      fc.property(date, fc.record({ amount, unit: fc.constantFrom(...units) }), (start, duration) => {
        const before = start.getTime();
        expect(addDuration(start, duration).getTime()).toBeGreaterThan(before);
        expect(start.getTime()).toBe(before);
      }),
    );
  });

  test('is additive for exact lengths and business days', () => {
    fc.assert(
      fc.property(
        date,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom('min', 'h', 'day', 'week', 'business day'),
        (start, a, b, unit) => {
          expect(addDuration(addDuration(start, { amount: a, unit }), { amount: b, unit })).toEqual(
            addDuration(start, { amount: a + b, unit }),
          );
        },
      ),
    );
  });

  test('of a business day is a business day, and five of them are a week', () => {
    fc.assert(
      fc.property(date, amount, (start, count) => {
        expect([1, 2, 3, 4, 5]).toContain(addDuration(start, { amount: count, unit: 'business day' }).getUTCDay());
        if (![0, 6].includes(start.getUTCDay()))
          expect(addDuration(start, { amount: 5, unit: 'business day' })).toEqual(
            addDuration(start, { amount: 1, unit: 'week' }),
          );
      }),
    );
  });

  test('of a month keeps the day and the time, or takes the last day of a shorter month', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 600 }), (start, count) => {
        const end = addDuration(start, { amount: count, unit: 'month' });
        const months = (moment: Date) => moment.getUTCFullYear() * 12 + moment.getUTCMonth();
        expect(months(end)).toBe(months(start) + count);
        const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
        expect(end.getUTCDate()).toBe(Math.min(start.getUTCDate(), lastDay));
        expect(end.getTime() % 86_400_000).toBe(start.getTime() % 86_400_000);
      }),
    );
    expect(addDuration(new Date('2028-01-31T10:00:00Z'), { amount: 1, unit: 'month' })).toEqual(
      new Date('2028-02-29T10:00:00Z'),
    );
  });
});
