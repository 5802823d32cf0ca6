/** Starts a copy of the plan that is one file: opens what it holds, and goes where its address says. */
import { type Archive, openArchive, openedLater } from './archive.ts';
import { watchLifetimes } from './lifetime.ts';
import { createLinks } from './links.ts';
import { createPages } from './pages.ts';
import { decoded, fragmentOf, isSamePage, type Place, placeOfAddress, placeOfFragment } from './places.ts';
import { dataIds, type PackGlobal, type PackSettings, packGlobal } from './settings.ts';

const native = { location, history };
const settings = JSON.parse(textOf(dataIds.settings)) as PackSettings;
const { base } = settings;
const pack = (globalThis as unknown as Record<string, PackGlobal>)[packGlobal] as PackGlobal;

/** Opens what is not whole only in this way: whoever reads is told. */
function whole<T>(open: () => T): T {
  try {
    return open();
  } catch (reason) {
    document.body.textContent = settings.words.damaged;
    throw reason;
  }
}

// The first page takes the place of the elements that hold it.
const packedPlan = textOf(dataIds.plan);
const plan = openedLater(
  whole(() => openArchive(textOf(dataIds.home))),
  () => whole(() => openArchive(packedPlan)),
);
start(plan, textOf(dataIds.search));
// Home is read meanwhile, and what somebody chooses there is at hand.
requestAnimationFrame(() => setTimeout(() => plan.has('')));

function textOf(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

function start(archive: Archive, packedSearch: string): void {
  answerFetches(archive, packedSearch);
  const links = createLinks(archive, base);
  let present: Place = { path: '', query: '', anchor: '' };
  /** The address that is shown: what the browser says afterwards is news when it differs. */
  let shown = '';

  const setAddress = (place: Place, state: unknown = native.history.state) => {
    present = place;
    native.history.replaceState(state, '', fragmentOf(place));
    shown = native.location.href;
  };
  /** Goes to a part as the browser itself does: it opens what is folded, scrolls, and marks the target for the style sheet. */
  const goToPart = (place: Place) => {
    const { state } = native.history;
    native.location.replace(`#${encodeURIComponent(place.anchor)}`);
    setAddress(place, state);
  };
  const go = (address: string, replace = false) => {
    const place = placeOfAddress(address, present, base);
    const target = place ? fragmentOf(place) : address;
    if (replace) native.location.replace(target);
    else native.location.assign(target);
  };
  const show = (place: Place, first = false) => {
    setAddress(place);
    pages.show(place);
    const { scrolled } = stateOf();
    if (scrolled !== undefined) scrollTo({ top: scrolled, behavior: 'instant' });
    else if (place.anchor !== '') goToPart(place);
    else if (!first) {
      scrollTo({ top: 0, behavior: 'instant' });
      // A new page is read from its beginning; scripts may have put the cursor into a field.
      if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
    }
  };
  const follow = () => {
    if (native.location.href === shown) return;
    const place = placeOfFragment(native.location.hash);
    // A part of this page, where the browser has gone by itself: the address says of which page.
    if (!place) return setAddress({ ...present, anchor: decoded(native.location.hash.slice(1)) });
    if (!isSamePage(place, present)) return show(place);
    for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) dialog.close();
    const { scrolled } = stateOf();
    setAddress(place);
    if (scrolled !== undefined) scrollTo({ top: scrolled, behavior: 'instant' });
    else if (place.anchor === '') scrollTo({ top: 0, behavior: 'instant' });
    else goToPart(place);
  };

  const pages = createPages(archive, links, settings, pack, {
    location: locationFor(() => present, go),
    history: historyFor(() => present, setAddress),
  });

  keepScrollPlaces();
  addEventListener('hashchange', follow);
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.('a');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const place = link.getAttribute('href')?.startsWith('#/') ? placeOfFragment(link.hash) : undefined;
    // The address does not change, so nothing else would happen: the reader wants to see that part again.
    if (place && place.anchor !== '' && fragmentOf(place) === fragmentOf(present)) {
      event.preventDefault();
      for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) dialog.close();
      goToPart(place);
    }
  });
  document.addEventListener('submit', (event) => {
    const target = event.defaultPrevented ? undefined : links.targetOf(event.target as HTMLFormElement, present);
    if (!target) return;
    event.preventDefault();
    native.location.assign(fragmentOf(target));
  });
  watchLifetimes();

  const asked = placeOfFragment(native.location.hash);
  show(asked ?? { path: '', query: '', anchor: decoded(native.location.hash.slice(1)) }, true);
}

