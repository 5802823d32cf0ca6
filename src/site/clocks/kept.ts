/** What was typed on the page of clocks, as it was typed, and what the model makes of it. */

import { isTimeZone } from '../../model/deadlines.ts';
import {
  type Answer,
  completeAnswers,
  type FactAnswer,
  type IncidentFacts,
  type Moment,
  type NotificationFacts,
} from '../../model/duties.ts';
import type { IncidentFact } from '../../model/schema-types.ts';
import { writtenMoment } from '../../model/worksheet.ts';

/** What was typed about one fact; an answer only where somebody gave one. */
export interface FactNote {
  answer?: Answer;
  at?: string;
  by?: string;
  why?: string;
}

/** What was typed about one duty. */
export interface DutyNote {
  decision?: 'open' | 'notify' | 'do-not-notify';
  why?: string;
  by?: string;
  sent?: string;
  start?: string;
}

/** All that was typed. */
export interface Kept {
  facts: Record<string, FactNote>;
  moments: Partial<Record<Moment, string>>;
  people: string;
  timeZone: string;
  holidays: string;
  duties: Record<string, DutyNote>;
}

/** What the page hands to its script. */
export interface Rules {
  facts: Pick<IncidentFact, 'id' | 'name' | 'partOf' | 'known'>[];
  notifications: NotificationFacts[];
}

/** Reads what a browser kept. What another version or a stranger wrote there, and cannot be read, is as good as nothing. */
export function readKept(stored: string | null, timeZone: string): Kept {
  const empty: Kept = { facts: {}, moments: {}, people: '', timeZone, holidays: '', duties: {} };
  try {
    const read = JSON.parse(stored ?? '{}') as unknown;
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return empty;
    const kept = { ...empty, ...(read as Partial<Kept>) };
    const isMapping = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
    return {
      facts: isMapping(kept.facts) ? kept.facts : {},
      moments: isMapping(kept.moments) ? kept.moments : {},
      duties: isMapping(kept.duties) ? kept.duties : {},
      people: String(kept.people),
      holidays: String(kept.holidays),
      timeZone: isTimeZone(String(kept.timeZone)) ? String(kept.timeZone) : timeZone,
    };
  } catch {
    return empty;
  }
}

/** Words of a list of days. */
export function writtenDays(written: string): string[] {
  return written.split(/[\s,;]+/).filter(Boolean);
}

/** Whether a word is a day of the calendar: `2026-12-25`. */
export function isDay(word: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(word)) return false;
  const day = new Date(`${word}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === word;
}

/** Whether a number of people was written, or nothing. */
export function isCount(written: string): boolean {
  return /^\s*\d{0,12}\s*$/.test(written);
}

/** What the model judges by. What cannot be read is not known. */
export function factsFrom(kept: Kept, facts: Rules['facts']): IncidentFacts {
  const { people, timeZone, holidays, duties } = kept;
  const recorded = (field: 'start' | 'sent') =>
    timesOf(Object.entries(duties).map(([name, note]) => [name, note[field]]));
  return {
    answers: answersFrom(kept, facts),
    ...(isCount(people) && people.trim() !== '' ? { people: Number(people) } : {}),
    moments: timesOf(Object.entries(kept.moments)),
    starts: recorded('start'),
    sent: recorded('sent'),
    calendar: { timeZone, holidays: new Set(writtenDays(holidays).filter(isDay)) },
  };
}

function answersFrom({ facts: notes }: Kept, facts: Rules['facts']): Record<string, FactAnswer> {
  const given: Record<string, FactAnswer> = {};
  for (const [id, { answer }] of Object.entries(notes)) if (answer) given[id] = { answer };
  const answers = completeAnswers(given, facts);
  for (const [id, { at, by, why }] of Object.entries(notes)) {
    const moment = writtenMoment(at);
    answers[id] = {
      ...(answers[id] ?? { answer: 'unknown' }),
      ...(moment ? { at: moment } : {}),
      ...(by ? { by } : {}),
      ...(why ? { why } : {}),
    };
  }
  return answers;
}

function timesOf(written: readonly (readonly [string, string | undefined])[]): Record<string, Date> {
  return Object.fromEntries(
    written.flatMap(([name, text]) => {
      const moment = writtenMoment(text);
      return moment ? [[name, moment]] : [];
    }),
  );
}
