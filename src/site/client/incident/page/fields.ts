/** What the sections of the page are made of: a section, a form that adds one entry, a field for a file. */

import type { Deed } from '../../../../model/incident/record.ts';
import { field, make } from '../elements.ts';
import { fault } from '../field-fault.ts';
import { NotRecord, readRecord } from '../read-file.ts';
import { text } from '../record-words.ts';
import type { Session } from '../session.ts';

export function section(id: string, title: string, ...children: (Node | string)[]): HTMLElement {
  return make('section', { class: 'incident-section', 'aria-labelledby': id }, make('h2', { id }, title), ...children);
}

export function details(label: string, content: Node): HTMLElement {
  return make('details', {}, make('summary', {}, label), content);
}

/** A form of a few fields that adds one entry. */
export function entryForm(
  label: string,
  fields: Node[],
  deed: () => Deed | undefined,
  session: Session,
  clear: (HTMLInputElement | HTMLTextAreaElement)[],
): HTMLFormElement {
  const form = make(
    'form',
    { class: 'incident-form', novalidate: true },
    ...fields,
    make('p', {}, make('button', {}, label)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const made = deed();
    if (!made) return;
    for (const control of clear) {
      control.value = '';
      control.dispatchEvent(new Event('input'));
    }
    void session.does(made);
    // Where one follows the other: hosts, notes.
    if (!form.closest('details')) clear[0]?.focus();
  });
  return form;
}

/** The text of a control that must have one, or undefined, which is said. */
export function needed(control: HTMLInputElement | HTMLTextAreaElement): string | undefined {
  const words = control.value.trim();
  fault(control, words === '' ? text.needed : '');
  return words === '' ? undefined : words;
}

/** A field that takes a record's file; what came of it is said under it. */
export function fileField(
  label: string,
  hint: string,
  take: (record: Awaited<ReturnType<typeof readRecord>>) => Promise<string>,
): HTMLElement {
  const input = make('input', { type: 'file', accept: '.json,application/json' });
  const said = make('p', { role: 'status', class: 'incident-told' });
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    if (!file) return;
    fault(input, '');
    said.textContent = '';
    try {
      said.textContent = await take(await readRecord(file));
    } catch (reason) {
      if (reason instanceof NotRecord) fault(input, text.notRecord(reason.message));
      else fault(input, reason instanceof Error && reason.name === 'QuotaExceededError' ? text.full : String(reason));
    }
    input.value = '';
  });
  return make('div', {}, field(label, input, hint), said);
}
