/** HTML to Markdown's tree: for HTML files, for what Word becomes, and for HTML inside Markdown. Nothing is executed. */

import type { Element, RootContent as HastContent, Nodes as HastNodes, Root as HastRoot } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { defaultHandlers, toMdast } from 'hast-util-to-mdast';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { CannotImport } from './source.ts';
import { addressSaid } from './words.ts';

/** Elements that say nothing to a reader: programs, styles, what browsers without something show. */
const silent: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'link',
  'meta',
  'base',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'head',
]);
// What makes a table a layout and no table: a cell of Markdown's tables holds one line of words.
const tooMuchForCell: ReadonlySet<string> = new Set([
  'ul',
  'ol',
  'dl',
  'table',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
]);
const inLine: ReadonlySet<string> = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var'.split(
    ' ',
  ),
);
/** Names of HTML elements; anything else between < and > is a placeholder that a person wrote. */
export const elementNames: ReadonlySet<string> = new Set([
  ...Object.keys(defaultHandlers),
  'html',
  'body',
  'head',
  'script',
  'style',
]);

/** Parses HTML; scripts and handlers stay text that nobody runs. */
export function parseHtml(text: string, fragment: boolean): HastRoot {
  return fromHtml(text, { fragment });
}

/**
 * The tree of HTML as Markdown's. What is silent is taken out, a table that is a layout is unrolled in the order of
 * reading.
 */
export function markdownOf(html: HastRoot): Root {
  try {
    const result = toMdast(
      { type: 'root', children: html.children.flatMap((child) => prepared(child)) },
      { document: true },
    );
    return result.type === 'root' ? result : { type: 'root', children: [result as Root['children'][number]] };
  } catch (fault) {
    if (fault instanceof RangeError) throw new CannotImport('Its elements nest too deeply to be read.');
    throw fault;
  }
}

function prepared(node: HastContent): HastContent[] {
  if (node.type === 'comment' || node.type === 'doctype') return [];
  if (node.type !== 'element') return [node];
  if (silent.has(node.tagName)) return [];
  const children = node.children.flatMap((child) => prepared(child as HastContent)) as Element['children'];
  if (node.tagName === 'table' && holds(children, tooMuchForCell)) return unrolled(children);
  return [{ ...node, children }];
}

function holds(nodes: readonly HastNodes[], names: ReadonlySet<string>): boolean {
  return nodes.some(
    (node) => node.type === 'element' && (names.has(node.tagName) || holds(node.children as HastNodes[], names)),
  );
}

/** The cells of a table one after the other, each a part of its own. */
function unrolled(nodes: Element['children']): HastContent[] {
  return nodes.flatMap((node): HastContent[] => {
    if (node.type !== 'element') return [node];
    if (['thead', 'tbody', 'tfoot', 'tr', 'caption'].includes(node.tagName)) return unrolled(node.children);
    return [{ ...node, tagName: 'div', properties: {} }];
  });
}

/**
 * Where one heading is marked as the title (`h1.title`, as pandoc and our reading of Word do), the others go down a
 * level: programs write the title and the parts below it with the same element.
 */
export function lowerBelowTitle(html: HastRoot): void {
  const headings: Element[] = [];
  visit(html, 'element', (node: Element) => {
    if (/^h[1-6]$/.test(node.tagName)) headings.push(node);
  });
  const title = headings.find(
    (node) => node.tagName === 'h1' && asList(node.properties['className']).includes('title'),
  );
  if (!title || title !== headings[0]) return;
  for (const node of headings.slice(1)) node.tagName = `h${Math.min(6, Number(node.tagName[1]) + 1)}`;
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** All that HTML says to a reader, independent of how it is converted. */
export function htmlSays(node: HastNodes): string {
  const said = { text: [] as string[], apart: [] as string[] };
  say(node, said);
  return `${said.text.join('')}\n${said.apart.join('\n')}`;
}

function say(node: HastNodes, said: { text: string[]; apart: string[] }): void {
  if (node.type === 'text') said.text.push(node.value);
  if (node.type === 'root') for (const child of node.children) say(child, said);
  if (node.type !== 'element' || silent.has(node.tagName)) return;
  const { alt, href, src } = node.properties;
  const isImage = node.tagName === 'img';
  if (node.tagName === 'a' && typeof href === 'string') said.apart.push(addressSaid(href));
  if (isImage && typeof src === 'string') said.apart.push(addressSaid(src));
  const edge = node.tagName === 'a' ? ' ' : inLine.has(node.tagName) ? '' : '\n';
  said.text.push(edge, isImage && typeof alt === 'string' ? alt : '');
  for (const child of node.children) say(child, said);
  said.text.push(edge);
}

/** How many elements of a name there are. */
export function countElements(node: HastNodes, name: string): number {
  const own = node.type === 'element' && node.tagName === name ? 1 : 0;
  return 'children' in node ? node.children.reduce((sum, child) => sum + countElements(child, name), own) : own;
}
