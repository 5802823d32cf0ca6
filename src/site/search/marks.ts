/** What the build writes into a record and the browser reads out of it. */
import { plain } from './words.ts';

/** Between the phrases of one entry. */
export const phraseMark = ' · ';

/** What a record is of: a document as a whole, or the text of one. They are searched apart. */
export type Form = 'page' | 'text';

/**
 * The word by which a record says that it has a value of a filter, and by which the search asks for it; without a
 * filter, the word that all records of a form have. Pagefind has filters of its own, but writes them in an order that
 * changes from run to run, and the same plan must give the same bytes. A search holds as few of these words as it can,
 * since Pagefind weighs how much of the question an entry has. The letter at the end keeps `p1` from being the beginning
 * of `p10`.
 */
export function filterWord(form: Form, filter = '', value = ''): string {
  return `x${form}x${filter}x${plain(value)}x`;
}

/** In the text of a part, the word after which comes what is searched and not shown. */
export const hiddenMark = '¦';

/** The id under which the index keeps a part: its place on the page, its phase, and how many words its number has. */
export function partId({ id, phase = '', number = '' }: { id: string; phase?: string; number?: string }): string {
  return [id, phase, number === '' ? 0 : number.split(' ').length].join('|');
}

/** Takes such an id apart again. */
export function readPartId(id: string): { id: string; phase: string; numberWords: number } {
  const [place = '', phase = '', words = '0'] = id.split('|');
  return { id: place, phase, numberWords: Number(words) };
}
