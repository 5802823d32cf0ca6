import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Calendar,
  type Counting,
  deadlineOf,
  endOfYear,
  endUnderRegulation1182,
  isTimeZone,
  localTime,
  momentOf,
  sameTimeLater,
  wallTimeAt,
} from '../../src/model/deadlines.ts';
import { addDuration, parseDuration } from '../../src/model/duration.ts';

const zones = [
  'Etc/UTC',
  'Europe/Vienna',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia',
];
const zone = fc.constantFrom(...zones);
const moment = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
const unit = fc.constantFrom('min', 'h', 'day', 'business day', 'week', 'month');
const duration = fc.record({ amount: fc.integer({ min: 1, max: 90 }), unit });
const counting = fc.constantFrom<Counting>('exact', 'whole-days', 'eu-1182-71');
const calendar = (timeZone: string, ...holidays: string[]): Calendar => ({ timeZone, holidays: new Set(holidays) });

/** Worked out by hand with a wall calendar. Start and end in UTC. */
const byHand: [
  why: string,
  start: string,
  within: string,
  counting: Counting,
  zone: string,
  holidays: string[],
  at: string,
  latest?: string,
][] = [
  [
    'hours do not follow daylight saving in spring',
    '2026-03-27T10:00Z',
    '72 h',
    'exact',
    'Europe/Vienna',
    [],
    '2026-03-30T10:00Z',
  ],
  ['nor in autumn', '2026-10-23T10:00Z', '72 h', 'exact', 'Europe/Vienna', [], '2026-10-26T10:00Z'],
  [
    'days keep the time of day: 10:00 CEST to 10:00 CET',
    '2026-10-10T08:00Z',
    '30 days',
    'exact',
    'Europe/Vienna',
    [],
    '2026-11-09T09:00Z',
  ],
  [
    '02:30 that is left out in spring: 01:30',
    '2026-03-28T01:30Z',
    '1 day',
    'exact',
    'Europe/Vienna',
    [],
    '2026-03-29T00:30Z',
  ],
  [
    '02:30 that comes twice in autumn: the first',
    '2026-10-24T00:30Z',
    '1 day',
    'exact',
    'Europe/Vienna',
    [],
    '2026-10-25T00:30Z',
  ],
  [
    'a month from the 31st: the last of February',
    '2026-01-31T14:00Z',
    '1 month',
    'exact',
    'Europe/Vienna',
    [],
    '2026-02-28T14:00Z',
  ],
  ['the same in a leap year', '2028-01-31T14:00Z', '1 month', 'exact', 'Europe/Vienna', [], '2028-02-29T14:00Z'],
  ['the 29th of February, a year later', '2028-02-29T12:00Z', '12 months', 'exact', 'Etc/UTC', [], '2029-02-28T12:00Z'],
  ['a day in a leap year', '2028-02-28T23:00Z', '1 day', 'exact', 'Etc/UTC', [], '2028-02-29T23:00Z'],
  ['over the end of the year', '2026-12-30T12:00Z', '3 days', 'exact', 'Etc/UTC', [], '2027-01-02T12:00Z'],
  [
    'the local day counts: 23:30 in New York is the 30th',
    '2026-10-31T03:30Z',
    '1 month',
    'exact',
    'America/New_York',
    [],
    '2026-12-01T04:30Z',
  ],
  [
    'four business days from a Friday',
    '2026-11-20T21:00Z',
    '4 business days',
    'exact',
    'America/New_York',
    [],
    '2026-11-26T21:00Z',
  ],
  [
    'the same over Thanksgiving',
    '2026-11-20T21:00Z',
    '4 business days',
    'exact',
    'America/New_York',
    ['2026-11-26'],
    '2026-11-27T21:00Z',
  ],
  [
    'a business day from a Saturday: Monday',
    '2026-11-21T11:00Z',
    '1 business day',
    'exact',
    'Europe/Vienna',
    [],
    '2026-11-23T11:00Z',
  ],
  [
    'Friday in UTC, Saturday in Tokyo: Monday there',
    '2026-11-20T16:00Z',
    '1 business day',
    'exact',
    'Asia/Tokyo',
    [],
    '2026-11-22T16:00Z',
  ],
  [
    'whole days: from the end of the day of the assessment',
    '2026-12-30T01:00Z',
    '3 days',
    'whole-days',
    'Asia/Singapore',
    [],
    '2027-01-02T15:59Z',
  ],
  ['whole days: hours stay exact', '2026-12-30T01:10Z', '3 h', 'whole-days', 'Asia/Singapore', [], '2026-12-30T04:10Z'],
  [
    'EU, hours: the hour of the event is not counted',
    '2026-11-24T09:20Z',
    '72 h',
    'eu-1182-71',
    'Europe/Vienna',
    [],
    '2026-11-27T09:20Z',
    '2026-11-27T10:00Z',
  ],
  [
    'EU, hours: on the full hour, that hour is the hour of the event',
    '2026-11-24T09:00Z',
    '4 h',
    'eu-1182-71',
    'Europe/Vienna',
    [],
    '2026-11-24T13:00Z',
    '2026-11-24T14:00Z',
  ],
  [
    'EU, hours: they end on a Sunday',
    '2026-11-26T09:20Z',
    '72 h',
    'eu-1182-71',
    'Europe/Vienna',
    [],
    '2026-11-29T09:20Z',
    '2026-11-29T10:00Z',
  ],
  [
    'EU, hours: a zone with half an hour',
    '2026-11-24T04:50Z',
    '1 h',
    'eu-1182-71',
    'Asia/Kolkata',
    [],
    '2026-11-24T05:50Z',
    '2026-11-24T06:30Z',
  ],
  [
    'EU, days: from a Tuesday, to the end of a Tuesday',
    '2026-11-24T09:20Z',
    '14 days',
    'eu-1182-71',
    'Europe/Vienna',
    [],
    '2026-12-08T09:20Z',
    '2026-12-08T22:59Z',
  ],
  [
    'EU, days: Saturday moves to Monday',
    '2026-11-28T09:20Z',
    '14 days',
    'eu-1182-71',
    'Europe/Vienna',
    [],
    '2026-12-12T09:20Z',
    '2026-12-14T22:59Z',
  ],
  [
    'EU, month: 28 February is a Saturday',
    '2026-01-31T09:20Z',
    '1 month',
    'eu-1182-71',
    'Europe/Vienna',
    [],
    '2026-02-28T09:20Z',
    '2026-03-02T22:59Z',
  ],
  [
    'EU, month: Christmas, then a weekend',
    '2026-11-25T09:20Z',
    '1 month',
    'eu-1182-71',
    'Europe/Vienna',
    ['2026-12-25', '2026-12-26'],
    '2026-12-25T09:20Z',
    '2026-12-28T22:59Z',
  ],
  [
    'EU, two days from a Friday have two working days',
    '2026-11-27T09:20Z',
    '2 days',
    'eu-1182-71',
    'Europe/Vienna',
    [],
    '2026-11-29T09:20Z',
    '2026-12-01T22:59Z',
  ],
  [
    'EU, one day from a Friday needs only one',
    '2026-11-27T09:20Z',
    '1 day',
    'eu-1182-71',
    'Europe/Vienna',
    [],
    '2026-11-28T09:20Z',
    '2026-11-30T22:59Z',
  ],
  [
    'EU, days end in summer time',
    '2026-03-20T09:20Z',
    '14 days',
    'eu-1182-71',
    'Europe/Vienna',
    [],
    '2026-04-03T08:20Z',
    '2026-04-03T21:59Z',
  ],
];