interface PackState {
  /** How far the page was scrolled when it was left, in CSS pixels. */
  scrolled?: number;
  /** What a script of the site has put into the history. */
  state?: unknown;
}

function stateOf(): PackState {
  return (native.history.state as PackState | null) ?? {};
}

/** The browser restores how far a page was scrolled before its content is there: the copy does it itself. */
function keepScrollPlaces(): void {
  native.history.scrollRestoration = 'manual';
  const keep = () => native.history.replaceState({ ...stateOf(), scrolled: scrollY }, '');
  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener(
    'scroll',
    () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 100);
    },
    { passive: true },
  );
  // Before the browser follows a link.
  document.addEventListener('click', keep, { capture: true });
  addEventListener('pagehide', (event) => {
    if (event.isTrusted) keep();
  });
}

/** What scripts of the site see as `location`. */
function locationFor(present: () => Place, go: (address: string, replace?: boolean) => void): object {
  const path = () => base + present().path;
  const hash = () => (present().anchor === '' ? '' : `#${encodeURIComponent(present().anchor)}`);
  return {
    get pathname() {
      return path();
    },
    get search() {
      return present().query;
    },
    get hash() {
      return hash();
    },
    set hash(value: string) {
      native.location.hash = value;
    },
    get href() {
      return native.location.href;
    },
    set href(value: string) {
      go(value);
    },
    get origin() {
      return native.location.origin;
    },
    get protocol() {
      return native.location.protocol;
    },
    get host() {
      return native.location.host;
    },
    get hostname() {
      return native.location.hostname;
    },
    assign: (value: string) => go(value),
    replace: (value: string) => go(value, true),
    reload: () => native.location.reload(),
    toString: () => native.location.href,
  };
}

/** What scripts of the site see as `history`. */
function historyFor(present: () => Place, setAddress: (place: Place, state?: unknown) => void): object {
  const placeFor = (address: string | null | undefined) =>
    address == null ? present() : (placeOfAddress(address, present(), base) ?? present());
  return {
    get state() {
      return stateOf().state ?? null;
    },
    get length() {
      return native.history.length;
    },
    get scrollRestoration() {
      return native.history.scrollRestoration;
    },
    replaceState: (state: unknown, _title: string, address?: string | null) =>
      setAddress(placeFor(address), { ...stateOf(), state }),
    pushState: (state: unknown, _title: string, address?: string | null) => {
      const place = placeFor(address);
      native.history.pushState({ state }, '', fragmentOf(place));
      setAddress(place, { state });
    },
    back: () => native.history.back(),
    forward: () => native.history.forward(),
    go: (steps?: number) => native.history.go(steps),
  };
}

/** Answers what scripts ask the server for from what the copy holds. There is nothing else to ask. */
function answerFetches(archive: Archive, packedSearch: string): void {
  let packed: string | undefined = packedSearch;
  let search: Archive | undefined;
  // Opened by the first search: most readers come for one page.
  const opened = () => {
    if (packed !== undefined) search = openArchive(packed);
    packed = undefined;
    return search as Archive;
  };
  globalThis.fetch = async (input) => {
    const address = typeof input === 'object' && 'url' in input ? input.url : String(input);
    const place = placeOfAddress(address, { path: '', query: '', anchor: '' }, base);
    const path = place && decodeURI(place.path);
    const bytes = path === undefined ? undefined : (archive.bytes(path) ?? opened().bytes(path));
    return bytes ? new Response(bytes) : new Response(null, { status: 404 });
  };
}
