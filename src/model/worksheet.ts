/**
 * Worksheets: what a definition asks for, what was written, and what follows from it. The screen form, the paper form
 * and the schema of a filled worksheet all come from here, and all of it runs in a browser.
 */

import type { Document } from './document.ts';
import { addDuration, parseDuration } from './duration.ts';
import type { InterfaceText } from './interface-text.ts';
import { documentsOf, isCurrent, type Plan } from './plan.ts';
import { priorityOf } from './priority.ts';
import type { PlanSettings, WorksheetData } from './schema-types.ts';

export type WorksheetSection = WorksheetData['sections'][number];
export type WorksheetField = WorksheetSection['fields'][number];
export type PriorityMatrix = PlanSettings['priority'];
type AnswerSource = NonNullable<WorksheetField['optionsFrom']>;

/** One answer to choose from. */
export interface Choice {
  id: string;
  label: string;
}

/** One row of a section as it was written: text by field, or the ids of several choices. Nothing is refused here. */
export type WrittenRow = Readonly<Record<string, string | readonly string[]>>;

/** All that was written, by section. A section that is filled once has one row. */
export type Written = Readonly<Record<string, readonly WrittenRow[]>>;

/** The value of a computed field. */
export type Computed =
  | {
      type: 'priority';
      priority: PriorityMatrix['levels'][number];
      /** Which of the two was not known, and so counted as the worst. */
      unknown: ('criticality' | 'impact')[];
    }
  | { type: 'deadline'; at: Date }
  | { type: 'elapsed'; minutes: number };

type FilledValue = string | number | boolean | string[];
type FilledRow = Record<string, FilledValue>;

/** A filled worksheet as a file. */
export interface FilledWorksheet {
  worksheet: string;
  code: string;
  plan: string;
  /** Digest of the definition that was filled, so that a later reader knows what was asked. */
  definition: string;
  savedAt: string;
  sections: Record<string, FilledRow | FilledRow[]>;
}

/** The lists of choices that a field can take from the plan. */
export function choiceLists(plan: Plan, text: InterfaceText): Record<AnswerSource, Choice[]> {
  const named = (levels: readonly { id: string; name: string }[]) =>
    levels.map(({ id, name }): Choice => ({ id, label: name }));
  const titled = (kind: 'role' | 'runbook') =>
    documentsOf(plan, kind)
      .filter((document) => isCurrent(document))
      .map((document): Choice => ({ id: document.id, label: document.data.title }));
  const worded = (words: Record<string, string>) =>
    Object.entries(words).map(([id, word]): Choice => ({ id, label: capitalised(word) }));
  return {
    criticality: named(plan.settings.priority.criticality),
    impact: named(plan.settings.priority.impact),
    roles: titled('role'),
    runbooks: titled('runbook'),
    'target-kinds': worded(text.targetKinds),
    'evidence-kinds': worded(text.evidenceKinds),
  };
}

/** The choices of a field; empty for a field that is answered in words. */
export function choicesOf(field: WorksheetField, lists: Record<AnswerSource, Choice[]>, text: InterfaceText): Choice[] {
  switch (field.type) {
    case 'choice':
    case 'choices':
      return field.options ?? (field.optionsFrom ? lists[field.optionsFrom] : []);
    case 'yes-no':
      return Object.entries(text.form.yesNo).map(([id, label]) => ({ id, label }));
    case 'certainty':
      return Object.entries(text.form.certainty).map(([id, label]) => ({ id, label }));
    default:
      return [];
  }
}

export function isComputed(field: WorksheetField): boolean {
  return field.type === 'priority' || field.type === 'deadline' || field.type === 'elapsed';
}

/** Whether nothing was written in a row. */
export function isBlank(row: WrittenRow): boolean {
  return Object.values(row).every((value) => (typeof value === 'string' ? value.trim() === '' : value.length === 0));
}

/**
 * The value of a computed field, from what was written in its row or, failing that, in the sections that are filled
 * once. Undefined while what it needs is missing; only a priority is never undefined for that reason, since what is
 * not known counts as the worst.
 */
