/** A search field at work: what is typed, which filters hold, what was found, and which hit is chosen. */
import { type InterfaceText, interfaceText } from '../../model/interface-text.ts';
import sheet from '../styles/search-hits.css?url';
import { type FilterName, type Filters, type Found, loadSearch, type Search } from './search-engine.ts';
import { drawHits } from './search-hits.ts';

const filterNames: readonly FilterName[] = ['kind', 'phase', 'priority'];
// Long enough that a fast typist does not search every letter, short enough not to be felt. Where a search takes long, and
// would hold up the keys that come meanwhile, it waits until nobody types: somebody in a hurry takes 200 ms for a key.
const pause = { least: 60, most: 240, share: 0.5 };
// A search that takes no longer than this, in milliseconds, needs no pause and nothing to look at meanwhile: where so
// many in a row took no longer. One alone may have met words that it knew already.
const quick = { below: 40, inARow: 3 };
// When one that should have been quick is not: it met a word whose part of the index had to be fetched.
const patience = 30;

let loading: Promise<Search> | undefined;

/** Makes a panel work. It may hold text already, from the address or typed while this was loading. */
export async function startPanel(panel: HTMLElement, base: string): Promise<void> {
  const text = interfaceText(document.documentElement.lang);
  const status = panel.querySelector<HTMLElement>('[data-search-status]') as HTMLElement;
  const found = panel.querySelector<HTMLElement>('[data-search-found]') as HTMLElement;
  const field = panel.querySelector<HTMLInputElement>('input[name="q"]') as HTMLInputElement;
  const isPage = panel.dataset['search'] === 'page';
  addSheet();
  if (isPage) field.value = new URLSearchParams(location.search).get('q') ?? field.value;
  try {
    status.textContent = field.value ? text.find.loading : '';
    loading ??= loadSearch(base);
    const search = await loading;
    run({ panel, field, status, found, base, text, search, isPage });
  } catch (reason) {
    loading = undefined;
    sayFailed(status, base, text);
    throw reason;
  }
}

/** How hits look. Written out here: shared with what an incident loads, it would cost every runbook a file more. */
function addSheet(): void {
  // The one-file copy holds it already.
  if (document.querySelector(`style[data-late="${CSS.escape(sheet)}"], link[href="${CSS.escape(sheet)}"]`)) return;
  document.body.prepend(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: sheet }));
}

/** What could not be loaded is tried again by the next search. */
function sayFailed(status: HTMLElement, base: string, text: InterfaceText): void {
  const link = document.createElement('a');
  link.href = `${base}library/`;
  link.textContent = text.library;
  status.replaceChildren(`${text.find.failed} `, link);
}

interface Panel {
  panel: HTMLElement;
  field: HTMLInputElement;
  status: HTMLElement;
  found: HTMLElement;
  base: string;
  text: InterfaceText;
  search: Search;
  isPage: boolean;
}

