/** What all parts of an exercise use: its words, and the place of the facilitator's desk. */

import { exerciseText } from '../../../../model/incident/exercise-text.ts';

export const words = exerciseText(document.documentElement.lang);

/** Where the facilitator works, on the page of an exercise. */
export function deskOf(page: HTMLElement): HTMLElement {
  return page.querySelector('[data-exercise-desk]') as HTMLElement;
}
