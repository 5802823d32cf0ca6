/**
 * While a plan is edited: shows a change at once, and says beside each line of the page what is wrong with it as soon as the
 * plan is checked. It runs before the other scripts of a page, and loads the page again only where they have to run again.
 */

import { Drawn } from './drawn.ts';
import { element } from './elements.ts';

const kept = 'firebreak-dev-panel';
const panel = document.querySelector<HTMLElement>('.dev-panel');
// A page in place of another has no panel, and a state all the same.
const state = document.querySelector<HTMLElement>('[data-dev-state]')?.dataset['devState'];
// The panel tells of the plan when it was checked last, and so it changes later.
const drawn = panel && { page: new Drawn(document.body, panel), panel: new Drawn(panel) };
let scriptsAgain = false;
let marks: HTMLElement[] = [];

let doing = Promise.resolve();
const inTurn = (job: () => Promise<void>) => {
  // When the server has ended, Vite's script waits for it and loads the page again.
  doing = doing.then(job).catch(() => undefined);
};
import.meta.hot?.on('firebreak:changed', () => inTurn(() => show(false)));
import.meta.hot?.on('firebreak:checked', () => inTurn(() => (scriptsAgain ? loadAgain() : show(true))));
// A change may have come while this page was on its way.
if (state !== undefined) import.meta.hot?.send('firebreak:here', state);

if (panel) {
  tell(panel);
  panel.querySelector('summary')?.addEventListener('click', () => {
    sessionStorage.setItem(kept, panel.querySelector('details')?.open ? 'closed' : 'open');
  });
}

/** Makes the page what the server draws now, with what it tells of it when that was checked. */
async function show(checked: boolean): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  const told = next.querySelector('.dev-panel');
  // Between a page and what is shown in place of it, more than the text differs.
  if (!drawn || !panel || !told) return loadAgain();
  document.title = next.title;
  if (drawn.page.bring(next.body)) scriptsAgain = true;
  if (!checked) return;
  if (scriptsAgain) return loadAgain();
  drawn.panel.bring(told);
  tell(panel);
}

/** Goes on for ever: nothing is done to a page that is about to go. */
function loadAgain(): Promise<void> {
  location.reload();
  return new Promise(() => undefined);
}

/** Puts what the panel tells beside the lines that it is about. */
function tell(root: HTMLElement): void {
  for (const mark of marks) {
    mark.closest('.dev-marked')?.classList.remove('dev-marked');
    mark.remove();
  }
  marks = [];
  markAll(root);
  // What somebody opened or closed stays so.
  const before = sessionStorage.getItem(kept);
  const details = root.querySelector('details');
  if (details && before) details.open = before === 'open';
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
    const link = linkTo(mark, devShow);
    found.element.classList.add('dev-marked');
    putInto(found.element, mark);
    showAll(mark);
    item.querySelector('.dev-where')?.append(' ', link);
    marks.push(mark, link);
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
