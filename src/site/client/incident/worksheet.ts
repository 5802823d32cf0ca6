/** A worksheet while an incident is open: filled from the record, and written into it. */

import {
  type FieldPlace,
  type FormValue,
  fieldPlace,
  onlyRow,
  sheetName,
  sheetsOf,
  worksheetForm,
} from '../../../model/incident/forms.ts';
import { type GivenRow, givenRows, type PrefillSource } from '../../../model/incident/prefill.ts';
import { utcOf } from '../../../model/incident/record.ts';
import { namesOf } from '../../../model/incident/report.ts';
import {
  compute,
  isBlank,
  type WorksheetField,
  type WorksheetSection,
  type Written,
} from '../../../model/worksheet.ts';
import { settled } from '../settled.ts';
import { type Keeper, type ShownRow, type WorksheetHere, worksheetHere } from '../worksheet-here.ts';
import { randomDigits } from './ahead.ts';
import { dutyLines } from './duties.ts';
import { button, field, make, redraw } from './elements.ts';
import { loadPlan, runbooksInUse } from './plan.ts';
import { loadForms } from './plan-parts.ts';
import { text } from './record-words.ts';
import type { Session } from './session.ts';
import { type KeptAnswer, offerTakeOver } from './take-over.ts';
import { openForm, type WrittenForm } from './written-form.ts';

export async function followWorksheet(session: Session): Promise<void> {
  const here = await worksheetHere;
  const { definition } = here;
  let form = await openForm(session, worksheetForm(definition.id), definition.digest);
  let source = await sourceFrom(session, definition.sections);
  const given = (section: WorksheetSection) => givenRows(section, source);
  const shownAt = ({ section, row, field }: FieldPlace): FormValue | undefined => {
    const known = definition.sections.find(({ id }) => id === section);
    return known && given(known).find(({ id }) => id === row)?.values[field];
  };

  const keeper: Keeper = {
    rows: (section) => rowsOf(section, form, given(section), session),
    typed: (place, value) => form.typed(place, value),
    left: (place, value) => {
      form.left(place, value, shownAt(place));
      // Emptied, it says what the record says.
      if (value.length === 0 && shownAt(place) !== undefined) redrawLater();
    },
    newRow: () => randomDigits(16),
  };
  here.keepWith(keeper);
  const redrawLater = settled(here.redraw);
  let turn = 0;
  session.onChange(async () => {
    const mine = ++turn;
    const next = await sourceFrom(session, definition.sections);
    if (mine !== turn) return;
    source = next;
    redrawLater();
  });

  const head = here.form.querySelector('[data-kept]');
  if (head) head.textContent = text.keptInIncident(session.state.name);
  here.form.querySelector('[data-do="clear"]')?.remove();
  addSheets(here, session, async (sheet) => {
    form = await openForm(session, sheet, definition.digest);
    here.keepWith(keeper);
  });
  addPriority(here, session, () => source);
  offerTakeOver(here.form, keptAnswers(here), form, (rest) => here.keepInstead(withoutTaken(here, rest)));
}

/** A worksheet may be filled several times in one incident: a custody form for each item, a report for each briefing. */
function addSheets(
  { form, definition }: WorksheetHere,
  session: Session,
  turnTo: (sheet: string) => Promise<void>,
): void {
  const first = worksheetForm(definition.id);
  const begun: string[] = [];
  let shown = first;
  const choice = make('select', { autocomplete: 'off' });
  const fresh = button(text.newSheet, () => {
    const sheet = worksheetForm(definition.id, randomDigits(16));
    begun.push(sheet);
    void show(sheet);
  });
  const whole = field(text.sheet, choice);
  const draw = () => {
    const sheets = [...new Set([...sheetsOf(session.state.forms.keys(), definition.id), ...begun])];
    redraw(
      choice,
      sheets.map((sheet, index) => make('option', { value: sheet }, text.sheetCalled(index + 1, sheetName(sheet)))),
    );
    choice.value = shown;
    whole.hidden = sheets.length < 2;
  };
  const show = async (sheet: string) => {
    shown = sheet;
    draw();
    await turnTo(sheet);
  };
  choice.addEventListener('change', () => void show(choice.value));
  form.querySelector('.worksheet-actions')?.append(fresh);
  form.querySelector('[data-kept]')?.after(whole);
  session.onChange(draw);
  draw();
}

/** What fields are filled from; the words of other forms and duties only where a table of this one asks for them. */
async function sourceFrom(session: Session, sections: readonly WorksheetSection[]): Promise<PrefillSource> {
  const { state, person } = session;
  const asks = (...lists: WorksheetSection['rowsFrom'][]) => sections.some(({ rowsFrom }) => lists.includes(rowsFrom));
  const [plan, runbooks, forms] = await Promise.all([
    loadPlan(),
    asks('timeline', 'decisions') ? runbooksInUse(state) : [],
    asks('notifications', 'decisions') ? loadForms() : undefined,
  ]);
  return {
    state,
    person,
    names: namesOf(plan, runbooks, forms?.forms),
    text,
    duties: dutyLines(state, forms, plan.timeZone),
  };
}