export function compute(
  field: WorksheetField,
  row: WrittenRow,
  { sections }: Pick<WorksheetData, 'sections'>,
  written: Written,
  matrix: PriorityMatrix,
): Computed | undefined {
  const find = (id: string | undefined): string | undefined => {
    if (id === undefined) return undefined;
    const section = sections.find((candidate) => candidate.fields.some((other) => other.id === id));
    const value = row[id] ?? (section?.repeat === undefined ? written[section?.id ?? '']?.[0]?.[id] : undefined);
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
  switch (field.type) {
    case 'priority': {
      const criticality = knownLevel(matrix.criticality, find(field.criticality));
      const impact = knownLevel(matrix.impact, find(field.impact));
      const priority = priorityOf(matrix, criticality, impact);
      if (!priority) return undefined;
      const unknown: ('criticality' | 'impact')[] = [];
      if (criticality === undefined) unknown.push('criticality');
      if (impact === undefined) unknown.push('impact');
      return { type: 'priority', priority, unknown };
    }
    case 'deadline': {
      const start = writtenMoment(find(field.start));
      return start && field.within
        ? { type: 'deadline', at: addDuration(start, parseDuration(field.within)) }
        : undefined;
    }
    case 'elapsed': {
      const start = writtenMoment(find(field.start));
      const end = writtenMoment(find(field.end));
      return start && end
        ? { type: 'elapsed', minutes: Math.round((end.getTime() - start.getTime()) / 60_000) }
        : undefined;
    }
    default:
      return undefined;
  }
}

const dateTime =
  /^\s*(\d{4})-(\d{2})-(\d{2})(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:\d{2})?)?\s*$/i;

/**
 * Reads a date, or a date and time, as people write it: `2026-11-24 03:35`, with `+01:00` for local time. Without an
 * offset it is UTC. Undefined when it is neither, or no day of the calendar.
 *
 * @returns RFC 3339: `2026-11-24` or `2026-11-24T03:35:00Z`
 */
export function readDateTime(text: string): string | undefined {
  const match = dateTime.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0', zone = 'Z'] = match;
  const numbers = [year, month, day, hour ?? 0, minute ?? 0, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time = new Date(Date.UTC(numbers[0], numbers[1] - 1, numbers[2], numbers[3], numbers[4], numbers[5]));
  const parts = [
    time.getUTCFullYear(),
    time.getUTCMonth() + 1,
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
  ];
  if (parts.some((part, index) => part !== numbers[index])) return undefined;
  if (hour === undefined) return time.toISOString().slice(0, 10);
  const offset = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    if (Number(offset[2]) > 23 || Number(offset[3]) > 59) return undefined;
    time.setTime(time.getTime() - (offset[1] === '-' ? -minutes : minutes) * 60_000);
  }
  return rfc3339(time);
}

