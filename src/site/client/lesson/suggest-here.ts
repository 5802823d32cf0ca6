/**
 * "Suggest a change to this step", where somebody reads how a step is done or has followed its number. Nothing of it is
 * on the page before that, and nothing while an incident is open: what is learned then is noted in its record.
 */

import { suggestLabel } from '../../../model/suggest-label.ts';
import { openPointer } from '../incident/pointer.ts';

export function offerSuggestions(page: HTMLElement): void {
  const offer = (step: Element | null | undefined) => {
    if (!step?.matches('article.step') || step.querySelector('.step-suggest') || !isTaken()) return;
    const line = suggestLine(
      suggestLabel(document.documentElement.lang),
      () => void import('./suggest.ts').then(({ suggest }) => suggest(step.id)),
    );
    step.querySelector(':scope > .step-record')?.before(line);
  };
  page.addEventListener('toggle', ({ target }) => offer((target as Element).closest('article.step')), true);
  // Who follows the letter of a part is at its step.
  const followed = () =>
    offer(document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest('article.step'));
  addEventListener('hashchange', followed);
  followed();
  for (const open of page.querySelectorAll('details[open]')) offer(open.closest('article.step'));
}

/**
 * Whether a suggestion is taken here and now: the one-file copy, which brings its late sheets with it, has nowhere to send
 * it from, and what is learned while an incident is open is noted in its record.
 */
export function isTaken(): boolean {
  return !document.querySelector('style[data-late]') && !openPointer();
}

/** The button that opens the form, on a line of its own. */
export function suggestLine(label: string, onclick: () => void): HTMLElement {
  const line = document.createElement('p');
  line.className = 'screen step-suggest';
  const open = document.createElement('button');
  Object.assign(open, { type: 'button', className: 'button-quiet small' });
  open.textContent = label;
  open.addEventListener('click', onclick);
  line.append(open);
  return line;
}
