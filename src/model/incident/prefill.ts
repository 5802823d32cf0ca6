/** What an open incident answers on a worksheet by itself, from what was recorded. The worksheet says which field asks for what. */

import { spokenTime, type WorksheetField, type WorksheetSection } from '../worksheet.ts';
import { correctionOf } from './correction.ts';
import { defangedTarget } from './indicators.ts';
import type { IncidentText } from './interface-text.ts';
import { instantOf, localOf } from './record.ts';
import type { RecordText } from './record-text.ts';
import { aboutOf, type Names, sentenceOf } from './report.ts';
import { type IncidentState, type Line, targetKey } from './state.ts';

/** A duty to notify, as the page of clocks judges it: one that applies or may apply, or on which somebody decided. */
export interface DutyLine {
  /** `notification#clock` */
  name: string;
  title: string;
  recipient: string;
  verdict: 'applies' | 'may-apply' | 'does-not-apply';
  decision: 'open' | 'notify' | 'do-not-notify';
  /** Why, and who decided, as it was written. */
  why: string;
  decidedBy: string;
  /** When the decision was recorded, and by whom; absent while nothing was decided. */
  recorded?: { at: string; by: string };
  start?: Date;
  due?: Date;
  /** As it was written; empty while it was not sent. */
  sent: string;
}

export interface PrefillSource {
  state: IncidentState;
  person: string;
  names: Names;
  text: IncidentText & RecordText;
  duties: readonly DutyLine[];
}

/** Values by the id of their field. */
export type GivenRow = Readonly<Record<string, string>>;

/** What a section is given: the one row of a section that is filled once, or a row a thing, each with an id that is the same on every device. */
export type GivenRows = readonly { id: string; values: GivenRow }[];

/** What the record says of one thing, by the names that a worksheet uses. */
type Item = Partial<Record<NonNullable<WorksheetField['prefill']>, string>> & {
  id: string;
  /** For a field with choices; the words are in `row-kind`. */
  kindId?: string;
};

/** The rows of a section as the record has them; none for a table that takes nothing from it. */
export function givenRows(section: WorksheetSection, source: PrefillSource): GivenRows {
  if (section.repeat === undefined) {
    const values = valuesOf(section, (field) => valueOfIncident(field, source));
    return Object.keys(values).length > 0 ? [{ id: '0', values }] : [];
  }
  if (!section.rowsFrom) return [];
  return itemsFrom(section.rowsFrom, source).map((item) => ({
    id: item.id,
    values: valuesOf(section, (field) => {
      if (!field.prefill?.startsWith('row-')) return valueOfIncident(field, source);
      const isChoice = field.type === 'choice' || field.type === 'yes-no';
      return isChoice && field.prefill === 'row-kind' ? item.kindId : item[field.prefill];
    }),
  }));
}

function valuesOf(section: WorksheetSection, answer: (field: WorksheetField) => string | undefined): GivenRow {
  return Object.fromEntries(
    section.fields.flatMap((field) => {
      const value = field.prefill ? answer(field) : undefined;
      return value === undefined || value === '' ? [] : [[field.id, value]];
    }),
  );
}

function valueOfIncident(field: WorksheetField, { state, person, names }: PrefillSource): string | undefined {
  const targets = (kind: 'host' | 'account' | 'indicator') =>
    state.targets
      .filter((target) => target.kind === kind)
      .map(defangedTarget)
      .join(', ');
  switch (field.prefill) {
    case 'incident-name':
      return state.name;
    case 'started':
      return momentIn(field, state.startedAt);
    case 'detected':
    case 'declared':
      return momentIn(field, state.facts.get(field.prefill)?.data.time);
    case 'priority': {
      const priority = state.priority?.entry.data.priority;
      if (priority === undefined) return undefined;
      return field.type === 'choice' ? priority : names.priority(priority);
    }
    case 'person':
      return person;
    case 'role-holder':
      return field.prefillRole ? state.roles.get(field.prefillRole)?.join(', ') : undefined;
    case 'hosts':
      return targets('host');
    case 'accounts':
      return targets('account');
    case 'indicators':
      return targets('indicator');
    default:
      return undefined;
  }
}

