/** The answers, duties and decisions of the page of clocks as a record for paper, made when it is printed. */

import { localTime } from '../../model/deadlines.ts';
import { type Duty, dutyName, type FactNames, type IncidentFacts, moments } from '../../model/duties.ts';
import type { InterfaceText } from '../../model/interface-text.ts';
import { spokenTime } from '../../model/worksheet.ts';
import type { Kept } from './kept.ts';

interface Record {
  state: Kept;
  facts: IncidentFacts;
  /** In the order in which they are to be read. */
  duties: readonly Duty[];
  names: FactNames;
  text: InterfaceText;
  /** What the page says of a duty in one of its places. */
  spoken: (duty: Duty, slot: string) => string;
  now: Date;
}

/** The parts of the record, to be put into the page. */
export function paperRecord(record: Record): HTMLElement[] {
  const { text, now } = record;
  const { clocks } = text;
  const excluded = record.duties.filter(({ verdict }) => verdict === 'does-not-apply');
  const others = record.duties.filter(({ verdict }) => verdict !== 'does-not-apply');
  return [
    element('h2', clocks.paper),
    element('p', `${clocks.madeAt(spokenTime(now))}. ${clocks.never} ${clocks.neverWhy}`),
    tableOf('facts', clocks.factColumns, factRows(record)),
    tableOf(
      'duties',
      clocks.dutyColumns,
      others.map((duty) => dutyRow(duty, record)),
    ),
    element('h3', clocks.excluded),
    tableOf(
      'excluded',
      [clocks.dutyColumns[0] as string, clocks.reason],
      excluded.map((duty) => [titleOf(duty, record), record.spoken(duty, 'why')]),
    ),
    tableOf('signatures', clocks.signatures, [clocks.signatures.map(() => '')]),
  ];
}

function factRows({ state, facts, names, text: { clocks } }: Record): string[][] {
  const { timeZone, holidays } = facts.calendar;
  const rows: string[][] = [];
  for (const moment of moments) {
    const at = facts.moments[moment];
    if (at) rows.push([clocks.moments[moment][0] as string, both(at, timeZone, clocks), '', '']);
  }
  rows.push([clocks.timeZone, timeZone, '', '']);
  if (holidays.size > 0) rows.push([clocks.holidays, [...holidays].sort().join(' '), '', '']);
  if (facts.people !== undefined) rows.push([clocks.peopleLabel, String(facts.people), '', '']);
  for (const [id, name] of names) {
    const { answer = 'unknown', by, why } = facts.answers[id] ?? {};
    const at = state.facts[id]?.at;
    // What nobody answered and nobody noted anything about says nothing on paper.
    if (answer === 'unknown' && !at && !by && !why) continue;
    rows.push([name, clocks.answers[answer], [at, by].filter(Boolean).join(', '), why ?? '']);
  }
  return rows;
}

function dutyRow(duty: Duty, record: Record): string[] {
  const { state, facts, text, spoken } = record;
  const { clocks } = text;
  const note = state.duties[dutyName(duty)] ?? {};
  const due = duty.deadline
    ? both(duty.deadline.at, facts.calendar.timeZone, clocks)
    : `${spoken(duty, 'within')}; ${spoken(duty, 'starts')}`;
  return [
    `${titleOf(duty, record)}. ${clocks.to}: ${spoken(duty, 'recipient')}. ${spoken(duty, 'checked')}`,
    `${clocks.verdicts[duty.verdict]}. ${spoken(duty, 'why')}`,
    due,
    note.decision && note.decision !== 'open' ? clocks.decisions[note.decision] : '',
    [note.why, note.by].filter(Boolean).join('; '),
    note.sent ?? '',
  ];
}

const titleOf = (duty: Duty, { spoken }: Record) =>
  `${spoken(duty, 'title')}: ${spoken(duty, 'what').replace(/\.$/, '')}`;

const both = (at: Date, timeZone: string, clocks: InterfaceText['clocks']) =>
  `${localTime(at, timeZone)} (${clocks.utc(spokenTime(at))})`;

function tableOf(what: string, columns: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const table = document.createElement('table');
  table.className = `clocks-paper-${what}`;
  const head = table.createTHead().insertRow();
  for (const column of columns) head.append(element('th', column));
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const cell of row) line.append(element('td', cell));
  }
  return table;
}

function element(name: string, content: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = content;
  return made;
}
