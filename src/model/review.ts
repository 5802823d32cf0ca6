/** When a document must be read through again. */

import type { Document } from './document.ts';
import { dayAfter } from './duration.ts';
import type { Plan } from './plan.ts';
import type { Review } from './schema-types.ts';

/** How a document, or plan.yaml, stands with its reviews. */
export interface ReviewState {
  last?: string;
  /** How often it is reviewed; absent where nobody asks for it. */
  every?: string;
  /** The day by which the next review is due; absent before the first, or where nobody asks for one. */
  due?: string;
}

/**
 * How a document stands with its reviews.
 *
 * @param document undefined for plan.yaml
 */
export function reviewStateOf({ settings }: Plan, document?: Document): ReviewState {
  const review = (document ? (document.data as { review?: Review }).review : settings.review) ?? {};
  const every = review.every ?? settings.reviewEvery?.[document?.kind ?? 'plan'];
  const due = review.last && every ? dayAfter(review.last, every) : undefined;
  return { ...(review.last ? { last: review.last } : {}), ...(every ? { every } : {}), ...(due ? { due } : {}) };
}
