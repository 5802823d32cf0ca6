/**
 * Fills a worksheet on screen: keeps what is written in this browser with every key, works out the computed fields,
 * saves a file, and puts answers into the paper sheet for printing.
 */

import { interfaceText } from '../../model/interface-text.ts';
import {
  compute,
  fill,
  isBlank,
  isWellWritten,
  missing,
  type PriorityMatrix,
  readDateTime,
  spokenTime,
  type WorksheetField,
  type WorksheetSection,
  type Written,
  type WrittenRow,
} from '../../model/worksheet.ts';

interface Definition {
  id: string;
  code: string;
  plan: string;
  digest: string;
  sections: WorksheetSection[];
  priority: PriorityMatrix;
}

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

  function addRow(section: string): HTMLElement | undefined {
    const model = models.get(section);
    const rows = form.querySelector<HTMLElement>(`[data-section="${section}"] [data-rows]`);
    if (!model || !rows) return undefined;
    const row = model.cloneNode(true) as HTMLElement;
    const number = rows.children.length;
    row.dataset['row'] = String(number);
    (row.querySelector('legend') as HTMLElement).textContent = text.row(number + 1);
    const from = `${section}.0.`;
    for (const element of row.querySelectorAll('*'))
      for (const name of ['id', 'for', 'name', 'aria-describedby']) {
        const value = element.getAttribute(name);
        if (value?.startsWith(from)) element.setAttribute(name, `${section}.${number}.${value.slice(from.length)}`);
      }
    rows.append(row);
    return row;
  }

  function controlsOf(row: HTMLElement): Control[] {
    return [...row.querySelectorAll<Control>('[data-field]')];
  }

  function readRow(row: HTMLElement, section: WorksheetSection): WrittenRow {
    const written: Record<string, string | string[]> = {};
    for (const control of controlsOf(row)) {
      const field = control.dataset['field'] as string;
      if (control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox')) {
        if (!control.checked) continue;
        const several = section.fields.find((candidate) => candidate.id === field)?.type === 'choices';
        if (several) written[field] = [...((written[field] as string[] | undefined) ?? []), control.value];
        else written[field] = control.value;
      } else if (control.value !== '') written[field] = control.value;
    }
    return written;
  }

  const readAll = (): Rows =>
    Object.fromEntries(
      definition.sections.map((section) => [section.id, rowsOf(section.id).map((row) => readRow(row, section))]),
    );

  /** Shows what was written. A control in which somebody is writing at this moment is left alone. */
  function show(written: Written): void {
    for (const section of definition.sections) {
      const rows = Array.isArray(written[section.id]) ? (written[section.id] as WrittenRow[]) : [];
      while (rowsOf(section.id).length < rows.length) if (!addRow(section.id)) break;
      rowsOf(section.id).forEach((row, index) => {
        for (const control of controlsOf(row)) {
          if (control === document.activeElement) continue;
          const value = rows[index]?.[control.dataset['field'] as string] ?? '';
          if (control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox'))
            control.checked = typeof value === 'string' ? value === control.value : value.includes(control.value);
          else control.value = String(value);
        }
      });
    }
    update(readAll());
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
  function keep(written: Rows): void {
    try {
      localStorage.setItem(key, JSON.stringify({ sections: written }));
    } catch {
      if (keeps) find('[data-kept]').textContent = text.notKept;
      keeps = false;
    }
  }

  function kept(): Written {
    try {
      const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as { sections?: Written } | null;
      return stored?.sections ?? {};
    } catch {
      return {};
    }
  }

  form.addEventListener('input', () => {
    const written = readAll();
    keep(written);
    update(written);
  });
  // A fault is told, and a time of today completed, when the field is left.
  form.addEventListener('focusout', (event) => {
    const control = event.target as Control;
    const hour = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(control.value ?? '');
    if (hour && control.closest('.field-time')) {
      const today = `${new Date().toISOString().slice(0, 10)} ${(hour[1] as string).padStart(2, '0')}:${hour[2]}`;
      if (readDateTime(today)) control.value = today;
    }
    queueMicrotask(() => {
      const written = readAll();
      keep(written);
      update(written);
    });
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', (event) => {
    const button = (event.target as HTMLElement).closest('button');
    if (!button) return;
    if (button.matches('[data-now]')) {
      const control = button.parentElement?.querySelector<HTMLInputElement>('input');
      if (control) control.value = spokenTime(new Date());
      form.dispatchEvent(new Event('input'));
    } else if (button.matches('[data-add-row]')) {
      const row = addRow(button.closest<HTMLElement>('[data-section]')?.dataset['section'] ?? '');
      if (row) {
        update(readAll());
        row.querySelector<HTMLElement>('input, select, textarea')?.focus();
      }
    } else if (button.dataset['do'] === 'save') save();
    else if (button.dataset['do'] === 'print-filled') print(true);
    else if (button.dataset['do'] === 'print-blank') print(false);
    else if (button.dataset['do'] === 'clear' && confirm(text.clearReally(definition.code))) {
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
      for (const section of definition.sections) for (const row of rowsOf(section.id).slice(1)) row.remove();
      button.focus();
      show({});
      say(text.cleared);
    }
  });
  // The same worksheet in another window: both show the same answers, so neither overwrites what the other wrote.
  addEventListener('storage', (event) => {
    if (event.key !== key) return;
    show(kept());
    say(text.keptElsewhere);
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

  show(kept());
}

function fieldOf(section: WorksheetSection, id: string | undefined): WorksheetField | undefined {
  return section.fields.find((field) => field.id === id);
}
