/** What was typed on the page of clocks, as it was typed, and what the model makes of it. */

import { isTimeZone } from '../../model/deadlines.ts';
import {
  type Answer,
  completeAnswers,
  type DutyRules,
  type FactAnswer,
  type IncidentFacts,
  type Moment,
  moments,
} from '../../model/duties.ts';
import { type FieldPlace, type FormValue, fieldName, fieldPlace, onlyRow } from '../../model/incident/forms.ts';
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

const factFields = ['answer', 'at', 'by', 'why'] as const satisfies readonly (keyof FactNote)[];
const dutyFields = ['decision', 'why', 'by', 'sent', 'start'] as const satisfies readonly (keyof DutyNote)[];

/** The places of what is asked once, as an incident record names them. */
export const generalPlaces = {
  people: { section: 'general', row: onlyRow, field: 'people' },
  timeZone: { section: 'general', row: onlyRow, field: 'time-zone' },
  holidays: { section: 'general', row: onlyRow, field: 'holidays' },
} as const satisfies Record<string, FieldPlace>;

/** Place of a moment in an incident record; those of facts are `facts.<fact>.<field>`, those of duties `duties.<duty>.<field>`. */
export function momentPlace(moment: Moment): FieldPlace {
  return { section: 'moments', row: onlyRow, field: moment };
}

/** What an incident record holds of this page, as it was typed. */
export function keptFrom(written: Iterable<readonly [name: string, value: FormValue]>, timeZone: string): Kept {
  const kept: Kept = { facts: {}, moments: {}, people: '', timeZone, holidays: '', duties: {} };
  for (const [name, value] of written) {
    const place = fieldPlace(name);
    if (!place || typeof value !== 'string' || value === '') continue;
    const { section, row, field } = place;
    const general = Object.entries(generalPlaces).find(
      ([, { field: known }]) => section === 'general' && known === field,
    );
    if (general) kept[general[0] as keyof typeof generalPlaces] = value;
    else if (section === 'moments' && moments.includes(field as Moment)) kept.moments[field as Moment] = value;
    else if (section === 'facts' && factFields.includes(field as keyof FactNote))
      kept.facts[row] = { ...kept.facts[row], [field]: value };
    else if (section === 'duties' && dutyFields.includes(field as keyof DutyNote))
      kept.duties[row] = { ...kept.duties[row], [field]: value };
  }
  if (!isTimeZone(kept.timeZone)) kept.timeZone = timeZone;
  return kept;
}

/** The places of all that was typed, with what stands there; the time zone only where it is not the given one. */
export function placesOf(kept: Kept, timeZone: string): Map<string, string> {
  const places = new Map<string, string>();
  const put = (place: FieldPlace, value: string | undefined) => void (value && places.set(fieldName(place), value));
  for (const [row, note] of Object.entries(kept.facts))
    for (const field of factFields) put({ section: 'facts', row, field }, note[field]);
  for (const moment of moments) put(momentPlace(moment), kept.moments[moment]);
  put(generalPlaces.people, kept.people);
  put(generalPlaces.holidays, kept.holidays);
  if (kept.timeZone !== timeZone) put(generalPlaces.timeZone, kept.timeZone);
  for (const [row, note] of Object.entries(kept.duties))
    for (const field of dutyFields) put({ section: 'duties', row, field }, note[field]);
  return places;
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
export function factsFrom(kept: Kept, facts: DutyRules['facts']): IncidentFacts {
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

function answersFrom({ facts: notes }: Kept, facts: DutyRules['facts']): Record<string, FactAnswer> {
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
