/**
 * The reader view: one step at a time, large, in words made to be read out, by keyboard or thumb. It ticks the boxes of
 * the page, so that what is done here is done there, and recorded where an incident is open.
 */

import { readerText } from '../../../model/reader-text.ts';
import sheet from '../../styles/reader.css?url';
import { button, make, redraw } from '../incident/elements.ts';
import { loadSheet } from '../late-sheet.ts';
import { keepPlace, keptPlace, type Place } from './place.ts';
import { type ReadOption, type ReadStep, readSteps } from './steps.ts';

const text = readerText(document.documentElement.lang);

/** Opens the view over the page, at the step where it was left, or at the first that is to be done. */
export async function openReader(page: HTMLElement): Promise<void> {
  await loadSheet(sheet);
  const steps = readSteps(page);
  const first =
    steps.find((step) => !step.box.checked && !isSkipped(step) && !isPassed(step) && !isOfOthers(step)) ?? steps[0];
  if (!first) return;
  const kept = keptPlace();
  let place: Place = kept && steps.some(({ id }) => id === kept.step) ? kept : { step: first.id, from: [], open: true };
  const code = page.querySelector('.code')?.textContent ?? '';
  const title = text.title(code, page.querySelector('h1')?.textContent ?? '');
  const body = make('div', { class: 'reader-step' });
  const at = make('p', { class: 'reader-place' });
  const foot = make('div', { class: 'reader-foot' });
  const due = make('p', { class: 'reader-due' });
  const dialog = make(
    'dialog',
    { class: 'reader', 'aria-label': title },
    make(
      'div',
      { class: 'reader-head' },
      make('p', {}, title),
      at,
      button(text.close, () => dialog.close()),
    ),
    body,
    foot,
  );

  const stepAt = (id: string) => steps.find((step) => step.id === id) ?? first;
  const present = () => stepAt(place.step);
  /** Steps of others are passed over while "show me mine" is on. */
  const beside = (by: 1 | -1): ReadStep | undefined => {
    for (let index = steps.indexOf(present()) + by; ; index += by) {
      const step = steps[index];
      if (!step || !isOfOthers(step)) return step;
    }
  };
  const show = (step: ReadStep, from: string[] = place.from) => {
    place = { step: step.id, from, open: true };
    keepPlace(place);
    draw();
    body.querySelector<HTMLElement>('.reader-instruction')?.focus({ preventScroll: true });
    dialog.scrollTop = 0;
  };
  const goNext = () => {
    const next = beside(1);
    if (next) show(next);
  };
  const goBack = () => {
    const before = beside(-1);
    if (before) show(before);
  };
  const tick = (step: ReadStep, done: boolean) => {
    if (step.box.checked === done) return;
    step.box.checked = done;
    step.box.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const doneNext = () => {
    const step = present();
    // A decision is done by choosing.
    if (step.options.length > 0 && !step.box.checked) return body.querySelector<HTMLElement>('.reader-option')?.focus();
    tick(step, true);
    if (beside(1)) goNext();
    else draw();
  };
  /** With what opens at the step on the page; the reason may follow there. */
  const skip = (step: ReadStep) => {
    const key = () => step.element.querySelector<HTMLElement>('[data-deed="step-skipped"]');
    if (!key()) step.element.querySelector<HTMLElement>('.step-record-button')?.click();
    key()?.click();
    if (beside(1)) goNext();
    else draw();
  };
  const choose = (step: ReadStep, option: ReadOption) => {
    if (!recordDecision(option)) tick(step, true);
    const to = option.leadsTo === undefined ? undefined : steps.find(({ id }) => id === option.leadsTo);
    const next = beside(1);
    if (to && to !== next) show(to, [...place.from, step.id]);
    else if (next) show(next);
    else draw();
  };

  /** By when, as the page of an open incident says at the moment. */
  function showDue(): void {
    const said = present().element.querySelector<HTMLElement>('.step-due');
    const words = said && !said.hidden ? (said.textContent ?? '') : '';
    if (due.textContent !== words) due.textContent = words;
    due.hidden = words === '';
    due.classList.toggle('reader-overdue', present().element.classList.contains('step-overdue'));
  }

  /** What follows; after a question nobody knows before it is answered. */
  const after = (step: ReadStep, next: ReadStep | undefined) =>
    step.options.length > 0 && !step.box.checked
      ? text.afterDecision
      : next
        ? text.after(next.number, next.text)
        : text.noneAfter;

  function draw(): void {
    const step = present();
    const index = steps.indexOf(step);
    const next = beside(1);
    const branch = place.from.at(-1);
    const isDecision = step.options.length > 0;
    at.textContent = text.place(index + 1, steps.length);
    showDue();
    redraw(
      body,
      ...step.cautions.map(copyOf),
      make('p', { class: 'reader-number' }, isDecision ? text.decision(step.number) : text.step(step.number)),
      step.origin !== '' && make('p', { class: 'reader-origin' }, step.origin),
      make(
        'h2',
        { class: 'reader-instruction', tabindex: '-1' },
        ...step.instruction.map((node) => node.cloneNode(true)),
      ),
      step.marks.length > 0 &&
        make('p', { class: 'reader-marks' }, step.marks.map((mark) => text.who(text.spoken(mark))).join(' ')),
      due,
      step.box.checked && make('p', { class: 'reader-done' }, text.isDone),
      isSkipped(step) && make('p', { class: 'reader-done reader-skipped' }, text.isSkipped),
      isPassed(step) && make('p', { class: 'reader-done reader-skipped' }, text.isPassed),
      step.facts && copyOf(step.facts),
      rowsOf(step),
      isDecision &&
        make(
          'div',
          { class: 'reader-options', role: 'group', 'aria-label': text.choose },
          step.options.map((option) =>
            button(option.answer, () => choose(step, option), {
              class: `reader-option${option.element.querySelector('input:checked') ? ' reader-chosen' : ''}`,
            }),
          ),
        ),
      step.otherwise !== '' &&
        make('p', { class: 'reader-otherwise' }, make('strong', {}, `${text.otherwise} `), step.otherwise),
      step.how && make('details', { class: 'reader-how', open: true }, make('summary', {}, text.how), copyOf(step.how)),
    );
    redraw(
      foot,
      make('p', { class: 'reader-after' }, after(step, next)),
      make(
        'div',
        { class: 'reader-buttons' },
        button(text.previous, goBack, { 'data-key': 'back', ...(beside(-1) ? {} : { disabled: '' }) }),
        branch !== undefined &&
          button(text.toBranch(stepAt(branch).number), () => show(stepAt(branch), place.from.slice(0, -1)), {
            'data-key': 'branch',
          }),
        next && button(text.next, goNext, { 'data-key': 'next' }),
        canSkip(step) && button(text.skip, () => skip(step), { 'data-key': 'skip' }),
        step.box.checked && !isDecision
          ? button(
              text.undo,
              () => {
                tick(step, false);
                draw();
              },
              { 'data-key': 'done' },
            )
          : !isDecision && button(text.done, doneNext, { class: 'button-main', 'data-key': 'done' }),
      ),
      make('p', { class: 'reader-keys' }, text.keys),
    );
  }

  dialog.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const own = (event.target as HTMLElement).closest('button, summary, a, input');
    if (event.key === 'ArrowRight') goNext();
    else if (event.key === 'ArrowLeft') goBack();
    else if (event.key === 'Enter' && !own) doneNext();
    else return;
    event.preventDefault();
  });
  const redrawn = () => {
    // Somebody else ticked a step, in another window or on this page.
    if (!dialog.open) return;
    draw();
    if (!dialog.contains(document.activeElement)) body.querySelector<HTMLElement>('.reader-instruction')?.focus();
  };
  page.addEventListener('firebreak:ticks', redrawn);
  const passing = setInterval(showDue, 10_000);
  dialog.addEventListener('close', () => {
    keepPlace({ ...place, open: false });
    page.removeEventListener('firebreak:ticks', redrawn);
    clearInterval(passing);
    dialog.remove();
    const { element } = present();
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    element.querySelector<HTMLElement>('.step-number')?.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  show(present());
}

function isOfOthers({ element }: ReadStep): boolean {
  return element.classList.contains('step-of-others');
}

function isSkipped({ box, element }: ReadStep): boolean {
  return !box.checked && element.classList.contains('step-skipped');
}

function isPassed({ element }: ReadStep): boolean {
  return element.classList.contains('step-passed');
}

/** Whether an open incident has drawn into the step how it is skipped, and that has not been done. */
function canSkip(step: ReadStep): boolean {
  return !step.box.checked && !isSkipped(step) && step.element.querySelector('.step-record-button') !== null;
}

/** A row for each target that the incident has of the step's kind. Their boxes are those of the page. */
function rowsOf({ element }: ReadStep): HTMLElement | undefined {
  const rows = element.querySelector<HTMLElement>(':scope > .step-targets');
  if (!rows) return undefined;
  const boxes = rows.querySelectorAll('input');
  const copy = copyOf(rows);
  for (const [index, box] of copy.querySelectorAll('input').entries())
    box.addEventListener('change', () => boxes[index]?.click());
  return copy;
}

/** Records the choice with the form that an open incident has drawn into the decision; false where there is none. */
function recordDecision({ element }: ReadOption): boolean {
  const input = element.querySelector<HTMLInputElement>('input[type="radio"]');
  const decide = element.closest('.step')?.querySelector<HTMLButtonElement>('.step-decide .button-main');
  if (!input || !decide) return false;
  input.checked = true;
  decide.click();
  return true;
}

/** What stands on the page, with ids and names of its own. */
function copyOf(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement;
  // They do nothing here: a command is copied from the page, where its values are filled in.
  for (const part of copy.querySelectorAll('.copy, .fill')) part.remove();
  for (const part of [copy, ...copy.querySelectorAll('[id], [name], [for]')])
    for (const attribute of ['id', 'name', 'for']) {
      const value = part.getAttribute(attribute);
      if (value !== null) part.setAttribute(attribute, `reader--${value}`);
    }
  return copy;
}
