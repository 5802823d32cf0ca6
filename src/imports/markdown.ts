/** Markdown as other tools write it: with or without front matter, with HTML, footnotes and references. */

import { createRequire } from 'node:module';
import type { Definition, FootnoteDefinition, Html, ListItem, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { parse as parseYaml } from 'yaml';
import { elementNames, htmlSays, markdownOf, parseHtml } from './markup.ts';
import { CannotImport, decoded, placeOf, type Source } from './source.ts';
import { saidBy } from './words.ts';

const frontMatter = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const comment = /<!--([\s\S]*?)(?:-->|$)/g;

/** Reads a Markdown file. */
export function readMarkdown(path: string, bytes: Uint8Array): Source {
  const text = decoded(bytes);
  const front = frontMatter.exec(text);
  // Blanked, not cut, so that places are those of the file.
  const body = front ? front[0].replace(/[^\n]/g, ' ') + text.slice(front[0].length) : text;
  const tree = parse(body);
  const said = `${front?.[1] ?? ''}\n${saidBy(withHtmlAsText(tree))}`;
  const appendix: RootContent[] = [];
  resolveReferences(tree);
  settleHtml(tree, appendix);
  settleFootnotes(tree, appendix);
  const { title, properties } = propertiesOf(front?.[1]);
  return { path, tree, appendix, ...(title ? { title } : {}), properties, embedded: new Map(), said, left: [] };
}

function parse(text: string): Root {
  const require = createRequire(import.meta.url);
  const { default: remarkParse } = require('remark-parse') as typeof import('remark-parse');
  const { default: gfm } = require('remark-gfm') as typeof import('remark-gfm');
  try {
    return unified().use(remarkParse).use(gfm).parse(text);
  } catch (fault) {
    if (fault instanceof RangeError) throw new CannotImport('Its lists or quotations nest too deeply to be read.');
    throw fault;
  }
}

/** Front matter in words; one that is no YAML stays as the text that it is. */
function propertiesOf(yaml: string | undefined): Pick<Source, 'properties'> & { title?: string | undefined } {
  if (yaml === undefined) return { properties: [] };
  let data: unknown;
  try {
    data = parseYaml(yaml, { schema: 'core', logLevel: 'silent', maxAliasCount: 0 });
  } catch {
    return { properties: [['front matter', yaml]] };
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { properties: yaml.trim() ? [['front matter', yaml]] : [] };
  const title = (data as Record<string, unknown>)['title'];
  const comments = yaml.split('\n').filter((line) => /#/.test(line));
  const properties = Object.entries(data).map(([name, value]): [string, string] => [name, inWords(value)]);
  // Remarks of YAML, and values that YAML reads otherwise than they are written (2024-01-01, 0x10, ~), are kept as typed.
  const exact = properties.every(([, value]) => value === '' || yaml.includes(value)) && comments.length === 0;
  return {
    title: typeof title === 'string' ? title : undefined,
    properties: exact ? properties : [['front matter', yaml]],
  };
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, inner]) => `${name}: ${inWords(inner)}`)
      .join(', ');
  return String(value ?? '');
}

/** A copy in which HTML is the text that it shows: what the source says, before anything is converted. */
function withHtmlAsText(tree: Root): Root {
  const copy = structuredClone(tree);
  visit(copy, 'html', (node: Html) => {
    Object.assign(node, { type: 'text', value: textOfHtml(node.value) });
  });
  return copy;
}

function textOfHtml(value: string): string {
  const comments = [...value.matchAll(comment)].map((match) => match[1]).join('\n');
  const shown = htmlSays(parseHtml(withPlaceholders(value.replace(comment, ' ')), true));
  const tag = /^<\/?([a-z][a-z0-9]*)/i.exec(value)?.[1]?.toLowerCase() ?? '';
  // One tag of a pair among words says nothing and parts nothing; a line break does.
  const isOneTag = /^<[^<>]*>$/.test(value.trim());
  return tag === 'br' || !isOneTag || comments ? `${shown} ${comments} ` : shown.trim();
}

/** `<host>` is no element: what a person wrote as a placeholder is shown as it was typed. */
function withPlaceholders(html: string): string {
  return html.replace(/<(\/?)([A-Za-z][^\s/>]*)([^<>]*)>/g, (all, slash: string, name: string, rest: string) =>
    elementNames.has(name.toLowerCase()) ? all : `&lt;${slash}${name}${rest}&gt;`,
  );
}

/** Links and images by name take the address with them: parts of the document go to different places. */
function resolveReferences(tree: Root): void {
  const definitions = new Map<string, Definition>();
  const used = new Set<string>();
  visit(tree, 'definition', (node: Definition) => {
    if (!definitions.has(node.identifier)) definitions.set(node.identifier, node);
  });
  visit(tree, (node) => {
    if (node.type !== 'linkReference' && node.type !== 'imageReference') return;
    const definition = definitions.get(node.identifier);
    if (!definition) return;
    used.add(node.identifier);
    const { url, title } = definition;
    Object.assign(node, { type: node.type === 'linkReference' ? 'link' : 'image', url, title: title ?? null });
  });
  // An address that nothing uses is still something that the source says.
  replaceNodes(tree, (node) => {
    if (node.type !== 'definition') return undefined;
    if (definitions.get(node.identifier) === node && used.has(node.identifier)) return [];
    const { url, label, identifier, position } = node;
    const children: PhrasingContent[] = [
      { type: 'text', value: `${label ?? identifier}: ` },
      { type: 'link', url, children: [{ type: 'text', value: url }] },
      ...(node.title ? [{ type: 'text' as const, value: ` ${node.title}` }] : []),
    ];
    return [{ type: 'paragraph', children, ...(position ? { position } : {}) }];
  });
}

