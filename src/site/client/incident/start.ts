/** The form that starts an incident: a name, who writes, and what is known already; nothing but the first two is needed. */

import type { Deed } from '../../../model/incident/record.ts';
import { stepReference } from '../../../model/incident/steps.ts';
import { spokenTime } from '../../../model/worksheet.ts';
import { button, field, make } from './elements.ts';
import { fault } from './field-fault.ts';
import { loadPlan, runbookHere } from './plan.ts';
import { lastPerson, type Pointer, setPointer } from './pointer.ts';
import { text } from './record-words.ts';
import { newIncident, openSession, type Session } from './session.ts';
import { typedMoment } from './typed-moment.ts';

/**
 * The form. `started` is called with the incident that is then open.
 *
 * @param cancel draws a button that gives up, where there is something to go back to
 * @param exercise what is started is this exercise of the plan; without it, a box says whether it is one at all
 */
export async function startForm(
  started: (session: Session) => void,
  cancel?: () => void,
  exercise?: { ref: string; name: string },
): Promise<HTMLFormElement> {
  const [plan, runbook] = await Promise.all([loadPlan(), runbookHere()]);
  const name = make('input', {
    type: 'text',
    required: true,
    maxlength: '200',
    autocomplete: 'off',
    'data-start': 'name',
  });
  const person = make('input', {
    type: 'text',
    required: true,
    maxlength: '200',
    autocomplete: 'name',
    'data-start': 'person',
  });
  if (exercise) name.value = `${exercise.name}, ${spokenTime(new Date()).slice(0, 10)}`;
  const play = make('input', { type: 'checkbox', autocomplete: 'off', 'data-start': 'exercise' });
  person.value = lastPerson();
  const detected = make('input', { type: 'text', autocomplete: 'off', 'data-start': 'detected' });
  const declared = make('input', { type: 'text', autocomplete: 'off', 'data-start': 'declared' });
  const priority = make(
    'select',
    { 'data-start': 'priority' },
    make('option', { value: '' }, text.priorityLater),
    plan.priorities.map((level) => make('option', { value: level.id }, level.name)),
  );
  // The roles that this runbook asks for come first: one of them is most likely.
  const wanted = new Set(runbook?.steps.flatMap(({ roles }) => roles));
  const boxes = plan.roles.map((role) => ({
    role,
    near: wanted.has(role.id),
    box: make('input', { type: 'checkbox', value: role.id, autocomplete: 'off' }),
  }));
  const labels = (near: boolean) =>
    boxes
      .filter((entry) => entry.near === near)
      .map(({ role, box }) => make('label', { class: 'choice-box' }, box, ` ${role.title}`));
  const others = labels(false);
  const roles = make(
    'fieldset',
    { class: 'field' },
    make('legend', {}, text.roles),
    make('p', { class: 'field-help' }, text.rolesHint),
    make('div', { class: 'choices' }, wanted.size > 0 ? labels(true) : others),
    wanted.size > 0 &&
      others.length > 0 &&
      make('details', {}, make('summary', {}, text.allRoles), make('div', { class: 'choices' }, others)),
  );
  const now = make('p', { class: 'small quiet' });
  const tick = () => {
    const date = new Date();
    now.textContent = text.nowIs(spokenTime(date), date.toTimeString().slice(0, 5));
  };
  tick();
  const submit = make('button', { class: 'button-main' }, text.startNow);
  const form = make(
    'form',
    { class: 'incident-form', novalidate: true },
    field(text.name, name, text.nameHint),
    field(text.me, person, text.meHint),
    roles,
    field(text.priority, priority),
    now,
    timeField(text.detected, detected),
    timeField(text.declared, declared),
    !exercise && make('label', { class: 'choice-box' }, play, ` ${text.isExercise}`),
    make('p', { class: 'incident-buttons' }, submit, cancel && button(text.cancel, cancel)),
  );
  const timer = setInterval(tick, 10_000);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const times = [detected, declared].map((control) => [control, typedMoment(control.value, new Date())] as const);
    for (const control of [name, person]) fault(control, control.value.trim() === '' ? text.needed : '');
    for (const [control, moment] of times) fault(control, control.value.trim() !== '' && !moment ? text.timeFault : '');
    const [first] = form.querySelectorAll<HTMLElement>('[aria-invalid="true"]');
    if (first) return first.focus();
    submit.disabled = true;
    clearInterval(timer);
    const pointer: Pointer = { incident: newIncident(), person: person.value.trim() };
    void openSession(pointer).then(async (session) => {
      const digest = runbook?.digest ? { digest: runbook.digest } : {};
      const about = exercise ? { ref: exercise.ref } : runbook ? { ref: `runbook:${runbook.id}`, ...digest } : {};
      const mark = exercise || play.checked ? { exercise: true as const } : {};
      const deeds: Deed[] = [
        { type: 'incident-started', ...about, data: { name: name.value.trim(), plan: plan.title, ...mark } },
        ...boxes
          .filter(({ box }) => box.checked)
          .map(({ role }): Deed => ({ type: 'role-taken', data: { role: role.id } })),
        ...(priority.value ? [{ type: 'priority-set', data: { priority: priority.value } } as Deed] : []),
        ...times.flatMap(([control, time]): Deed[] =>
          time ? [{ type: 'fact', data: { name: control === detected ? 'detected' : 'declared', time } }] : [],
        ),
        ...tickedHere().map(
          (step): Deed => ({
            type: 'step-ticked',
            ref: stepReference(runbook?.id ?? '', step),
            ...digest,
            data: { timeUnknown: true },
          }),
        ),
      ];
      await session.does(...deeds);
      // Only now, so that another tab that hears of it finds the entries.
      void setPointer(pointer);
      started(session);
    });
  });
  return form;
}

/** What was ticked on this runbook before: it is done, only nobody knows when. */
function tickedHere(): string[] {
  return [...document.querySelectorAll<HTMLInputElement>('[data-ticks] input[data-tick]:checked')].map(
    (box) => box.dataset['tick'] ?? '',
  );
}

/** A field for a time, with a button that fills in the present one. */
export function timeField(label: string, control: HTMLInputElement): HTMLElement {
  const whole = field(label, control, text.timeHint);
  const line = make('div', { class: 'field-time' });
  control.replaceWith(line);
  line.append(
    control,
    button(
      text.now,
      () => {
        control.value = spokenTime(new Date());
        control.dispatchEvent(new Event('input', { bubbles: true }));
      },
      { 'aria-label': text.nowFor(label) },
    ),
  );
  return whole;
}

/** The form over any page. */
export async function startDialog(started: (session: Session) => Promise<void>): Promise<void> {
  const dialog = make('dialog', { class: 'incident-dialog', 'aria-labelledby': 'incident-start-title' });
  const form = await startForm(
    async (session) => {
      dialog.close();
      await started(session);
      // What opened the form is gone, and the cursor with it.
      document.querySelector<HTMLElement>('.incident-name')?.focus({ preventScroll: true });
    },
    () => dialog.close(),
  );
  dialog.append(make('h2', { id: 'incident-start-title' }, text.start), form);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
