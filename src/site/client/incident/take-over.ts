/** What this browser kept of a form before the incident was opened: offered, never moved in silence. */

import { type FieldPlace, type FormValue, isSameValue } from '../../../model/incident/forms.ts';
import { button, make } from './elements.ts';
import { text } from './record-words.ts';
import type { WrittenForm } from './written-form.ts';

export interface KeptAnswer {
  place: FieldPlace;
  value: FormValue;
}

/**
 * Puts the offer before a form. Only what nobody wrote in the record is taken over; `keepRest` is given the answers that
 * stay in this browser, because the record says something else.
 */
export function offerTakeOver(
  before: Element,
  kept: readonly KeptAnswer[],
  form: WrittenForm,
  keepRest: (rest: readonly KeptAnswer[]) => void,
): void {
  if (kept.length === 0) return;
  const said = make('p', { role: 'status' });
  const offer = make(
    'div',
    { class: 'incident-offer' },
    make('p', {}, text.keptBefore(kept.length)),
    make(
      'p',
      { class: 'incident-buttons' },
      button(text.takeOver, () => {
        const rest: KeptAnswer[] = [];
        for (const answer of kept) {
          const known = form.valueOf(answer.place) ?? '';
          if (known.length === 0) form.left(answer.place, answer.value);
          else if (!isSameValue(known, answer.value)) rest.push(answer);
        }
        keepRest(rest);
        offer.replaceChildren(said);
        said.textContent = text.answersTaken(kept.length - rest.length, rest.length);
      }),
      button(text.leaveKept, () => offer.remove()),
    ),
  );
  before.before(offer);
}
