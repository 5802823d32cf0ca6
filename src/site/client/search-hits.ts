/** Draws what was found: hits under their pages, as options of a listbox or as a list of links. */
import type { InterfaceText } from '../../model/interface-text.ts';
import { excerptPieces, type Hit, type HitPage, markedPieces } from '../search/ranking.ts';
import type { Found, Search } from './search-engine.ts';

interface Drawing {
  found: HTMLElement;
  base: string;
  text: InterfaceText;
  search: Search;
  /** Options for the arrow keys; else links. */
  asOptions: boolean;
  /** Address of the page with all hits. */
  query: string;
}

// A dialog is for going on at once; the page is for looking around.
const mostInDialog = { pages: 8, parts: 3 };
const mostOnPage = { pages: 24, parts: 8 };

/** Draws hits and returns their links in the order in which the arrow keys go through them. */
export function drawHits(result: Found, drawing: Drawing): HTMLAnchorElement[] {
  const { found, asOptions, text } = drawing;
  const most = asOptions ? mostInDialog : mostOnPage;
  const links: HTMLAnchorElement[] = [];
  const list = element(asOptions ? 'div' : 'ol', 'search-hits');
  if (asOptions) {
    list.id = 'search-hits';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', text.find.hits);
  }
  for (const page of result.pages.slice(0, most.pages)) {
    const group = element(asOptions ? 'div' : 'li', 'hit-group');
    const head = pageLink(page, result, drawing);
    const parts = page.parts.slice(0, most.parts).map((part) => partLink(part, result, drawing));
    for (const link of [head, ...parts]) {
      if (asOptions) asOption(link, links.length);
      links.push(link);
    }
    if (asOptions) {
      group.setAttribute('role', 'group');
      group.setAttribute('aria-label', page.title);
      group.append(head, ...parts);
    } else {
      const heading = element('h2', 'hit-heading');
      heading.append(head);
      group.append(heading);
      if (parts.length > 0) {
        const inner = element('ul', 'hit-parts');
        for (const part of parts) {
          const item = element('li');
          item.append(part);
          inner.append(item);
        }
        group.append(inner);
      }
    }
    list.append(group);
  }
  found.replaceChildren(...(links.length > 0 ? [list] : []), further(drawing, links.length > 0));
  return links;
}

function asOption(link: HTMLAnchorElement, index: number): void {
  link.id = `search-hit-${index}`;
  link.setAttribute('role', 'option');
  link.setAttribute('aria-selected', 'false');
  // The field keeps the cursor; it says which option is chosen.
  link.tabIndex = -1;
}

function pageLink(page: HitPage, { understood }: Found, { text, search }: Drawing): HTMLAnchorElement {
  const link = element('a', 'hit hit-page');
  link.href = page.url;
  const kind = search.file.facets.kind.find(([id]) => id === page.kind)?.[2] ?? page.kind;
  const title = element('span', 'hit-title');
  if (page.page?.number) title.append(words('hit-number', page.page.number), ' ');
  title.append(...pieces(markedPieces(page.title, understood.terms, search.vocabulary)));
  link.append(words('hit-kind', kind), ' ', title);
  if (page.page?.draft) link.append(' ', words('tag', text.statusOf.draft));
  if (page.page?.phrase) {
    const phrase = element('span', 'hit-phrase');
    phrase.append('“', ...pieces(markedPieces(page.page.phrase, understood.terms, search.vocabulary)), '”');
    link.append(' ', phrase);
  }
  if (page.page) link.append(' ', excerpt(page.page));
  return link;
}

function partLink(part: Hit, { understood }: Found, { search, text, asOptions }: Drawing): HTMLAnchorElement {
  const link = element('a', 'hit hit-part');
  link.href = part.url;
  const title = element('span', 'hit-title');
  title.append(...pieces(markedPieces(part.title, understood.terms, search.vocabulary)));
  // A letter alone says nothing: the parts of an action have them.
  const number = part.number && /^[a-z]+$/.test(part.number) ? text.part(part.number) : part.number;
  if (number) link.append(words('hit-number', number), ' ');
  link.append(title);
  const phase = search.file.facets.phase.find(([id]) => id === part.phase)?.[1];
  if (phase && phase !== part.title) link.append(' ', words('hit-phase', phase));
  // In the dialog the title tells enough where it holds what was searched: more pages stay in sight.
  if (part.excerpt && !(asOptions && title.querySelector('mark'))) link.append(' ', excerpt(part));
  return link;
}

function excerpt(hit: Hit): HTMLElement {
  const shown = element('span', 'hit-excerpt');
  shown.append(...pieces(excerptPieces(hit.excerpt)));
  return shown;
}

/** Where to go when this is not it. */
function further({ base, text, search, asOptions, query }: Drawing, some: boolean): HTMLElement {
  const box = element('p', 'search-further');
  if (asOptions && some) {
    const all = element('a');
    all.href = query;
    all.textContent = text.find.allHits;
    box.append(all);
  }
  const { first } = search.file;
  if (first.path) {
    const start = element('a');
    start.href = base + first.path;
    start.textContent = first.title;
    const told = element('span');
    told.append(`${text.find.nothingFits} `, start);
    box.append(told);
    // The plan has signs where it has a runbook for whoever does not know.
    const choose = element('a');
    choose.href = `${base}choose/`;
    choose.textContent = text.find.choose;
    const other = element('span');
    other.append(`${text.find.orChoose} `, choose);
    box.append(other);
  }
  return box;
}

function pieces(parts: readonly { text: string; marked: boolean }[]): (string | HTMLElement)[] {
  return parts.map(({ text, marked }) => (marked ? words('', text, 'mark') : text));
}

function words(className: string, text: string, name: 'span' | 'mark' = 'span'): HTMLElement {
  const made = element(name, className);
  made.textContent = text;
  return made;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}