/** The rows of a section: those that the record fills, then those that somebody wrote, in the order of their first answer. */
function rowsOf(
  section: WorksheetSection,
  form: WrittenForm,
  given: readonly { id: string; values: GivenRow }[],
  session: Session,
): ShownRow[] {
  const rows = new Map<string, { written: Record<string, FormValue>; told: Record<string, string> }>();
  for (const { id } of given) rows.set(id, { written: {}, told: {} });
  if (section.repeat === undefined) rows.set(onlyRow, rows.get(onlyRow) ?? { written: {}, told: {} });
  const conflicts = session.state.conflicts;
  for (const [name, { data }] of form.written()) {
    const place = fieldPlace(name);
    if (place?.section !== section.id) continue;
    const row = rows.get(place.row) ?? { written: {}, told: {} };
    rows.set(place.row, row);
    row.written[place.field] = data.value;
    const conflict = conflicts.find(
      ({ about }) => about.kind === 'form' && about.name === data.form && about.field === name,
    );
    if (conflict)
      row.told[place.field] = text.writtenDifferently(
        conflict.entries.flatMap((entry) =>
          entry.type === 'form-written'
            ? [`${[entry.data.value].flat().join(', ')} (${entry.by}, ${utcOf(entry.at)} UTC)`]
            : [],
        ),
      );
  }
  return [...rows].flatMap(([id, { written, told }]) => {
    const values = given.find((row) => row.id === id)?.values;
    const isEmpty = section.repeat !== undefined && !values && isBlank(written);
    return isEmpty ? [] : [{ id, written, told, ...(values ? { given: values } : {}) }];
  });
}

/** What this browser kept without an incident, each row under an id of its own. */
function keptAnswers({ definition, keptBefore }: WorksheetHere): KeptAnswer[] {
  const kept = keptBefore();
  return definition.sections.flatMap((section) =>
    (Array.isArray(kept[section.id]) ? (kept[section.id] ?? []) : []).flatMap((row) => {
      const id = section.repeat === undefined ? onlyRow : randomDigits(16);
      return section.fields.flatMap(({ id: answered }): KeptAnswer[] => {
        const value = row[answered];
        return value === undefined || isBlank({ value })
          ? []
          : [{ place: { section: section.id, row: id, field: answered }, value }];
      });
    }),
  );
}

/** The answers that were not taken over, as this browser keeps them; those of tables always are, in rows of their own. */
function withoutTaken({ definition }: WorksheetHere, rest: readonly KeptAnswer[]): Written {
  return Object.fromEntries(
    definition.sections.map(({ id }) => {
      const answers = rest.filter(({ place }) => place.section === id);
      return [
        id,
        answers.length > 0 ? [Object.fromEntries(answers.map(({ place, value }) => [place.field, value]))] : [],
      ];
    }),
  );
}

/** Under a priority that is worked out: what the record says, and a button that records this one. */
function addPriority(
  { form, definition, onUpdate }: WorksheetHere,
  session: Session,
  source: () => PrefillSource,
): void {
  for (const section of definition.sections)
    for (const field of section.repeat === undefined ? section.fields : []) {
      const output = field.type === 'priority' && form.querySelector(`[data-computed="${CSS.escape(field.id)}"]`);
      if (!output) continue;
      const place = make('div', { class: 'worksheet-priority' });
      output.after(place);
      const draw = () => drawPriority(place, computedLevel(form, definition, section, field), session, source());
      onUpdate(draw);
      session.onChange(draw);
      draw();
    }
}

function computedLevel(
  form: HTMLFormElement,
  definition: WorksheetHere['definition'],
  section: WorksheetSection,
  field: WorksheetField,
): { id: string; name: string } | undefined {
  const answerOf = (id: string | undefined) => {
    const controls = [
      ...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[data-field="${CSS.escape(id ?? '')}"]`),
    ];
    const control = controls.find((each) => each instanceof HTMLSelectElement || each.checked);
    return control?.value ?? '';
  };
  const row = Object.fromEntries([field.criticality, field.impact].map((id) => [id ?? '', answerOf(id)]));
  // Unknown counts as the worst, but while nobody judged anything there is nothing to record.
  if (isBlank(row)) return undefined;
  const computed = compute(field, row, { sections: [section] }, {}, definition.priority);
  return computed?.type === 'priority' ? computed.priority : undefined;
}

function drawPriority(
  place: HTMLElement,
  level: { id: string; name: string } | undefined,
  session: Session,
  { names }: PrefillSource,
): void {
  const { priority } = session.state;
  const recorded = priority?.entry.data.priority;
  // Only what changed is drawn again: a button that is being pressed stays.
  const told = JSON.stringify([level?.id, priority?.entry.id]);
  if (place.dataset['told'] === told) return;
  place.dataset['told'] = told;
  redraw(
    place,
    make(
      'p',
      { class: 'small' },
      priority && recorded !== undefined
        ? text.priorityRecorded(names.priority(recorded), priority.entry.by, utcOf(priority.entry.at))
        : text.priorityNotRecorded,
    ),
    level !== undefined &&
      level.id !== recorded &&
      button(
        text.recordPriority(level.name),
        () => void session.does({ type: 'priority-set', data: { priority: level.id, reason: text.fromWorksheet } }),
        { 'data-key': 'priority' },
      ),
  );
}
