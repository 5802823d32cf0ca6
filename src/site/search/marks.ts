/** What the build writes into a record and the browser reads out of it. */
import { plain } from './words.ts';

/** Between the phrases of one entry. */
export const phraseMark = ' · ';

/**
 * The word by which a record says that it has a value of a filter, and by which the search asks for it. Pagefind has
 * filters of its own, but writes them in an order that changes from run to run, and the same plan must give the same
 * bytes. The letter at the end keeps `p1` from being the beginning of `p10`.
 */
export function filterWord(filter: string, value: string): string {
  return `x${filter}x${plain(value)}x`;
}