test.each(byHand)('%s', (_why, start, within, how, timeZone, holidays, at, latest) => {
  expect(deadlineOf(new Date(start), parseDuration(within), how, calendar(timeZone, ...holidays))).toEqual({
    at: new Date(at),
    ...(latest === undefined ? {} : { latest: new Date(latest) }),
  });
});

describe('a deadline', () => {
  test('is later than its start, and no reading of it is earlier', () => {
    fc.assert(
      fc.property(moment, duration, counting, zone, (start, within, how, timeZone) => {
        const { at, latest } = deadlineOf(start, within, how, calendar(timeZone));
        expect(at.getTime()).toBeGreaterThan(start.getTime());
        if (latest) expect(latest.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(latest === undefined).toBe(how !== 'eu-1182-71');
      }),
    );
  });

  test('is what worksheets compute, where the zone is UTC', () => {
    fc.assert(
      fc.property(moment, duration, (start, within) => {
        expect(sameTimeLater(start, within, calendar('Etc/UTC'))).toEqual(addDuration(start, within));
      }),
    );
  });

  test('of days, weeks and months keeps the time of day, except in an hour that is left out', () => {
    fc.assert(
      fc.property(moment, duration, zone, (start, within, timeZone) => {
        if (within.unit === 'min' || within.unit === 'h') return;
        const end = sameTimeLater(start, within, calendar(timeZone));
        const [before, after] = [wallTimeAt(start, timeZone), wallTimeAt(end, timeZone)];
        const minutes = ({ hour, minute }: typeof before) => hour * 60 + minute;
        const earlier = (minutes(before) - minutes(after) + 1440) % 1440;
        expect([0, 30, 60]).toContain(earlier);
        expect(after.second).toBe(before.second);
      }),
    );
  });

  test('a later start never gives an earlier deadline', () => {
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 400_000 }),
        duration,
        counting,
        zone,
        (start, later, within, how, timeZone) => {
          const first = deadlineOf(start, within, how, calendar(timeZone));
          const second = deadlineOf(new Date(start.getTime() + later * 1000), within, how, calendar(timeZone));
          // The hour that daylight saving repeats is read as the first, so up to an hour can be lost there.
          expect(second.at.getTime()).toBeGreaterThanOrEqual(first.at.getTime() - 3_600_000);
        },
      ),
    );
  });

  test('in business days falls on one, and a holiday puts it off', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 40 }), zone, (start, amount, timeZone) => {
        const within = { amount, unit: 'business day' } as const;
        const end = sameTimeLater(start, within, calendar(timeZone));
        expect(localTime(end, timeZone)).toMatch(/^(Mon|Tue|Wed|Thu|Fri) /);
        const holiday = localTime(end, timeZone).slice(4, 14);
        expect(sameTimeLater(start, within, calendar(timeZone, holiday)).getTime()).toBeGreaterThan(end.getTime());
      }),
    );
  });

  test('of an EU act in days ends on a working day at 23:59 and has two of them', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 2, max: 60 }), zone, (start, amount, timeZone) => {
        const end = endUnderRegulation1182(start, { amount, unit: 'day' }, calendar(timeZone));
        expect(localTime(end, timeZone)).toMatch(/^(Mon|Tue|Wed|Thu|Fri) .* 23:59 /);
        const working = new Set<string>();
        for (let at = start.getTime() + 3_600_000; at <= end.getTime(); at += 3_600_000) {
          const said = localTime(new Date(at), timeZone);
          if (/^[MTWF]/.test(said) && said.slice(4, 14) !== localTime(start, timeZone).slice(4, 14))
            working.add(said.slice(4, 14));
        }
        expect(working.size).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 30 },
    );
  });
});