/** HTML becomes Markdown; its comments are kept apart, since no reader of the source saw them. */
function settleHtml(tree: Root, appendix: RootContent[]): void {
  const settle = (parent: Nodes): void => {
    if (!('children' in parent)) return;
    const children = parent.children as RootContent[];
    const inWords = parent.type !== 'root' && children.some((child) => child.type === 'text' || child.type === 'break');
    const phrasing =
      inWords || ['paragraph', 'heading', 'tableCell', 'link', 'strong', 'emphasis', 'delete'].includes(parent.type);
    for (const child of children) if (child.type !== 'html') settle(child);
    if (!children.some((child) => child.type === 'html')) return;
    (parent as { children: RootContent[] }).children = phrasing
      ? inlineHtml(children, appendix)
      : children.flatMap((child) => (child.type === 'html' ? blockHtml(child, appendix) : [child]));
  };
  settle(tree);
}

function blockHtml(node: Html, appendix: RootContent[]): RootContent[] {
  const shown = withoutComments(node, appendix);
  const html = parseHtml(withPlaceholders(shown), true);
  const { children } = markdownOf(html);
  for (const child of children) if (node.position) child.position = node.position;
  return children;
}

function inlineHtml(children: readonly RootContent[], appendix: RootContent[]): RootContent[] {
  const result: RootContent[] = [];
  for (let at = 0; at < children.length; at += 1) {
    const node = children[at] as RootContent;
    if (node.type !== 'html') {
      result.push(node);
      continue;
    }
    const shown = withoutComments(node, appendix);
    const [, slash, raw = ''] = /^<(\/?)([A-Za-z][^\s/>]*)/.exec(shown) ?? [];
    const name = raw.toLowerCase();
    if (shown.trim() === '' || (slash && elementNames.has(name))) {
      if (slash === undefined && node.value !== '') result.push({ type: 'text', value: ' ' });
      continue;
    }
    const closing = children.findIndex(
      (other, index) =>
        index > at && other.type === 'html' && new RegExp(`^</${escaped(name)}\\s*>`, 'i').test(other.value),
    );
    if (name === 'br') result.push({ type: 'break' });
    else if (name === 'img' || name === 'input') result.push(...phrasingOf(shown));
    else if (!elementNames.has(name) || (closing === -1 && /^<[A-Za-z]+>$/.test(shown) && name !== 'wbr'))
      // A placeholder, or an opening tag that nothing closes: it was typed to be read.
      result.push({ type: 'text', value: shown });
    else if (name === 'a' && closing !== -1) {
      const url = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(shown)?.slice(1).find(Boolean);
      const inner = inlineHtml(children.slice(at + 1, closing), appendix) as PhrasingContent[];
      if (url === undefined) result.push(...inner);
      else result.push({ type: 'link', url, title: null, children: inner as never });
      at = closing;
    }
  }
  return joined(result);
}

/** Text that only a tag parted is one text. */
function joined(nodes: readonly RootContent[]): RootContent[] {
  const result: RootContent[] = [];
  for (const node of nodes) {
    const before = result.at(-1);
    if (before?.type === 'text' && node.type === 'text')
      result.splice(-1, 1, { ...before, value: before.value + node.value });
    else result.push(node);
  }
  return result;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function phrasingOf(html: string): RootContent[] {
  return markdownOf(parseHtml(html, true)).children.flatMap((child) =>
    child.type === 'paragraph' ? child.children : [child],
  );
}

function withoutComments(node: Html, appendix: RootContent[]): string {
  for (const [, said = ''] of node.value.matchAll(comment))
    if (said.trim())
      appendix.push(aside(`Comment${atLine(node)}`, [{ type: 'text', value: said.trim().replace(/\s+/g, ' ') }]));
  return node.value.replace(comment, '');
}

const atLine = (node: Nodes) => {
  const place = placeOf(node);
  return place ? ` in line ${place.line}` : '';
};

function aside(name: string, children: PhrasingContent[]): RootContent {
  return { type: 'paragraph', children: [{ type: 'text', value: `${name}: ` }, ...children] };
}

/** A footnote is read behind the text: its mark stays where it was. */
function settleFootnotes(tree: Root, appendix: RootContent[]): void {
  const notes: FootnoteDefinition[] = [];
  replaceNodes(tree, (node) => {
    if (node.type === 'footnoteDefinition') {
      notes.push(node);
      return [];
    }
    return node.type === 'footnoteReference'
      ? [{ type: 'text', value: `[${node.label ?? node.identifier}]` }]
      : undefined;
  });
  if (notes.length === 0) return;
  const items = notes.map((note): ListItem => {
    const mark: PhrasingContent = { type: 'text', value: `[${note.label ?? note.identifier}] ` };
    const [first, ...rest] = note.children;
    return {
      type: 'listItem',
      children:
        first?.type === 'paragraph'
          ? [{ ...first, children: [mark, ...first.children] }, ...rest]
          : [{ type: 'paragraph', children: [mark] }, ...note.children],
    };
  });
  appendix.push({ type: 'list', ordered: false, spread: false, children: items });
}

/** Puts other nodes in place of those that the function answers for. */
function replaceNodes(parent: Nodes, replace: (node: RootContent) => RootContent[] | undefined): void {
  if (!('children' in parent)) return;
  const children = parent.children as RootContent[];
  (parent as { children: RootContent[] }).children = children.flatMap((child) => {
    const other = replace(child);
    if (other) return other;
    replaceNodes(child, replace);
    return [child];
  });
}
