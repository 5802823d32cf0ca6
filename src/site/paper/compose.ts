/**
 * Built pages of the site as parts of one document for paper. Nothing is drawn a second time: what a page says is
 * taken from it, its ids get a prefix of their own, and links lead to other parts or nowhere.
 */

import type { Element, ElementContent, Properties, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { SKIP, visit } from 'unist-util-visit';
import type { BinderPart } from './selection.ts';

/** A page of the site, taken apart. */
export interface SitePage {
  title: string;
  /** What stands in `main`. */
  children: ElementContent[];
  /** Classes of `main`, by which views are laid out. */
  className: string[];
  /** Addresses of the style sheets, in order. */
  sheets: string[];
}

// What print hides anyway: it would only make the document larger.
const screenOnly = [
  'script',
  'style',
  'link',
  'dialog',
  'template',
  'noscript',
  'search',
  '.rail',
  '.home-incident',
  '.tick-tools',
  '.fill-in',
  '.copy',
  '.copy-words',
  '.library-kinds',
  '.worksheet > .screen',
  '.worksheet > .no-script',
  '.worksheet-form',
].join(', ');

/** Takes a built page apart, without what only a screen needs. */
export function readPage(html: string): SitePage {
  const tree = fromHtml(html);
  const main = select('main', tree);
  const sheets = selectAll('link[rel="stylesheet"]', tree).map((link) => String(link.properties['href']));
  if (main) without(main, screenOnly);
  const heading = main && (select('h1', main) ?? select('.sheet-title', main));
  return {
    title: heading ? textOf(heading) : '',
    children: main?.children ?? [],
    className: classesOf(main),
    sheets,
  };
}

/**
 * Puts the versions of a document where its page leads to them: on paper nobody can follow. A page that leads to none stays
 * as it is.
 *
 * @param address of the page of its history, as the page names it
 * @param read gives that page
 * @param most how many versions are told, the newest
 * @param older says how many are not
 */
export async function tellHistory(
  page: SitePage,
  address: string,
  read: () => Promise<SitePage>,
  most: number,
  older: (count: number) => string,
): Promise<void> {
  const place = selectAll('.standing dd', h('div', page.children)).find(
    (line) => select('a', line)?.properties['href'] === address,
  );
  if (!place) return;
  const versions = selectAll('.versions > .version', h('div', (await read()).children));
  if (versions.length === 0) return;
  const lines = versions.slice(0, most).map((version) => {
    const words = (selector: string) => {
      const found = select(selector, version);
      return found ? textOf(found) : '';
    };
    const [day, who, why, id] = ['time', '.version-by', '.version-why', '.version-id'].map(words);
    return h('li', [h('span.paper-day', day), ` ${why} (${id}, ${who})`]);
  });
  const rest = versions.length - lines.length;
  place.children = [h('ul.paper-versions', [...lines, ...(rest > 0 ? [h('li', older(rest))] : [])])];
}

/** Where the parts of a document for paper are, and how pages are numbered in it. */
export interface PaperFrame {
  /** Names of the parts by the path of their page. */
  parts: ReadonlyMap<string, string>;
  /** Path under which the site was built, with a slash at both ends. */
  base: string;
  /** Draws the page on which an id stands. */
  pageOf: (id: string) => ElementContent[];
  /** Names an action that stands in full elsewhere, before its page. */
  inFull: string;
}

const references = ['htmlFor', 'ariaLabelledBy', 'ariaDescribedBy', 'ariaControls', 'headers'];

/** A page as a part of a document for paper. */
export function paperPart(part: BinderPart, page: SitePage, frame: PaperFrame): Element {
  const prefix = `${part.name}--`;
  const ids = idsOf(page.children);
  const body = h('div', { className: page.className }, page.children);
  if (part.ownSteps) foldOthers(body, part.ownSteps);
  if (part.actionsElsewhere) foldActions(body, frame.inFull);
  if (part.document?.kind === 'action') without(body, '.document-end');
  visit(body, 'element', (element, index, parent) => {
    const { properties } = element;
    if (properties['id']) properties['id'] = prefix + String(properties['id']);
    for (const name of references) if (properties[name]) properties[name] = withPrefix(properties[name], prefix);
    if (element.tagName === 'details') properties['open'] = true;
    delete properties['loading'];
    delete properties['tabIndex'];
    if (element.tagName !== 'a' || typeof properties['href'] !== 'string') return undefined;
    const target = targetOf(properties['href'], part, ids, frame);
    // A number leads to itself, which is of use on a screen alone.
    if (target === undefined || classesOf(element).includes('step-number')) delete properties['href'];
    else properties['href'] = target.href;
    if (!target?.elsewhere || !parent || index === undefined) return undefined;
    parent.children.splice(index + 1, 0, ...(frame.pageOf(target.elsewhere) as never[]));
    return index + 2;
  });
  asHeading(body);
  return h('section.paper-part', { id: part.name, className: classesOfPart(part) }, [body]);
}

/** A whole document for paper. It asks for style sheets, typefaces and images of the site, and for nothing else. */
export function paperDocument(
  { title, language }: { title: string; language: string },
  sheets: readonly string[],
  children: ElementContent[],
): string {
  const policy = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'";
  const root: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      h('html', { lang: language }, [
        h('head', [
          h('meta', { charSet: 'utf-8' }),
          h('meta', { httpEquiv: 'Content-Security-Policy', content: policy }),
          h('title', title),
          ...sheets.map((href) => h('link', { rel: 'stylesheet', href })),
        ]),
        h('body.paper', children),
      ]),
    ],
  };
  return toHtml(root, { closeSelfClosing: false });
}

