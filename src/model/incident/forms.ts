/** What was written on forms while an incident is open: worksheets, and the page of clocks. */

import type { DutyRules } from '../duties.ts';
import type { WorksheetField } from '../worksheet.ts';

/** An answer as the record keeps it: as it was typed, or the ids of several choices. */
export type FormValue = string | readonly string[];

/** The page of clocks, as a form of the record. */
export const clocksForm = 'clocks';

/** The row of a part that is filled once. */
export const onlyRow = '0';

/** A worksheet, as a form of the record; each further sheet of it has an id that the device drew, sixteen hexadecimal digits. */
export function worksheetForm(id: string, sheet?: string): string {
  return `worksheet:${id}${sheet ? `#${sheet}` : ''}`;
}

/** The sheets of a worksheet on which something was written, the first one always. */
export function sheetsOf(forms: Iterable<string>, worksheet: string): string[] {
  const first = worksheetForm(worksheet);
  return [first, ...[...forms].filter((form) => form.startsWith(`${first}#`))];
}

/** What people call a further sheet: the first digits of its id. Empty for the first one. */
export function sheetName(form: string): string {
  return form.split('#')[1]?.slice(0, 4) ?? '';
}

/** Where an answer stands on a form. */
export interface FieldPlace {
  section: string;
  /** `0` where a part is filled once, or the id of a row. */
  row: string;
  field: string;
}

/** A place as the record writes it: `case.0.case-number`. */
export function fieldName({ section, row, field }: FieldPlace): string {
  return `${section}.${row}.${field}`;
}

/** The place that a name says; undefined where it says none. A row may hold dots, sections and fields never do. */
export function fieldPlace(name: string): FieldPlace | undefined {
  const [, section, row, field] = /^([^.]+)\.(.+)\.([^.]+)$/s.exec(name) ?? [];
  return section && row && field ? { section, row, field } : undefined;
}

/** What an answer is called while it is being typed. */
export function draftName(form: string, field = ''): string {
  return `form ${form} ${field}`;
}

export function isSameValue(one: FormValue | undefined, other: FormValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What the record must know of the forms of a plan; a file of the site, read once something was written on one. */
export interface IncidentForms {
  /** By the first sheet of each form. */
  forms: Record<string, FormWords>;
  rules: DutyRules;
  /** By the name of a duty (`notification#clock`): what it is, and who is told. */
  duties: Record<string, { title: string; recipient: string }>;
}

/** What the places of a form are called. */
export interface FormWords {
  /** `W1 Five Ws` */
  name: string;
  /** From the base: `worksheets/five-ws/`. */
  path: string;
  sections: Record<string, SectionWords>;
}

export interface FieldWords {
  label: string;
  options?: Record<string, string>;
  /** Which part of a lesson the answer becomes. */
  lesson?: LessonPart;
  /** Of an elapsed field: the fields of the section between which the time is counted. */
  between?: [start: string, end: string];
}

export type LessonPart = NonNullable<WorksheetField['lesson']>;

interface SectionWords {
  title: string;
  /** What rows with fixed ids are called. */
  rows?: Record<string, string>;
  fields: Record<string, FieldWords>;
}

/** An answer in words; an id that the plan does not know any more stands for itself. */
export interface WrittenWords {
  form: string;
  /** `When, First noticed by somebody, UTC` */
  place: string;
  value: string;
}

/** Ids that a device drew say nothing to a reader. */
const drawn = /^[0-9a-f]{16}$|^[0-9a-f]{8}-[0-9a-f]{16}$/;

export function writtenWords(
  forms: IncidentForms['forms'],
  form: string,
  name: string,
  value: FormValue,
): WrittenWords {
  const words = forms[form.split('#')[0] ?? form];
  const sheet = sheetName(form);
  const place = fieldPlace(name);
  const section = place && words?.sections[place.section];
  const field = place && section?.fields[place.field];
  const row = place && place.row !== onlyRow && !drawn.test(place.row) ? (section?.rows?.[place.row] ?? place.row) : '';
  const parts = place ? [section?.title ?? place.section, row, field?.label ?? place.field] : [name];
  return {
    form: [words?.name ?? form.split('#')[0], sheet].filter(Boolean).join(' '),
    place: parts
      .map((part) => part.replace(/[?:.]$/, ''))
      .filter(Boolean)
      .join(', '),
    value: (typeof value === 'string' ? [value] : value).map((each) => field?.options?.[each] ?? each).join(', '),
  };
}
