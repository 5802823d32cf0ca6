/**
 * Fills a worksheet on screen: keeps what is written with every key, works out the computed fields, saves a file, and
 * puts answers into the paper sheet for printing. Without an open incident the answers are kept in this browser alone.
 */

import {
  draftName,
  type FieldPlace,
  type FormValue,
  fieldName,
  onlyRow,
  worksheetForm,
} from '../../model/incident/forms.ts';
import { interfaceText } from '../../model/interface-text.ts';
import {
  compute,
  fill,
  isBlank,
  isWellWritten,
  missing,
  readDateTime,
  spokenTime,
  type WorksheetField,
  type WorksheetSection,
  type Written,
  type WrittenRow,
} from '../../model/worksheet.ts';
import { draftAhead, randomDigits } from './incident/ahead.ts';
import { openPointer } from './incident/pointer.ts';
import { type Definition, type Keeper, offerWorksheet, type ShownRow } from './worksheet-here.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Rows = Record<string, WrittenRow[]>;

const form = document.querySelector<HTMLFormElement>('form[data-worksheet]');
if (form) run(form);

function run(form: HTMLFormElement): void {
  const definition = JSON.parse(form.dataset['definition'] ?? '') as Definition;
  const text = interfaceText(document.documentElement.lang).form;
  const { base = '/', plan = '' } = document.documentElement.dataset;
  const key = `firebreak:worksheet:${plan}:${base}:${definition.id}`;
  const sheet = document.querySelector<HTMLElement>('[data-sheet]');
  const find = <E extends HTMLElement>(selector: string) => form.querySelector<E>(selector) as E;
  const say = (words: string) => {
    find('[data-said]').textContent = words;
  };

  const hearers: (() => void)[] = [];

  // The first row of each table, while it is empty, is what further rows are copied from.
  const models = new Map<string, HTMLElement>();
  for (const section of form.querySelectorAll<HTMLElement>('[data-section]')) {
    const rows = section.querySelector('[data-rows]');
    const first = rows?.querySelector<HTMLElement>('[data-row]');
    if (first) models.set(section.dataset['section'] ?? '', first.cloneNode(true) as HTMLElement);
  }

  function rowsOf(section: string): HTMLElement[] {
    return [...form.querySelectorAll<HTMLElement>(`[data-section="${section}"] [data-row]`)];
  }

  // Names of controls go on counting: a row may come before others, and never takes the names of one that is gone.
  let rowsMade = 0;
  function makeRow(section: string, id: string): HTMLElement | undefined {
    const row = models.get(section)?.cloneNode(true) as HTMLElement | undefined;
    if (!row) return undefined;
    const number = ++rowsMade;
    row.dataset['row'] = id;
    const from = `${section}.0.`;
    for (const element of row.querySelectorAll('*'))
      for (const name of ['id', 'for', 'name', 'aria-describedby']) {
        const value = element.getAttribute(name);
        if (value?.startsWith(from)) element.setAttribute(name, `${section}.${number}.${value.slice(from.length)}`);
      }
    return row;
  }

  function addRow(section: string): HTMLElement | undefined {
    const row = makeRow(section, keeper.newRow(section));
    if (row) form.querySelector(`[data-section="${section}"] [data-rows]`)?.append(row);
    numberRows(section);
    return row;
  }

  function numberRows(section: string): void {
    if (!models.has(section)) return;
    rowsOf(section).forEach((row, index) => {
      const legend = row.querySelector('legend') as HTMLElement;
      const words = text.row(index + 1);
      // What stands behind the number is put there by `mark`.
      if (legend.firstChild?.textContent !== words) legend.replaceChildren(words);
    });
  }

  function controlsOf(row: HTMLElement): Control[] {
    return [...row.querySelectorAll<Control>('[data-field]')];
  }

  function readRow(row: HTMLElement): WrittenRow {
    const written: Record<string, string | string[]> = {};
    for (const control of controlsOf(row)) {
      const field = control.dataset['field'] as string;
      if (control instanceof HTMLInputElement && !isTyped(control)) {
        if (!control.checked) continue;
        if (control.type === 'checkbox')
          written[field] = [...((written[field] as string[] | undefined) ?? []), control.value];
        else written[field] = control.value;
      } else if (control.value !== '') written[field] = control.value;
    }
    return written;
  }

  const readAll = (): Rows =>
    Object.fromEntries(definition.sections.map((section) => [section.id, rowsOf(section.id).map(readRow)]));

  /** Shows what is kept. A control in which somebody is writing at this moment is left alone. */
  function show(): void {
    for (const section of definition.sections) {
      const rows = keeper.rows(section);
      if (section.repeat !== undefined) placeRows(section.id, rows);
      for (const row of rowsOf(section.id)) {
        const shown = rows.find(({ id }) => id === row.dataset['row']);
        for (const control of controlsOf(row)) showAnswer(control, shown);
        mark(row, shown, section);
      }
    }
    update(readAll());
  }

  /** Every row has its place; one that is not kept yet, because nothing stands in it, comes last. */
  function placeRows(section: string, rows: readonly ShownRow[]): void {
    const list = form.querySelector(`[data-section="${section}"] [data-rows]`);
    if (!list) return;
    const known = new Map(rowsOf(section).map((row) => [row.dataset['row'], row]));
    rows.forEach(({ id }, index) => {
      const row = known.get(id) ?? makeRow(section, id);
      // Only where it is not there already: a row that is moved loses the cursor.
      if (row && list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    });
    // One that somebody asked for stays.
    for (const row of [...list.children].slice(rows.length) as HTMLElement[])
      if (
        rows.length > 0 &&
        !('added' in row.dataset) &&
        isBlank(readRow(row)) &&
        !row.contains(document.activeElement)
      )
        row.remove();
    if (list.children.length === 0) addRow(section);
    numberRows(section);
  }

  function showAnswer(control: Control, row: ShownRow | undefined): void {
    if (control === document.activeElement && isTyped(control)) return;
    const field = control.dataset['field'] as string;
    const own = row?.written[field];
    const value = (isBlank({ own: own ?? '' }) ? row?.given?.[field] : own) ?? '';
    if (control instanceof HTMLInputElement && !isTyped(control))
      control.checked = typeof value === 'string' ? value === control.value : value.includes(control.value);
    else control.value = String(value);
  }

  /** Says of answers that nobody wrote that they come from the record, and what else there is to say of a field. */
  function mark(row: HTMLElement, shown: ShownRow | undefined, section: WorksheetSection): void {
    const given = (field: string) =>
      shown?.given?.[field] !== undefined && isBlank({ own: shown.written[field] ?? '' });
    if (section.repeat !== undefined)
      tag(
        row.querySelector('legend'),
        section.fields.some(({ id }) => given(id)),
      );
    for (const { id } of section.fields) {
      const place = row.querySelector(`[data-field="${CSS.escape(id)}"]`)?.closest('.field');
      if (section.repeat === undefined) tag(place?.querySelector('legend, label'), given(id));
      const words = shown?.told?.[id] ?? '';
      const told = place?.querySelector('.field-told');
      if (told) told.textContent = words;
      else if (words !== '')
        place?.append(
          Object.assign(document.createElement('p'), { className: 'field-told small', textContent: words }),
        );
    }
  }

  function tag(place: Element | null | undefined, isGiven: boolean): void {
    const there = place?.querySelector('.field-given');
    if (there && !isGiven) there.remove();
    else if (!there && isGiven) {
      const words = Object.assign(document.createElement('span'), { className: 'field-given small quiet' });
      words.textContent = text.given;
      place?.append(' ', words);
    }
  }

  function update(written: Written): void {
    for (const section of definition.sections)
      rowsOf(section.id).forEach((row, index) => {
        const values = written[section.id]?.[index] ?? {};
        for (const output of row.querySelectorAll<HTMLOutputElement>('[data-computed]'))
          showComputed(output, fieldOf(section, output.dataset['computed']), values, section, written);
        for (const control of controlsOf(row)) {
          const field = fieldOf(section, control.dataset['field']);
          const fault = control.closest('.field')?.querySelector<HTMLElement>('[data-fault]');
          // Nobody is corrected in the middle of a word.
          if (!fault || !field || control === document.activeElement) continue;
          const fine = isWellWritten(field, control.value);
          fault.hidden = fine;
          control.setAttribute('aria-invalid', String(!fine));
        }
      });
    for (const hear of hearers) hear();
  }

  function computedWords(
    field: WorksheetField,
    row: WrittenRow,
    section: WorksheetSection,
    written: Written,
  ): { words: string; why: string } {
    // A row in which nothing stands has no priority either, however high the unknown counts.
    const computed =
      section.repeat !== undefined && isBlank(row)
        ? undefined
        : compute(field, row, definition, written, definition.priority);
    switch (computed?.type) {
      case 'priority': {
        const { name, respondWithin, updateEvery } = computed.priority;
        const [first] = computed.unknown;
        const unknown = first && text.unknownCounts[computed.unknown.length > 1 ? 'both' : first];
        return { words: name, why: `${text.respond(respondWithin, updateEvery)}${unknown ? ` ${unknown}` : ''}` };
      }
      case 'deadline':
        return { words: text.deadline(spokenTime(computed.at)), why: '' };
      case 'elapsed':
        return { words: computed.minutes < 0 ? text.elapsedBackwards : text.elapsed(computed.minutes), why: '' };
      default:
        return { words: '', why: '' };
    }
  }

  function showComputed(
    output: HTMLOutputElement,
    field: WorksheetField | undefined,
    row: WrittenRow,
    section: WorksheetSection,
    written: Written,
  ): void {
    if (!field) return;
    const { words, why } = computedWords(field, row, section, written);
    const told = words === '' ? text.notYet : words;
    if (output.dataset['told'] === told + why) return;
    output.dataset['told'] = told + why;
    const strong = document.createElement(words === '' ? 'span' : 'strong');
    strong.textContent = told;
    output.replaceChildren(strong, why === '' ? '' : ` ${why}`);
  }

  let keeps = true;
  function keepHere(written: Written): void {
    try {
      if (Object.values(written).flat().every(isBlank)) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ sections: written }));
    } catch {
      if (keeps && keeper === here) find('[data-kept]').textContent = text.notKept;
      keeps = false;
    }
  }

  function keptHere(): Written {
    try {
      const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as { sections?: Written } | null;
      return stored?.sections ?? {};
    } catch {
      return {};
    }
  }

  /** In this browser alone, row by row in their order. */
  const here: Keeper = {
    rows: ({ id }) => {
      const rows = keptHere()[id];
      return Array.isArray(rows) ? rows.map((written, index) => ({ id: String(index), written })) : [];
    },
    typed: () => keepHere(readAll()),
    left: () => keepHere(readAll()),
    newRow: (section) => String(rowsOf(section).length),
  };
  // An incident is open, and its record is being read: what is written meanwhile is handed over.
  const early = new Set<Control>();
  const keepEarly = (place: FieldPlace, value: FormValue) =>
    draftAhead(draftName(worksheetForm(definition.id), fieldName(place)), JSON.stringify(value));
  const nowhere: Keeper = { rows: () => [], typed: keepEarly, left: keepEarly, newRow: () => randomDigits(16) };
  let keeper = openPointer() ? nowhere : here;
  if (keeper === nowhere)
    for (const section of models.keys()) for (const row of rowsOf(section)) row.dataset['row'] = keeper.newRow(section);

  function told(control: Control, how: 'typed' | 'left'): void {
    const row = control.closest<HTMLElement>('[data-row]');
    const section = control.closest<HTMLElement>('[data-section]')?.dataset['section'];
    const field = control.dataset['field'];
    if (!row || section === undefined || field === undefined) return;
    if (keeper === nowhere) early.add(control);
    const value: FormValue = readRow(row)[field] ?? '';
    keeper[how]({ section, row: row.dataset['row'] ?? onlyRow, field }, value);
  }

  form.addEventListener('input', ({ target }) => {
    const control = target as Control;
    // What is chosen is said whole at once.
    told(control, isTyped(control) ? 'typed' : 'left');
    update(readAll());
  });
  // A fault is told, and a time of today completed, when the field is left.
  form.addEventListener('focusout', (event) => {
    const control = event.target as Control;
    const hour = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(control.value ?? '');
    if (hour && control.closest('.field-time')) {
      const today = `${new Date().toISOString().slice(0, 10)} ${(hour[1] as string).padStart(2, '0')}:${hour[2]}`;
      if (readDateTime(today)) control.value = today;
    }
    if (isTyped(control)) told(control, 'left');
    queueMicrotask(() => update(readAll()));
  });
  addEventListener('pagehide', () => {
    const control = document.activeElement as Control | null;
    if (control && form.contains(control) && isTyped(control)) told(control, 'left');
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', (event) => {
    const button = (event.target as HTMLElement).closest('button');
    if (!button) return;
    if (button.matches('[data-now]')) {
      const control = button.parentElement?.querySelector<HTMLInputElement>('input');
      if (!control) return;
      control.value = spokenTime(new Date());
      told(control, 'left');
      update(readAll());
    } else if (button.matches('[data-add-row]')) {
      const row = addRow(button.closest<HTMLElement>('[data-section]')?.dataset['section'] ?? '');
      if (row) {
        row.dataset['added'] = '';
        update(readAll());
        row.querySelector<HTMLElement>('input, select, textarea')?.focus();
      }
    } else if (button.dataset['do'] === 'save') save();
    else if (button.dataset['do'] === 'print-filled') print(true);
    else if (button.dataset['do'] === 'print-blank') print(false);
    else if (button.dataset['do'] === 'clear' && confirm(text.clearReally(definition.code))) {
      keepHere({});
      for (const section of definition.sections) for (const row of rowsOf(section.id).slice(1)) row.remove();
      button.focus();
      show();
      say(text.cleared);
    }
  });
  // The same worksheet in another window: both show the same answers, so neither overwrites what the other wrote.
  addEventListener('storage', (event) => {
    if (event.key !== key || keeper !== here) return;
    show();
    say(text.keptElsewhere);
  });
  // What was open on this device is gone.
  addEventListener('firebreak:no-incident', () => {
    if (keeper !== nowhere) return;
    keeper = here;
    if (early.size > 0) keepHere(readAll());
    show();
  });

  function save(): void {
    const written = readAll();
    const now = new Date();
    const file = fill(definition, written, definition.priority, now);
    const stamp = now.toISOString().slice(0, 16).replace(/[-:]/g, '');
    const name = `${definition.code}-${definition.id}-${stamp}Z.json`;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say(text.saved(name, missing(definition, written).length));
  }

  let blank = false;
  function print(filled: boolean): void {
    blank = !filled;
    window.print();
    blank = false;
  }
  addEventListener('beforeprint', () => {
    const written = readAll();
    fillSheet(blank || Object.values(written).flat().every(isBlank) ? {} : written);
  });
  addEventListener('afterprint', () => fillSheet({}));

  /** Puts answers into the paper sheet; with none, the sheet is blank again. */
  function fillSheet(written: Written): void {
    if (!sheet) return;
    for (const extra of sheet.querySelectorAll('[data-extra]')) extra.remove();
    for (const element of sheet.querySelectorAll<HTMLElement>('[data-answer]')) {
      element.querySelector('.sheet-text')?.remove();
      element.classList.remove('sheet-answered');
    }
    for (const box of sheet.querySelectorAll('.sheet-ticked')) box.classList.remove('sheet-ticked');
    for (const section of definition.sections) {
      const rows = (written[section.id] ?? []).filter((row) => section.repeat === undefined || !isBlank(row));
      rows.forEach((row, index) => {
        if (section.repeat !== undefined && index >= section.repeat) addSheetRow(section.id, index);
        for (const field of section.fields) {
          const place = `${section.id}.${index}.${field.id}`;
          const value = row[field.id] ?? '';
          for (const id of typeof value === 'string' ? [value] : value)
            sheet.querySelector(`[data-box="${CSS.escape(`${place}.${id}`)}"]`)?.classList.add('sheet-ticked');
          const answer = sheet.querySelector<HTMLElement>(`[data-answer="${CSS.escape(place)}"]`);
          const { words } = computedWords(field, row, section, written);
          const said = words === '' ? labelOf(section.id, field.id, value) : words;
          if (!answer || said === '') continue;
          const span = document.createElement('span');
          span.className = 'sheet-text';
          span.textContent = said;
          answer.append(span);
          answer.classList.add('sheet-answered');
        }
      });
    }
  }

  function addSheetRow(section: string, index: number): void {
    const last = [...(sheet?.querySelectorAll<HTMLElement>(`[data-sheet-row^="${section}."]`) ?? [])].at(-1);
    if (!last) return;
    const row = last.cloneNode(true) as HTMLElement;
    const from = last.dataset['sheetRow'] as string;
    row.dataset['sheetRow'] = `${section}.${index}`;
    row.dataset['extra'] = '';
    for (const element of row.querySelectorAll<HTMLElement>('[data-answer], [data-box]')) {
      for (const name of ['answer', 'box'])
        if (element.dataset[name])
          element.dataset[name] = `${section}.${index}${element.dataset[name].slice(from.length)}`;
      element.querySelector('.sheet-text')?.remove();
      element.classList.remove('sheet-answered', 'sheet-ticked');
    }
    last.after(row);
  }

  /** What a choice is called, where the sheet has a line for it and no boxes. */
  function labelOf(section: string, field: string, value: string | readonly string[]): string {
    const names = (typeof value === 'string' ? [value] : value).map((id) => {
      if (id === '') return '';
      const option = form.querySelector<HTMLOptionElement>(
        `[data-section="${section}"] select[data-field="${field}"] option[value="${CSS.escape(id)}"]`,
      );
      return option?.textContent ?? id;
    });
    return names.join(', ');
  }

  offerWorksheet({
    form,
    definition,
    keptBefore: keptHere,
    keepInstead: keepHere,
    keepWith: (other) => {
      keeper = other;
      // Rows have ids of their own there; one in which somebody is writing is kept with what stands in it.
      for (const section of definition.sections)
        if (section.repeat !== undefined)
          for (const row of rowsOf(section.id)) if (![...early].some((control) => row.contains(control))) row.remove();
      for (const control of early) told(control, control === document.activeElement ? 'typed' : 'left');
      early.clear();
      show();
    },
    redraw: show,
    onUpdate: (hear) => void hearers.push(hear),
  });
  if (keeper === here) {
    // What was typed before this script was there counts too.
    if (Object.keys(keptHere()).length === 0) keepHere(readAll());
    show();
  }
}

/** Whether a control is answered in words, key by key. */
function isTyped(control: Control): boolean {
  if (control instanceof HTMLTextAreaElement) return true;
  return control instanceof HTMLInputElement && control.type !== 'radio' && control.type !== 'checkbox';
}

function fieldOf(section: WorksheetSection, id: string | undefined): WorksheetField | undefined {
  return section.fields.find((field) => field.id === id);
}
