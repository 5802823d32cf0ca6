/** The forms of the record: a note, a fact, a comparison of clocks, a target, the priority and the name. */

import { field, make } from '../elements.ts';
import { fault } from '../field-fault.ts';
import { loadPlan } from '../plan.ts';
import { text } from '../record-words.ts';
import type { Session } from '../session.ts';
import { timeField } from '../start.ts';
import { typedMoment } from '../typed-moment.ts';
import { details, entryForm, needed } from './fields.ts';

export function noteForm(session: Session): HTMLElement {
  const note = make('textarea', { rows: '3', maxlength: '20000', 'data-note': true });
  session.draft('note', note);
  return entryForm(
    text.saveNote,
    [field(text.noteFree, note)],
    () => {
      const words = needed(note);
      return words === undefined ? undefined : { type: 'note', data: { text: words } };
    },
    session,
    [note],
  );
}

export function factForm(session: Session): HTMLElement {
  const name = make(
    'select',
    { autocomplete: 'off' },
    Object.entries(text.factNames).map(([id, title]) => make('option', { value: id }, title)),
    make('option', { value: '' }, text.factOther),
  );
  const own = make('input', { type: 'text', maxlength: '100', autocomplete: 'off' });
  const time = make('input', { type: 'text', autocomplete: 'off' });
  const words = make('input', { type: 'text', maxlength: '20000', autocomplete: 'off' });
  const ownField = field(text.factName, own);
  ownField.hidden = true;
  name.addEventListener('change', () => {
    ownField.hidden = name.value !== '';
  });
  return details(
    text.addFact,
    entryForm(
      text.add,
      [field(text.factKind, name), ownField, timeField(text.factTime, time), field(text.factText, words)],
      () => {
        const called = name.value || needed(own);
        const moment = typedMoment(time.value, new Date());
        if (time.value.trim() !== '' && !moment) fault(time, text.timeFault);
        else if (!moment && words.value.trim() === '') fault(time, text.needed);
        else {
          fault(time, '');
          const said = words.value.trim();
          if (called)
            return {
              type: 'fact',
              data: { name: called, ...(moment ? { time: moment } : {}), ...(said ? { text: said } : {}) },
            };
        }
        return undefined;
      },
      session,
      [own, time, words],
    ),
  );
}

export function clockForm(session: Session): HTMLElement {
  const ahead = make('input', { type: 'text', inputmode: 'numeric', autocomplete: 'off' });
  const other = make('input', { type: 'text', maxlength: '200', autocomplete: 'off' });
  return details(
    text.clock,
    entryForm(
      text.add,
      [field(text.clockAhead, ahead), field(text.clockWith, other)],
      () => {
        const seconds = Number(needed(ahead)?.replace(',', '.').replace('−', '-') ?? Number.NaN);
        if (Number.isNaN(seconds)) {
          fault(ahead, text.numberFault);
          return undefined;
        }
        const clock = needed(other);
        return clock === undefined ? undefined : { type: 'clock-compared', data: { ahead: seconds, with: clock } };
      },
      session,
      [ahead, other],
    ),
  );
}

export function targetForm(session: Session): HTMLElement {
  const kind = make(
    'select',
    { autocomplete: 'off' },
    (['host', 'account'] as const).map((id) => make('option', { value: id }, text.targetKinds[id])),
  );
  const value = make('input', { type: 'text', maxlength: '500', autocomplete: 'off', spellcheck: 'false' });
  const note = make('input', { type: 'text', maxlength: '20000', autocomplete: 'off' });
  return entryForm(
    text.add,
    [field(text.targetKind, kind), field(text.targetValue, value), field(text.targetNote, note)],
    () => {
      const words = needed(value);
      if (words === undefined) return undefined;
      const said = note.value.trim();
      const target = { kind: kind.value as 'host' | 'account', value: words };
      return { type: 'target-added', data: { target, ...(said ? { note: said } : {}) } };
    },
    session,
    [value, note],
  );
}

export async function priorityForm(session: Session): Promise<{ priority: HTMLElement; name: HTMLElement }> {
  const plan = await loadPlan();
  const priority = make(
    'select',
    { autocomplete: 'off' },
    plan.priorities.map(({ id, name }) => make('option', { value: id }, name)),
  );
  const why = make('input', { type: 'text', maxlength: '20000', autocomplete: 'off' });
  const name = make('input', { type: 'text', maxlength: '200', autocomplete: 'off' });
  return {
    priority: details(
      text.changePriority,
      entryForm(
        text.set,
        [field(text.priority, priority), field(text.reasonLabel, why)],
        () => {
          const reason = why.value.trim();
          return { type: 'priority-set', data: { priority: priority.value, ...(reason ? { reason } : {}) } };
        },
        session,
        [why],
      ),
    ),
    name: details(
      text.rename,
      entryForm(
        text.rename,
        [field(text.name, name)],
        () => {
          const words = needed(name);
          return words === undefined ? undefined : { type: 'incident-named', data: { name: words } };
        },
        session,
        [name],
      ),
    ),
  };
}