test('a moment and what the wall shows are the same thing, but for the hour that comes twice', () => {
  fc.assert(
    fc.property(moment, zone, (at, timeZone) => {
      const wall = wallTimeAt(at, timeZone);
      const back = momentOf(wall, timeZone);
      expect(wallTimeAt(back, timeZone)).toEqual(wall);
      expect([0, 30, 60]).toContain((at.getTime() - back.getTime()) / 60_000);
    }),
  );
});

test('local time says day and offset, also of a half hour west of Greenwich', () => {
  expect(localTime(new Date('2026-11-27T03:35:00Z'), 'Europe/Vienna')).toBe('Fri 2026-11-27 04:35 +01:00');
  expect(localTime(new Date('2026-11-27T03:05:00Z'), 'America/St_Johns')).toBe('Thu 2026-11-26 23:35 -03:30');
});

test('a year ends in its own zone', () => {
  expect(endOfYear(new Date('2026-06-01T00:00:00Z'), 'America/New_York')).toEqual(new Date('2027-01-01T04:59:00Z'));
  expect(endOfYear(new Date('2026-12-31T23:30:00Z'), 'Europe/Vienna')).toEqual(new Date('2027-12-31T22:59:00Z'));
});

test('a zone that is none is told', () => {
  expect(isTimeZone('Europe/Vienna')).toBe(true);
  expect(isTimeZone('Europe/Atlantis')).toBe(false);
  expect(() => sameTimeLater(new Date(0), { amount: 1, unit: 'day' }, calendar('Europe/Atlantis'))).toThrow(RangeError);
});
