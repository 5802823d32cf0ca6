/** Narrows the rows of a page to those that hold what is typed. Groups without such a row are hidden. */
import { matching } from '../search/filter.ts';
import { keepInAddress, listIn } from './id-lists.ts';

const root = document.querySelector<HTMLElement>('[data-filter-rows]');
if (root) run(root);

function run(root: HTMLElement): void {
  const language = document.documentElement.lang;
  const rows = new Map([...document.querySelectorAll<HTMLElement>('[data-words]')].map((row, at) => [String(at), row]));
  const folded = new Map([...rows].map(([at, row]) => [at, (row.dataset['words'] ?? '').split(' ')]));
  const groups = [...document.querySelectorAll<HTMLElement>('[data-filter-group]')];
  const field = root.querySelector('[data-filter]') as HTMLInputElement;
  const found = root.querySelector('[data-found]') as HTMLElement;
  const words = found.dataset['found'] ?? '';

  const narrow = () => {
    const shown = matching(field.value, folded, language);
    for (const [at, row] of rows) row.hidden = shown !== undefined && !shown.has(at);
    for (const group of groups) group.hidden = !group.querySelector('[data-words]:not([hidden])');
    found.textContent = shown ? words.replace('{shown}', String(shown.size)).replace('{all}', String(rows.size)) : '';
    // What was typed can be sent on with the address.
    keepInAddress({ find: field.value.split(/[\s,]+/).filter(Boolean) });
  };

  (root.querySelector('[data-typed]') as HTMLElement).hidden = false;
  field.value = listIn(location.search, 'find').join(' ');
  field.addEventListener('input', narrow);
  if (field.value) narrow();
}