/** A moment as it stands in files: `2026-11-24T03:35:00Z`. */
function rfc3339(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** A moment as it is read by people: `2026-11-24 03:35`. */
export function spokenTime(time: Date): string {
  return time.toISOString().slice(0, 16).replace('T', ' ');
}

/** Whether what was written is what the field asks for. An empty answer is; `missing` tells what is left out. */
export function isWellWritten(field: WorksheetField, value: string | readonly string[] | undefined): boolean {
  if (typeof value !== 'string' || value.trim() === '') return true;
  if (field.type === 'date-time') return readDateTime(value) !== undefined;
  if (field.type === 'number') return numberOf(value) !== undefined;
  return true;
}

/** The required fields that have no answer yet; in a table only those of rows that were begun. */
export function missing(
  { sections }: Pick<WorksheetData, 'sections'>,
  written: Written,
): { section: string; row: number; field: WorksheetField }[] {
  return sections.flatMap((section) =>
    rowsOf(section, written).flatMap(({ row, index }) =>
      section.fields
        .filter((field) => field.required && !isComputed(field) && isBlank({ value: row[field.id] ?? '' }))
        .map((field) => ({ section: section.id, row: index, field })),
    ),
  );
}

/**
 * What was written as a file, with the computed values in it. An answer that is not of its field's type is kept as it
 * was written: a file that the schema refuses is better than an observation that is lost.
 */
export function fill(
  worksheet: Pick<WorksheetData, 'sections' | 'code'> & { id: string; plan: string; digest: string },
  written: Written,
  matrix: PriorityMatrix,
  savedAt: Date,
): FilledWorksheet {
  const sections: FilledWorksheet['sections'] = {};
  for (const section of worksheet.sections) {
    const rows = rowsOf(section, written).map(({ row }) => {
      const filled: FilledRow = {};
      for (const field of section.fields) {
        const value = isComputed(field)
          ? computedValue(compute(field, row, worksheet, written, matrix))
          : typedValue(field, row[field.id]);
        if (value !== undefined) filled[field.id] = value;
      }
      return filled;
    });
    sections[section.id] = section.repeat === undefined ? (rows[0] ?? {}) : rows;
  }
  return {
    worksheet: worksheet.id,
    code: worksheet.code,
    plan: worksheet.plan,
    definition: worksheet.digest,
    savedAt: rfc3339(savedAt),
    sections,
  };
}

/**
 * The JSON Schema (2020-12) of a complete filled worksheet.
 *
 * @param document the definition
 * @param settings the plan's settings: its title and its priorities
 * @param lists the lists of choices that fields can take from the plan
 */
export function filledSchema(
  document: Document<'worksheet'>,
  settings: PlanSettings,
  lists: Record<AnswerSource, Choice[]>,
): Record<string, unknown> {
  const { title, summary, code, sections } = document.data;
  const rowSchema = (section: WorksheetSection) => ({
    type: 'object',
    additionalProperties: false,
    required: section.fields.filter((field) => field.required && !isComputed(field)).map((field) => field.id),
    properties: Object.fromEntries(section.fields.map((field) => [field.id, fieldSchema(field, settings, lists)])),
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `${code} ${title}`,
    description: summary,
    type: 'object',
    additionalProperties: false,
    required: ['worksheet', 'code', 'plan', 'definition', 'savedAt', 'sections'],
    properties: {
      worksheet: { const: document.id },
      code: { const: code },
      plan: { description: 'Title of the plan.', type: 'string', examples: [settings.title] },
      definition: {
        description: 'Digest of the definition that was filled.',
        type: 'string',
        pattern: '^sha256-[0-9a-f]+$',
        examples: [document.digest],
      },
      savedAt: { description: 'When the file was made, UTC.', type: 'string', format: 'date-time' },
      sections: {
        type: 'object',
        additionalProperties: false,
        required: sections.map((section) => section.id),
        properties: Object.fromEntries(
          sections.map((section) => [
            section.id,
            {
              title: section.title,
              ...(section.help ? { description: section.help } : {}),
              ...(section.repeat === undefined
                ? rowSchema(section)
                : { type: 'array', items: { ...rowSchema(section), minProperties: 1 } }),
            },
          ]),
        ),
      },
    },
  };
}

function fieldSchema(
  field: WorksheetField,
  settings: PlanSettings,
  lists: Record<AnswerSource, Choice[]>,
): Record<string, unknown> {
  const about = { title: field.label, ...(field.help ? { description: field.help } : {}) };
  const ids = () => (field.options ?? (field.optionsFrom ? lists[field.optionsFrom] : [])).map((choice) => choice.id);
  switch (field.type) {
    case 'number':
      return { ...about, type: 'number' };
    case 'date-time':
      return { ...about, type: 'string', anyOf: [{ format: 'date-time' }, { format: 'date' }] };
    case 'yes-no':
      return { ...about, type: 'boolean' };
    case 'certainty':
      return { ...about, enum: ['known', 'suspected', 'unknown'] };
    case 'choice':
      return { ...about, enum: ids() };
    case 'choices':
      return { ...about, type: 'array', minItems: 1, uniqueItems: true, items: { enum: ids() } };
    case 'priority':
      return { ...about, enum: settings.priority.levels.map((level) => level.id) };
    case 'deadline':
      return { ...about, type: 'string', format: 'date-time' };
    case 'elapsed':
      return { ...about, description: 'Whole minutes.', type: 'integer' };
    default:
      return { ...about, type: 'string', minLength: 1 };
  }
}

/** The rows that count: the one of a section that is filled once, and those of a table in which something stands. */
function rowsOf(section: WorksheetSection, written: Written): { row: WrittenRow; index: number }[] {
  const rows = (written[section.id] ?? []).map((row, index) => ({ row, index }));
  if (section.repeat === undefined) return [rows[0] ?? { row: {}, index: 0 }];
  return rows.filter(({ row }) => section.fields.some((field) => !isBlank({ value: row[field.id] ?? '' })));
}

function typedValue(field: WorksheetField, value: string | readonly string[] | undefined): FilledValue | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return value.length > 0 ? [...value] : undefined;
  const text = value.trim();
  if (text === '') return undefined;
  switch (field.type) {
    case 'number':
      return numberOf(text) ?? text;
    case 'date-time':
      return readDateTime(text) ?? text;
    case 'yes-no':
      return text === 'yes' ? true : text === 'no' ? false : text;
    default:
      return text;
  }
}

function computedValue(computed: Computed | undefined): FilledValue | undefined {
  switch (computed?.type) {
    case 'priority':
      return computed.priority.id;
    case 'deadline':
      return rfc3339(computed.at);
    case 'elapsed':
      return computed.minutes;
    default:
      return undefined;
  }
}

/** A moment needs a time of day: a date alone starts no clock. */
export function writtenMoment(text: string | undefined): Date | undefined {
  const read = text === undefined ? undefined : readDateTime(text);
  return read?.includes('T') ? new Date(read) : undefined;
}

function numberOf(text: string): number | undefined {
  return /^\s*-?\d{1,15}([.,]\d{1,6})?\s*$/.test(text) ? Number(text.replace(',', '.')) : undefined;
}

function knownLevel(levels: readonly { id: string }[], id: string | undefined): string | undefined {
  return levels.some((level) => level.id === id) ? id : undefined;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
