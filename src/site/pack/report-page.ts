/**
 * A page of the built site as one file that needs nothing else: for an audit pack, which is read without the site. What
 * a browser says of the day on the site is said here for the day of the report.
 */
import { hash } from 'node:crypto';
import type { Element, ElementContent, Root } from 'hast';
import { select, selectAll } from 'hast-util-select';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { visit } from 'unist-util-visit';
import { classesOf, readPage, type SitePage, without } from '../paper/compose.ts';
import type { BuiltSite } from './built-site.ts';
import { pathInSite, wholeSheet } from './sheets.ts';

export interface ReportFrame {
  /** The day of the report, as 2026-11-24. */
  day: string;
  /** Which version this is. */
  version: string;
  /** What is said of the day in the place of `.by-browser`. */
  dayInWords: string;
  /** How much of a section was overdue on that day. */
  overdueInWords: (count: number) => string;
  /** Where a page or file of the site is found in the pack: an anchor or a file; undefined for nowhere. */
  addressOf: (path: string) => string | undefined;
}

/** Reads a page of a built site. */
export function pageIn({ files }: BuiltSite, path: string): SitePage {
  const html = files.get(`${path}index.html`);
  if (!html) throw new Error(`The site has no page ${path}`);
  return readPage(html.toString('utf8'));
}

/** Settles in the contents of a page what is left to the browser, and where its links lead. */
export function settled({ children }: SitePage, site: BuiltSite, frame: ReportFrame): ElementContent[] {
  const body = h('div', children);
  markOverdue(body, frame.day);
  countOverdue(body, frame.overdueInWords);
  for (const place of selectAll('.by-browser', body)) place.children = [{ type: 'text', value: frame.dayInWords }];
  for (const stamp of selectAll('.stamp', body)) {
    stamp.properties = {};
    stamp.children = [{ type: 'text', value: frame.version }];
  }
  for (const fold of selectAll('details', body)) fold.properties['open'] = true;
  for (const link of selectAll('a[href]', body)) {
    const href = String(link.properties['href']);
    // What begins with a name of its own lies outside of the site, or on this page.
    if (!href.startsWith('/')) continue;
    const [path = '', anchor] = href.slice(site.base.length).split('#');
    const found = frame.addressOf(anchor === undefined ? path : `${path}#${anchor}`);
    if (found !== undefined) link.properties['href'] = found;
    else {
      link.tagName = 'span';
      link.properties = { className: ['led-elsewhere'] };
    }
  }
  // A line that did nothing but lead somewhere says nothing, and what is typed needs a script.
  for (const line of selectAll('.page-head > .kind, .facts > dd', body)) {
    const [only, ...others] = line.children;
    if (others.length === 0 && only?.type === 'element' && classesOf(only).includes('led-elsewhere'))
      line.properties['className'] = ['nothing-left'];
  }
  without(body, '.nothing-left, [data-typed]');
  return body.children as ElementContent[];
}

/** As `client/overdue.ts` does it. */
function markOverdue(body: Element, day: string): void {
  visit(body, 'element', (element, index, parent) => {
    const { dateTime, dataDue } = element.properties;
    if (element.tagName !== 'time' || dataDue === undefined || !parent || index === undefined) return undefined;
    delete element.properties['dataDue'];
    if (String(dateTime) >= day) return undefined;
    parent.children.splice(index + 1, 0, { type: 'text', value: ' ' }, h('span.tag.tag-overdue', String(dataDue)));
    return index + 3;
  });
}

/** As `client/overdue-count.ts` does it. */
function countOverdue(body: Element, inWords: ReportFrame['overdueInWords']): void {
  for (const place of selectAll('[data-overdue-of]', body)) {
    const section = select(`#${String(place.properties['dataOverdueOf'])}`, body);
    const count = section ? selectAll('.tag-overdue', section).length : 0;
    place.properties = count > 0 ? { className: place.properties['className'] } : { hidden: true };
    place.children = count > 0 ? [{ type: 'text', value: inWords(count) }] : [];
  }
}

/**
 * A whole document that asks for nothing.
 *
 * @param sheets addresses of style sheets of the site, as its pages name them
 */
export function wholeDocument(
  site: BuiltSite,
  title: string,
  sheets: Iterable<string>,
  className: readonly string[],
  children: ElementContent[],
): string {
  const styles = [...new Set(sheets)]
    .flatMap((address) => pathInSite(address, '', site.base) ?? [])
    .filter((path) => !path.endsWith('/stamp.css'))
    .map((path) =>
      wholeSheet(path, site)
        .replace(/<(?=\/style)/gi, '\\3c ')
        .trim(),
    );
  const source = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`;
  const policy = `default-src 'none'; style-src ${styles.map(source).join(' ')}; font-src data:; img-src data:; form-action 'none'; base-uri 'none'`;
  const root: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      h('html', { lang: site.language }, [
        h('head', [
          h('meta', { charSet: 'utf-8' }),
          h('meta', { httpEquiv: 'Content-Security-Policy', content: policy }),
          h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
          h('meta', { name: 'referrer', content: 'no-referrer' }),
          h('meta', { name: 'color-scheme', content: 'light dark' }),
          h('title', title),
          ...styles.map((css) => h('style', css)),
        ]),
        h('body', [h('main', { id: 'main', className: [...className] }, children)]),
      ]),
    ],
  };
  return `${toHtml(root, { closeSelfClosing: false })}\n`;
}
