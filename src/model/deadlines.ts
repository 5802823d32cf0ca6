/**
 * When a time limit ends, in a time zone with daylight saving.
 *
 * Zones come from Intl, which every browser has; Temporal is not everywhere yet, and a stand-in for it is larger than
 * the rest of a page's scripts. All that is needed of it is one conversion between a moment and what a clock on the
 * wall shows, which stands below.
 */

import type { Duration } from './duration.ts';
import type { NotificationData } from './schema-types.ts';

/** How a time limit is counted; see the schema of notifications. */
export type Counting = NonNullable<NotificationData['clocks'][number]['counting']>;

/** Where days begin and end, and which of them are no business days. */
export interface Calendar {
  /** IANA name: `Europe/Vienna`. */
  timeZone: string;
  /** Public holidays as `2026-12-25`, beside Saturday and Sunday. */
  holidays: ReadonlySet<string>;
}

export interface Deadline {
  /** The moment to plan with: never later than any other reading of the rule. */
  at: Date;
  /** The later end under Regulation 1182/71, where an EU act is counted by it. */
  latest?: Date;
}

/** What a clock on the wall shows; months count from 1. */
interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The end of a time limit.
 *
 * @throws RangeError for a time zone that Intl does not know
 */
export function deadlineOf(start: Date, within: Duration, counting: Counting, calendar: Calendar): Deadline {
  switch (counting) {
    case 'exact':
      return { at: sameTimeLater(start, within, calendar) };
    case 'whole-days':
      return { at: endOfLastDay(start, within, calendar) };
    case 'eu-1182-71':
      return { at: sameTimeLater(start, within, calendar), latest: endUnderRegulation1182(start, within, calendar) };
  }
}

/**
 * Counts from the moment itself. Minutes and hours are exact; days, weeks, business days and months end at the same time
 * of day, a month without that day on its last one. A business day is Monday to Friday and no holiday.
 */
export function sameTimeLater(start: Date, within: Duration, calendar: Calendar): Date {
  const length = exactLength(within);
  if (length !== undefined) return new Date(start.getTime() + length);
  const wall = wallTimeAt(start, calendar.timeZone);
  return momentOf({ ...wall, ...lastDayOf(wall, within, calendar) }, calendar.timeZone);
}

/** Counts whole days: the day of the start is not counted, and the last one ends at 23:59. Hours are exact. */
function endOfLastDay(start: Date, within: Duration, calendar: Calendar): Date {
  const length = exactLength(within);
  if (length !== undefined) return new Date(start.getTime() + length);
  return endOfDay(lastDayOf(wallTimeAt(start, calendar.timeZone), within, calendar), calendar.timeZone);
}

/**
 * The end of a period under Regulation (EEC, Euratom) No 1182/71, Article 3: the hour or day of the event is not counted
 * (paragraph 1); a period ends with the last hour of its last day, a month without that day on its last day (paragraph
 * 2); a last day that is a Saturday, Sunday or public holiday moves to the next working day, unless the period is in
 * hours (paragraph 4); a period of two days or more has at least two working days (paragraph 5). Paragraph 5 is not
 * applied to periods in hours, which is the shorter reading.
 *
 * Source: https://eur-lex.europa.eu/eli/reg/1971/1182/oj. Paragraphs 1 (days), 2(c) and 4 were read as quoted in acts and
 * opinions of the EU, 1 (hours) and 5 as quoted in two public repositories, all on 2026-11-24; not read at that address.
 * Whether the Regulation governs a given period is for counsel: `deadlineOf` plans with the earlier end.
 */
export function endUnderRegulation1182(start: Date, within: Duration, calendar: Calendar): Date {
  const { timeZone } = calendar;
  const wall = wallTimeAt(start, timeZone);
  const length = exactLength(within);
  if (length !== undefined) {
    if (within.unit === 'min') return new Date(start.getTime() + length);
    // Whole minutes into the hour, whatever the offset of the zone; daylight saving never changes within an hour.
    const rest = hour - (wall.minute * minute + wall.second * 1000 + (start.getTime() % 1000));
    return new Date(start.getTime() + rest + length);
  }
  let last = lastDayOf(wall, within, calendar);
  if (within.unit !== 'day' || within.amount >= 2)
    for (
      let found = workingDaysBetween(wall, last, calendar);
      found < 2;
      found = workingDaysBetween(wall, last, calendar)
    )
      last = plusDays(last, 1);
  while (!isBusinessDay(last, calendar)) last = plusDays(last, 1);
  return endOfDay(last, timeZone);
}

