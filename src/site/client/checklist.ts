/**
 * Ticks of a runbook, kept in this browser; while an incident is open they are in its record instead. Without this script
 * the boxes still tick and fold, by CSS alone.
 */

import { readerLabel } from '../../model/reader-label.ts';
import { beginEarlyTicks } from './incident/ahead.ts';
import { openPointer } from './incident/pointer.ts';
import { keptPlace } from './reader/place.ts';

// A desk has room for the first step's detail before anything is ticked; a phone shows the list.
const roomy = matchMedia('(min-width: 64rem)');

const { base = '/', plan = '' } = document.documentElement.dataset;
const key = `firebreak:ticks:${plan}:${base}:${location.pathname.slice(base.length)}`;

const page = document.querySelector<HTMLElement>('[data-ticks]');
if (page) keepTicks(page);

function keepTicks(page: HTMLElement): void {
  const boxes = [...page.querySelectorAll<HTMLInputElement>('input[data-tick]')];
  const details = [...page.querySelectorAll<HTMLDetailsElement>('.step-detail')];
  const done = new Set(openPointer() ? [] : read());
  // What was ticked before this script was there counts too.
  const before = boxes.filter((box) => box.checked && !done.has(idOf(box)));
  for (const box of boxes) box.checked ||= done.has(idOf(box));

  const tools = page.querySelector<HTMLElement>('[data-tick-tools]');
  const count = tools?.querySelector<HTMLElement>('[data-tick-count]');
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    if (count)
      count.textContent = (count.dataset['tickCount'] ?? '')
        .replace('{done}', String(ticked))
        .replace('{all}', String(boxes.length));
    for (const note of document.querySelectorAll<HTMLElement>('[data-count-of]')) {
      const inside = [
        ...page.querySelectorAll<HTMLInputElement>(`#${CSS.escape(note.dataset['countOf'] ?? '')} input[data-tick]`),
      ];
      note.toggleAttribute('data-complete', inside.length > 0 && inside.every((box) => box.checked));
    }
  };

  page.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset['tick'] === undefined) return;
    if (!openPointer()) write(boxes.filter((box) => box.checked).map(idOf));
    show();
    if (target.checked) openNext(boxes, target);
  });
  page.addEventListener('firebreak:skipped', ({ target }) => {
    const box = boxes.find((box) => box.closest('.step') === target);
    if (box) openNext(boxes, box);
  });

  // It was open on this device, and nothing of it is left.
  addEventListener('firebreak:no-incident', () => write(boxes.filter((box) => box.checked).map(idOf)));

  // The record of an open incident has ticked boxes.
  page.addEventListener('firebreak:ticks', show);

  if (tools) {
    tools.hidden = false;
    addReader(page, tools);
    const toggle = tools.querySelector<HTMLButtonElement>('[data-show-detail]');
    toggle?.addEventListener('click', () => {
      const open = toggle.getAttribute('aria-pressed') !== 'true';
      toggle.setAttribute('aria-pressed', String(open));
      for (const detail of details) detail.open = open;
    });
    tools.querySelector('[data-print-steps]')?.addEventListener('click', () => {
      document.documentElement.dataset['print'] = 'steps';
      print();
    });
    tools.querySelector('[data-print-all]')?.addEventListener('click', () => print());
    addEventListener('afterprint', () => delete document.documentElement.dataset['print']);
    const clear = tools.querySelector<HTMLButtonElement>('[data-clear-ticks]');
    clear?.addEventListener('click', () => {
      if (!confirm(clear.dataset['clearTicks'])) return;
      for (const box of boxes) box.checked = false;
      write([]);
      show();
    });
  }

  // While an incident is open, what is learned is noted in its record.
  if (!openPointer()) void import('./lesson/suggest-here.ts').then(({ offerSuggestions }) => offerSuggestions(page));
  show();
  beginEarlyTicks();
  for (const box of before) box.dispatchEvent(new Event('change', { bubbles: true }));
  const present = boxes.find((box) => !box.checked);
  if (present && (roomy.matches || present !== boxes[0])) detailOf(present)?.setAttribute('open', '');
}

/** The button of the reader view, which opens by itself where a reload or a crash has closed it. */
function addReader(page: HTMLElement, tools: HTMLElement): void {
  const open = document.createElement('button');
  open.type = 'button';
  open.textContent = readerLabel(document.documentElement.lang);
  open.dataset['openReader'] = '';
  const read = () => void import('./reader/reader.ts').then(({ openReader }) => openReader(page));
  open.addEventListener('click', read);
  tools.querySelector('[data-start-incident]')?.after(open);
  if (keptPlace()?.open) read();
}

/**
 * The step that was done folds by CSS; the next that is to be done opens, so that the present step is the one that is
 * open. While only mine are shown it is one of mine.
 */
function openNext(boxes: readonly HTMLInputElement[], box: HTMLInputElement): void {
  detailOf(box)?.removeAttribute('open');
  const next = boxes
    .slice(boxes.indexOf(box) + 1)
    .find((candidate) => !candidate.checked && !candidate.closest('.step-skipped, .step-passed, .step-of-others'));
  if (next) detailOf(next)?.setAttribute('open', '');
}

function detailOf(box: HTMLInputElement): HTMLDetailsElement | null {
  return box.closest('.step')?.querySelector<HTMLDetailsElement>(':scope > .step-detail') ?? null;
}

function idOf(box: HTMLInputElement): string {
  return box.dataset['tick'] ?? '';
}

// Storage may be full, forbidden or cleared: the page works on without it.
function read(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.map(String) : [];
  } catch {
    return [];
  }
}

function write(ids: readonly string[]): void {
  try {
    if (ids.length > 0) localStorage.setItem(key, JSON.stringify(ids));
    else localStorage.removeItem(key);
  } catch {
    // Kept on the page only.
  }
}