function run(at: Panel): void {
  const { panel, field, status, found, text, search, isPage } = at;
  const isDialog = panel.dataset['search'] === 'dialog';
  const selects = addFilters(at);
  // Each text that is asked for has a number: what is found for an older one is not shown any more.
  let latest = 0;
  let shown = 0;
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  let links: HTMLAnchorElement[] = [];
  let chosen = -1;
  let upToDate = false;
  // Whether somebody chose a hit with the arrows: it stays chosen when the rest is found.
  let hasChosen = false;
  let isScrolled = false;
  // How many searches in a row were quick, and how long the last one took.
  let quickOnes = 0;
  let cost = 0;

  const filters = (): Filters => {
    const set: Filters = {};
    for (const [name, select] of selects) if (select.value) set[name] = select.value;
    return set;
  };

  const choose = (index: number) => {
    links[chosen]?.setAttribute('aria-selected', 'false');
    chosen = links.length === 0 ? -1 : (index + links.length) % links.length;
    const link = links[chosen];
    if (!link) return field.removeAttribute('aria-activedescendant');
    link.setAttribute('aria-selected', 'true');
    field.setAttribute('aria-activedescendant', link.id);
    // The first of a list that nobody has scrolled is in sight: asking where it stands would hold up the first hits.
    if (chosen > 0 || isScrolled) link.scrollIntoView({ block: 'nearest' });
  };

  const find = async (mine = ++latest) => {
    const typed = field.value.trim();
    // What was to be searched later is searched now.
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    frame = 0;
    running?.abort();
    if (isPage) remember(typed, filters(), text);
    if (typed === '') {
      links = [];
      found.removeAttribute('aria-busy');
      found.replaceChildren();
      status.textContent = '';
      if (isDialog) field.setAttribute('aria-expanded', 'false');
      choose(-1);
      return;
    }
    const begun = performance.now();
    running = new AbortController();
    const first = shown === mine ? {} : { first: (some: Found) => showFirst(some, typed, mine) };
    const result = await search.find(typed, filters(), { ...first, signal: running.signal }).catch(() => undefined);
    // A slow answer to an older question must not replace the newer one.
    if (mine !== latest) return;
    if (!result) return sayFailed(status, at.base, text);
    shown = mine;
    status.textContent = told(result, text);
    show(result, typed);
    found.removeAttribute('aria-busy');
    upToDate = true;
    // What stood in memory says nothing of those that have to ask.
    if (result.understood.terms.length === 0) return;
    cost = performance.now() - begun;
    quickOnes = cost < quick.below ? quickOnes + 1 : 0;
  };

  const show = (result: Found, typed: string) => {
    const before = hasChosen ? links[chosen]?.href : undefined;
    links = drawHits(result, {
      found,
      base: at.base,
      text,
      search,
      asOptions: isDialog,
      query: addressOf(at.base, typed, filters()),
    });
    if (isDialog) field.setAttribute('aria-expanded', String(links.length > 0));
    // The best hit is chosen at once: Enter opens it.
    const again = links.findIndex(({ href }) => href === before);
    if (isDialog) choose(Math.max(0, again));
  };

  /** What is surely meant stands there before everything was searched: once for each text, so that nothing jumps. */
  const showFirst = (some: Found, typed: string, mine: number) => {
    if (mine !== latest || shown === mine || some.pages.length === 0) return;
    shown = mine;
    show(some, typed);
    found.setAttribute('aria-busy', 'true');
  };

  const glance = (mine: number) => {
    const typed = field.value.trim();
    if (typed !== '' && shown !== mine) showFirst(search.glance(typed, filters()), typed, mine);
  };

  const later = () => {
    upToDate = false;
    hasChosen = false;
    clearTimeout(timer);
    running?.abort();
    const mine = ++latest;
    if (quickOnes >= quick.inARow) {
      void find(mine);
      timer = setTimeout(() => glance(mine), patience);
    } else if (frame === 0) {
      glance(mine);
      frame = requestAnimationFrame(searchAfterFrame);
    }
    // Else keys come faster than frames: the next one shows what the last of them means, and none waits for the others.
  };

  const searchAfterFrame = () => {
    frame = 0;
    const mine = latest;
    glance(mine);
    // Counted from the frame: on a slow processor the pause is over before what was found at a glance is painted.
    const wait = Math.min(pause.most, Math.max(pause.least, cost * pause.share));
    timer = setTimeout(() => void find(mine), wait);
  };

  // It tells of every place but the top, also where hits that were many became few.
  found.addEventListener('scroll', () => {
    isScrolled = found.scrollTop > 0;
  });

  if (isDialog) {
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', 'search-hits');
    field.setAttribute('aria-expanded', 'false');
  }
  field.addEventListener('input', later);
  for (const select of selects.values()) select.addEventListener('change', () => void find());

  panel.querySelector('form')?.addEventListener('submit', (event) => {
    if (isPage) {
      event.preventDefault();
      void find();
    }
  });

  panel.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (
      event.isComposing ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey ||
      (event.target as Element).matches('select')
    )
      return;
    if (isDialog) {
      if (event.target !== field) return;
      if (step !== 0) {
        event.preventDefault();
        hasChosen = true;
        choose(chosen + step);
      } else if (event.key === 'Enter' && field.value.trim() !== '') {
        event.preventDefault();
        if (upToDate) links[chosen]?.click();
        // What was typed since the last search is not yet what is shown.
        else void find().then(() => links[chosen]?.click());
      }
    } else if (step !== 0) {
      const place = links.indexOf(event.target as HTMLAnchorElement);
      if (place < 0 && event.target !== field) return;
      event.preventDefault();
      if (place + step < 0) field.focus();
      else links[Math.min(place + step, links.length - 1)]?.focus();
    } else if (event.key === 'Escape' && event.target !== field) field.focus();
  });

  if (isDialog) {
    // A hit on this very page does not load another one: the dialog must go.
    found.addEventListener('click', (event) => {
      const link = (event.target as Element).closest('a');
      if (link?.pathname === location.pathname) panel.closest('dialog')?.close();
    });
  }

  if (isPage) {
    const asked = new URLSearchParams(location.search);
    for (const [name, select] of selects) select.value = asked.get(name) ?? '';
    addEventListener('popstate', () => {
      const back = new URLSearchParams(location.search);
      field.value = back.get('q') ?? '';
      for (const [name, select] of selects) select.value = back.get(name) ?? '';
      void find();
    });
  }
  const begin = ++latest;
  glance(begin);
  void find(begin);
}

/** What to read out: how much was found, and how the text was understood. */
function told({ pages, understood, more }: Found, { find }: InterfaceText): string {
  const hits = pages.reduce((sum, page) => sum + page.parts.length + (page.page ? 1 : 0), 0);
  return [
    hits === 0 ? find.nothing : more ? find.best(hits, pages.length) : find.found(hits, pages.length),
    ...understood.repaired.map(({ typed, instead }) => find.instead(typed, instead)),
    ...(understood.dropped.length > 0 ? [find.dropped(understood.dropped.join(', '))] : []),
  ].join(' ');
}

function addFilters({ panel, search, text }: Panel): Map<FilterName, HTMLSelectElement> {
  const box = panel.querySelector<HTMLElement>('[data-search-filters]') as HTMLElement;
  const selects = new Map<FilterName, HTMLSelectElement>();
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', text.find.filters);
  for (const name of filterNames) {
    const label = document.createElement('label');
    label.textContent = text.find.filter[name];
    const select = document.createElement('select');
    select.dataset['filter'] = name;
    select.autocomplete = 'off';
    select.append(
      new Option(text.find.anyOf[name], ''),
      ...search.file.facets[name].map(([id, title]) => new Option(title, id)),
    );
    label.append(select);
    box.append(label);
    selects.set(name, select);
  }
  box.hidden = false;
  return selects;
}

function addressOf(base: string, typed: string, filters: Filters): string {
  return `${base}search/?${new URLSearchParams({ q: typed, ...filters })}`;
}

/** The address of the page names what it shows, so that it can be sent to somebody. */
function remember(typed: string, filters: Filters, text: InterfaceText): void {
  const query = new URLSearchParams(typed ? { q: typed, ...filters } : {}).toString();
  if (location.search.replace('?', '') !== query)
    history.replaceState(null, '', query ? `?${query}` : location.pathname);
  const plan = document.documentElement.dataset['plan'] ?? '';
  document.title = [typed ? text.find.titleOf(typed) : text.search, plan].filter(Boolean).join(' · ');
}