/** The end of the calendar year in which a moment lies. */
export function endOfYear(moment: Date, timeZone: string): Date {
  return endOfDay({ year: wallTimeAt(moment, timeZone).year, month: 12, day: 31 }, timeZone);
}

/** A moment on a wall clock of a zone, with its offset: `Fri 2026-11-27 04:35 +01:00`. */
export function localTime(moment: Date, timeZone: string): string {
  const wall = wallTimeAt(moment, timeZone);
  const offset = Math.round((asUtc(wall) - Math.floor(moment.getTime() / 1000) * 1000) / minute);
  const two = (number: number) => String(number).padStart(2, '0');
  const weekday = new Intl.DateTimeFormat('en', { timeZone, weekday: 'short' }).format(moment);
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${weekday} ${isoDay(wall)} ${two(wall.hour)}:${two(wall.minute)} ${zone}`;
}

/** Whether Intl knows a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The length in milliseconds of a duration that is the same at any time; undefined for one that follows the calendar. */
function exactLength({ amount, unit }: Duration): number | undefined {
  return unit === 'min' ? amount * minute : unit === 'h' ? amount * hour : undefined;
}

type Day = Pick<WallTime, 'year' | 'month' | 'day'>;

function lastDayOf(start: Day, { amount, unit }: Duration, calendar: Calendar): Day {
  switch (unit) {
    case 'week':
      return plusDays(start, amount * 7);
    case 'month': {
      const months = start.year * 12 + (start.month - 1) + amount;
      const year = Math.floor(months / 12);
      const month = (months % 12) + 1;
      return { year, month, day: Math.min(start.day, new Date(Date.UTC(year, month, 0)).getUTCDate()) };
    }
    case 'business day': {
      let last = start;
      for (let left = amount; left > 0; ) {
        last = plusDays(last, 1);
        if (isBusinessDay(last, calendar)) left -= 1;
      }
      return last;
    }
    default:
      return plusDays(start, amount);
  }
}

function plusDays({ year, month, day: date }: Day, days: number): Day {
  const moved = new Date(Date.UTC(year, month - 1, date + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

function isBusinessDay(date: Day, { holidays }: Calendar): boolean {
  const weekday = new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(isoDay(date));
}

/** Working days after the first day, up to and with the last. */
function workingDaysBetween(first: Day, last: Day, calendar: Calendar): number {
  let count = 0;
  for (let date = plusDays(first, 1); isoDay(date) <= isoDay(last) && count < 2; date = plusDays(date, 1))
    if (isBusinessDay(date, calendar)) count += 1;
  return count;
}

function isoDay({ year, month, day: date }: Day): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** The last whole minute of a day: midnight would be read as the day that follows. */
function endOfDay(date: Day, timeZone: string): Date {
  return new Date(momentOf({ ...plusDays(date, 1), hour: 0, minute: 0, second: 0 }, timeZone).getTime() - minute);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What a clock on the wall of a zone shows at a moment. */
export function wallTimeAt(moment: Date, timeZone: string): WallTime {
  const wall: WallTime = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatOf(timeZone).formatToParts(moment))
    if (type in wall) wall[type as keyof WallTime] = Number(value);
  return wall;
}

/**
 * The moment at which a clock on the wall of a zone shows a time. Where it shows it twice, in the hour that daylight
 * saving repeats, the first; where it never does, in the hour that is left out, the time is taken as much before the
 * change as it would lie after it. Both err on the early side.
 */
export function momentOf(wall: WallTime, timeZone: string): Date {
  const utc = asUtc(wall);
  // A zone changes its offset at most once in two days, so the one before and the one after are all that can hold.
  const candidates = [utc - day, utc + day]
    .map((near) => utc - (asUtc(wallTimeAt(new Date(near), timeZone)) - near))
    .sort((a, b) => a - b);
  const shown = candidates.find((candidate) => asUtc(wallTimeAt(new Date(candidate), timeZone)) === utc);
  return new Date(shown ?? (candidates[0] as number));
}

function asUtc({ year, month, day: date, hour: hours, minute: minutes, second }: WallTime): number {
  return Date.UTC(year, month - 1, date, hours, minutes, second);
}
