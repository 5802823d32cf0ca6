/** Shows a page of the site: its body, its style sheets, and its scripts as on a page that was just opened. */
import type { Archive } from './archive.ts';
import { endPage } from './lifetime.ts';
import type { Links } from './links.ts';
import { type Place, placeOfAddress } from './places.ts';
import type { PackGlobal, PackSettings } from './settings.ts';

/** What a script of the site finds instead of what the browser gives. */
export interface Surroundings {
  location: object;
  history: object;
}

export interface Pages {
  has: (path: string) => boolean;
  show: (place: Place) => void;
}

export function createPages(
  archive: Archive,
  links: Links,
  { base, day, words }: PackSettings,
  pack: PackGlobal,
  surroundings: Surroundings,
): Pages {
  const text = new TextDecoder();
  const sheets = [...document.querySelectorAll<HTMLStyleElement>('style[data-sheet]')];
  const fileOf = (path: string) => `${decodeURI(path)}index.html`;
  let watching: MutationObserver | undefined;

  const pathsOf = (page: Document, selector: string, attribute: string, place: Place): string[] =>
    [...page.querySelectorAll(selector)].map(
      (element) => placeOfAddress(element.getAttribute(attribute) ?? '', place, base)?.path ?? '',
    );

  return {
    has: (path) => archive.has(fileOf(path)),
    show: (place) => {
      const known = archive.bytes(fileOf(place.path));
      const page = new DOMParser().parseFromString(text.decode(known ?? archive.bytes('index.html')), 'text/html');
      const scripts = pathsOf(page, 'script[type="module"][src]', 'src', place);
      const wanted = new Set(pathsOf(page, 'link[rel="stylesheet"]', 'href', place));
      for (const element of page.querySelectorAll('script, link')) element.remove();
      links.settle(page, place);
      page.body.prepend(noteFor(words, day, known !== undefined));

      endPage();
      watching?.disconnect();
      document.title = page.title;
      replaceAttributes(document.documentElement, page.documentElement);
      for (const sheet of sheets) sheet.disabled = !wanted.has(sheet.dataset['sheet'] ?? '');
      document.body.replaceWith(document.adoptNode(page.body));
      watching = new MutationObserver((changes) => links.settleChanges(changes, place));
      watching.observe(document.body, { subtree: true, childList: true, attributeFilter: ['href'] });
      runScripts(scripts, pack, surroundings, base);
    },
  };
}

/** Says on every page that it is a copy, of which version, and how old. */
function noteFor(
  { copy, ages, still, noPage }: PackSettings['words'],
  day: string | undefined,
  known: boolean,
): HTMLElement {
  const note = document.createElement('p');
  note.className = 'pack-note';
  note.setAttribute('role', 'note');
  const days = day === undefined ? undefined : Math.max(0, Math.floor((Date.now() - Date.parse(day)) / 86_400_000));
  const age = days === undefined ? '' : `, ${(ages[days] ?? ages.at(-1) ?? '').replace('{days}', String(days))}`;
  const more = document.createElement('span');
  more.className = 'pack-note-more';
  more.textContent = ` ${still}`;
  note.append(known ? '' : `${noPage} `, `${copy}${age}.`, more);
  return note;
}

function replaceAttributes(element: HTMLElement, like: HTMLElement): void {
  for (const { name } of [...element.attributes]) if (!like.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of like.attributes) element.setAttribute(name, value);
}

/** Runs the scripts of a page, each with all that it imports anew, as a browser does for a page that it opens. */
function runScripts(
  paths: readonly string[],
  pack: PackGlobal,
  { location, history }: Surroundings,
  base: string,
): void {
  const exported = new Map<string, object>();
  const load = async (address: string) => {
    if (address === `${base}pagefind/pagefind.js`) return pack.pagefind;
    throw new Error(`${address} is not in this copy.`);
  };
  const run = (path: string): object => {
    const known = exported.get(path);
    if (known) return known;
    const module = pack.modules[path];
    if (!module) throw new Error(`${path} is not in this copy.`);
    const exports = {};
    // Before it runs: modules may import each other.
    exported.set(path, exports);
    module((name) => run(besides(path, name)), exports, location, history, load);
    return exports;
  };
  for (const path of paths)
    try {
      run(path);
    } catch (reason) {
      // One script that fails must not take the others with it.
      reportError(reason);
    }
}

/** Path of a module that another one names: `./rail.js`. */
function besides(path: string, name: string): string {
  return new URL(name, `https://plan.invalid/${path}`).pathname.slice(1);
}