/** The words of an element, in one line. */
export function textOf(element: Element): string {
  const words: string[] = [];
  visit(element, 'text', ({ value }) => {
    words.push(value);
  });
  return words.join('').replace(/\s+/g, ' ').trim();
}

/** The classes of an element. */
export function classesOf(element: Element | undefined): string[] {
  const names = element?.properties['className'];
  return Array.isArray(names) ? names.map(String) : [];
}

const classesOfPart = ({ name, document }: BinderPart) => [
  `paper-${name}`,
  ...(document ? [`paper-${document.kind}`] : []),
];

function idsOf(children: ElementContent[]): Set<string> {
  const ids = new Set<string>();
  visit({ type: 'root', children } as Root, 'element', ({ properties }) => {
    if (properties['id']) ids.add(String(properties['id']));
  });
  return ids;
}

function withPrefix(value: Properties[string], prefix: string): string[] {
  const names = Array.isArray(value) ? value.map(String) : String(value).split(/\s+/);
  return names.map((name) => prefix + name);
}

/** Where a link of a part leads on paper: to another place of it, to another part, out of the plan, or nowhere. */
function targetOf(
  href: string,
  part: BinderPart,
  ids: ReadonlySet<string>,
  { parts, base }: PaperFrame,
): { href: string; elsewhere?: string } | undefined {
  if (href.startsWith('#')) return ids.has(href.slice(1)) ? { href: `#${part.name}--${href.slice(1)}` } : undefined;
  if (!href.startsWith('/')) return { href };
  const [path = '', id] = href.slice(base.length).split('#');
  const name = parts.get(path);
  if (name === undefined) return undefined;
  const target = id ? `${name}--${id}` : name;
  return name === part.name ? { href: `#${target}` } : { href: `#${target}`, elsewhere: target };
}

/** The title of a sheet becomes the heading that it is, so that bookmarks and tags name it. */
function asHeading(body: Element): void {
  const title = select('.sheet-title', body);
  if (title && !select('h1', body)) title.tagName = 'h1';
}

/** Steps of others are told in a line: number, instruction and who does it. */
function foldOthers(body: Element, own: ReadonlySet<string>): void {
  for (const step of selectAll('.chapter:not(.first-minutes) .step', body)) {
    if (own.has(String(step.properties['id'] ?? ''))) continue;
    step.properties['className'] = [...classesOf(step), 'step-other'];
    step.children = step.children.filter(
      (child) => child.type === 'element' && ['step-head', 'marks'].some((name) => classesOf(child).includes(name)),
    );
    const marks = select('.marks', step);
    if (marks) marks.children = marks.children.filter((mark) => classesOf(mark as Element).includes('mark-role'));
  }
}

/** An action is told by its parts and by what is dangerous in them; how each is done stands once in the binder. */
function foldActions(body: Element, inFull: string): void {
  const keep = (children: ElementContent[], names: readonly string[]) =>
    children.filter((child) => child.type === 'element' && names.some((name) => classesOf(child).includes(name)));
  for (const how of selectAll('.step-action .step-how', body)) {
    how.children = keep(how.children as ElementContent[], ['step-here', 'parts', 'caution', 'step-source']);
    for (const parts of selectAll('.parts', how))
      parts.children = keep(parts.children as ElementContent[], ['part', 'part-left-out', 'caution']);
    for (const one of selectAll('.part', how))
      one.children = keep(one.children as ElementContent[], ['part-instruction', 'marks', 'caution']);
    for (const source of selectAll('.step-source a', how)) source.children = [{ type: 'text', value: inFull }];
  }
}

/** Takes away what a selector names. */
export function without(element: Element, selector: string): void {
  const gone = new Set<unknown>(selectAll(selector, element));
  if (gone.size === 0) return;
  visit(element, (node, index, parent) => {
    if (!gone.has(node) || !parent || index === undefined) return undefined;
    parent.children.splice(index, 1);
    return [SKIP, index];
  });
}