/** UTC where a time is asked for; in words the local time of who wrote it, with its offset. */
function momentIn({ type }: WorksheetField, moment: string | undefined): string | undefined {
  return moment && type !== 'date-time' ? localOf(moment) : timeOf(moment);
}

function timeOf(moment: string | Date | undefined): string | undefined {
  if (moment === undefined || moment === '') return undefined;
  return spokenTime(typeof moment === 'string' ? new Date(instantOf(moment)) : moment);
}

function itemsFrom(from: NonNullable<WorksheetSection['rowsFrom']>, source: PrefillSource): Item[] {
  const { state } = source;
  switch (from) {
    case 'timeline':
      // What was written on forms stands there.
      return state.timeline.filter(({ entry }) => entry.type !== 'form-written').map((line) => lineItem(line, source));
    case 'decisions':
      return [
        ...state.timeline.filter(({ entry }) => entry.type === 'decision-taken').map((line) => lineItem(line, source)),
        ...source.duties.filter(({ recorded }) => recorded).map((duty) => decisionItem(duty, source)),
      ];
    case 'notifications':
      return source.duties.map(dutyItem);
    default:
      return targetItems(from, source);
  }
}

function lineItem(line: Line, { names, text }: PrefillSource): Item {
  const { entry } = line;
  const about = aboutOf(entry, names);
  const said = sentenceOf(entry, names, text);
  const correction = correctionOf(line, text);
  const kindId = kindOf(entry.type);
  return {
    id: entry.id,
    'row-name': [about?.text ? `${about.text}:` : about ? `${about.name}:` : '', said, correction ?? '']
      .filter(Boolean)
      .join(' '),
    'row-at': timeOf(entry.at) ?? '',
    'row-by': entry.by,
    'row-step': about?.text ? about.name : '',
    'row-note': line.reason ?? '',
    ...(kindId ? { kindId } : {}),
  };
}

function kindOf(type: Line['entry']['type']): string | undefined {
  if (type === 'decision-taken' || type === 'priority-set') return 'decided';
  return type === 'step-ticked' || type === 'target-done' ? 'done' : undefined;
}

function decisionItem(duty: DutyLine, { text }: PrefillSource): Item {
  return {
    id: `duty ${duty.name}`,
    'row-name': `${duty.title}: ${text.dutyDecisions[duty.decision]}`,
    'row-note': duty.why,
    'row-by': duty.decidedBy || (duty.recorded?.by ?? ''),
    'row-at': timeOf(duty.recorded?.at) ?? '',
    kindId: 'decided',
  };
}

function dutyItem({ name, title, decision, why, decidedBy, start, due, sent }: DutyLine): Item {
  const applies = { open: '', notify: 'yes', 'do-not-notify': 'no' }[decision];
  return {
    id: name,
    'row-name': [title, why].filter(Boolean).join('; '),
    'row-note': why,
    'row-by': decidedBy,
    'row-applies': applies,
    'row-start': timeOf(start) ?? '',
    'row-due': timeOf(due) ?? '',
    'row-sent': sent,
  };
}

function targetItems(from: 'hosts' | 'accounts' | 'indicators' | 'targets', { state, text }: PrefillSource): Item[] {
  const wanted = { hosts: 'host', accounts: 'account', indicators: 'indicator', targets: undefined }[from];
  const entries = new Map(
    state.timeline.flatMap(({ entry }) =>
      entry.type === 'target-added' ? [[targetKey(entry.data.target), entry] as const] : [],
    ),
  );
  return state.targets
    .filter(({ kind }) => (wanted === undefined ? kind !== 'indicator' : kind === wanted))
    .map((target) => {
      const entry = entries.get(targetKey(target));
      return {
        id: targetKey(target),
        'row-name': defangedTarget(target),
        'row-kind': text.targetKinds[target.kind],
        kindId: target.kind,
        'row-note': target.note ?? '',
        'row-at': timeOf(entry?.at) ?? '',
        'row-by': entry?.by ?? '',
      };
    });
}
