/**
 * While a plan is edited: shows a change at once, loads the page again when the plan is checked, and says beside each line
 * of the page what is wrong with it.
 */

import { element } from './elements.ts';

const kept = 'firebreak-dev-panel';
const panel = document.querySelector<HTMLElement>('.dev-panel');
// A page in place of another has no panel, and a state all the same.
const drawn = document.querySelector<HTMLElement>('[data-dev-state]')?.dataset['devState'];

import.meta.hot?.on('firebreak:changed', () => void showChange());
import.meta.hot?.on('firebreak:checked', () => location.reload());
// A change may have come while this page was on its way.
if (drawn !== undefined) import.meta.hot?.send('firebreak:here', drawn);

if (panel) {
  markAll(panel);
  const details = panel.querySelector('details');
  if (details) keepOpen(details);
}

/** Puts the new text in place of the old. Its scripts run when the page is loaded again; this is there to be read before. */
async function showChange(): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  const [before, now] = [document.querySelector('main'), next.querySelector('main')];
  // Between a page and what is shown in place of it, more than the text differs.
  if (!panel || !before || !now || !next.querySelector('.dev-panel')) return location.reload();
  document.title = next.title;
  before.replaceWith(now);
}

/** What somebody opened or closed stays so over the next reloads. */
function keepOpen(details: HTMLDetailsElement): void {
  const before = sessionStorage.getItem(kept);
  if (before) details.open = before === 'open';
  details.querySelector('summary')?.addEventListener('click', () => {
    sessionStorage.setItem(kept, details.open ? 'closed' : 'open');
  });
}

function markAll(root: HTMLElement): void {
  const places = [...document.querySelectorAll<HTMLElement>('[data-source]')].flatMap(placeOf);
  root.querySelectorAll<HTMLElement>('[data-dev-path]').forEach((item, index) => {
    const { devPath, devFrom, devShow = '' } = item.dataset;
    const line = Number(devFrom);
    // The innermost block that holds the line; of those that begin with it, the outermost stands where the reader looks.
    const [found] = places
      .filter(({ path, from, to }) => path === devPath && from <= line && line <= to)
      .sort((a, b) => a.to - a.from - (b.to - b.from));
    if (!found) return;
    const mark = markFor(item, `dev-mark-${index + 1}`);
    found.element.classList.add('dev-marked');
    putInto(found.element, mark);
    showAll(mark);
    item.querySelector('.dev-where')?.append(' ', linkTo(mark, devShow));
  });
}

interface Place {
  element: HTMLElement;
  path: string;
  from: number;
  to: number;
}

function placeOf(found: HTMLElement): Place[] {
  const [, path = '', from, to] = /^(.*):(\d+)-(\d+)$/.exec(found.dataset['source'] ?? '') ?? [];
  return from === undefined ? [] : [{ element: found, path, from: Number(from), to: Number(to) }];
}

function markFor(item: HTMLElement, id: string): HTMLElement {
  const words = item.querySelector('.dev-message')?.textContent ?? '';
  const level = [...item.classList].find((name) => /^dev-(error|warning|hint)$/.test(name)) ?? '';
  const mark = element('span', `dev-mark ${level}`, [words]);
  mark.id = id;
  mark.tabIndex = -1;
  return mark;
}

/** Where a mark may stand: after the head of a step, in the last cell of a row, else at the end of what it is about. */
function putInto(target: HTMLElement, mark: HTMLElement): void {
  const head = target.querySelector(':scope > .step-head');
  if (head) head.after(mark);
  else if (target instanceof HTMLTableRowElement) target.cells[target.cells.length - 1]?.append(mark);
  else if (target instanceof HTMLPreElement) target.after(mark);
  else target.append(mark);
}

/** Opens what the mark is hidden in. */
function showAll(mark: HTMLElement): void {
  for (let at = mark.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true;
}

function linkTo(mark: HTMLElement, words: string): HTMLElement {
  const link = element('a', '', [words]) as HTMLAnchorElement;
  link.href = `#${mark.id}`;
  return link;
}
