/** From the plan's tree to HTML. Blocks draw themselves; everything else is drawn as Markdown. */

import { posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { ElementContent, Nodes as HastNodes, Parents as HastParents } from 'hast';
import { h } from 'hastscript';
import type { Heading, Image, Link, Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import {
  defaultHandlers,
  type Handler,
  type Handlers,
  type State,
  type Options as ToHastOptions,
  toHast,
} from 'mdast-util-to-hast';
import { toString as plainText } from 'mdast-util-to-string';
import type { Draw } from '../blocks/block.ts';
import { blocks } from '../blocks/index.ts';
import { type Block, isPhrasing, type ReferenceLink, type Variable } from '../model/content.ts';
import type { Document, NumberedStep, Section } from '../model/document.ts';
import { interfaceText } from '../model/interface-text.ts';
import type { Plan } from '../model/plan.ts';
import { htmlOf } from './html.ts';
import { shapeInline } from './inline.ts';

/** Where things are found in the output that is being made. */
export interface Addresses {
  /** Address of a document (`runbook:ransomware`) or step (`runbook:ransomware#capture-memory`). */
  document: (reference: string) => string;
  /** Address of an image of the plan, by its path from the plan's folder. */
  asset: (path: string) => string;
}

/** Draws documents of one plan for one output. */
export interface Renderer {
  /** The whole body, headings included. */
  body: (document: Document) => string;
  /** What stands under one level-2 heading, without the heading. */
  section: (document: Document, section: Section) => string;
  /** Inline Markdown of a property. */
  inline: (markdown: string, document?: Document) => string;
}

/**
 * A renderer for a plan. It keeps nothing between calls, so that the same text gives the same bytes.
 *
 * @param places whether elements say where their text stands, as far as it was read with places: for whoever edits it
 */
export function createRenderer(plan: Plan, addresses: Addresses, places = false): Renderer {
  const byPath = new Map([...plan.documents].map(([reference, document]) => [document.path, reference]));
  const context = { plan, addresses, byPath, places };
  return {
    body: (document) => htmlOf(drawing(context, document, '').children(document.body?.tree.children ?? [])),
    section: (document, section) => htmlOf(drawing(context, document, '').children(section.children)),
    inline: (markdown, document) => htmlOf(drawing(context, document ?? noDocument, '').inline(markdown)),
  };
}

interface Context {
  plan: Plan;
  addresses: Addresses;
  byPath: ReadonlyMap<string, string>;
  places: boolean;
}

const noDocument = {
  kind: 'page',
  id: '',
  path: '',
  data: {},
  digest: '',
  references: [],
  rangeOf: () => ({ start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } }),
} as unknown as Document;

function drawing(context: Context, document: Document, idPrefix: string, numberPrefix = ''): Draw {
  const { plan, addresses } = context;
  let steps: ReadonlyMap<string, NumberedStep> | undefined;
  const place = context.places ? placing(document) : undefined;
  const plain = handlersFor(context, document, () => draw);
  const handlers = place ? withPlaces(plain, place) : plain;
  const options = { handlers, clobberPrefix: `${idPrefix}note-` };
  const drawer = hasDefinitions(document) ? undefined : markdownDrawer(options);
  const drawn = (parent: Paragraph | Root): HastNodes[] =>
    drawer ? drawer(parent) : (toHast(parent, options) as HastParents).children;
  const markdown = (nodes: readonly RootContent[]) =>
    // Between blocks line ends are added; inside a line they would be spaces.
    drawn(
      nodes.every(isPhrasing)
        ? { type: 'paragraph', children: [...nodes] as PhrasingContent[] }
        : { type: 'root', children: [...nodes] },
    ) as ElementContent[];
  const draw: Draw = {
    plan,
    document,
    text: interfaceText(plan.settings.language),
    idPrefix,
    numberPrefix,
    step: (id) => {
      steps ??= new Map((document.body?.steps ?? []).map((step) => [step.id, step]));
      return steps.get(id);
    },
    address: (reference) =>
      reference.startsWith('#') ? `#${idPrefix}${reference.slice(1)}` : addresses.document(reference),
    inline: (text) => withoutParagraph(markdown(shapeInline(text).tree.children)),
    inside: (other, ids, numbers) => drawing(context, other, ids, numbers),
    children: (nodes) => {
      const result: ElementContent[] = [];
      let run: RootContent[] = [];
      const endRun = () => {
        if (run.length > 0) result.push(...markdown(run));
        run = [];
      };
      for (let index = 0; index < nodes.length; index += 1) {
        const node = nodes[index] as RootContent;
        if (node.type !== 'block') {
          run.push(node);
          continue;
        }
        endRun();
        const definition = blocks.get(node.name);
        if (!definition) continue;
        if (definition.drawRun) {
          const together = [node];
          while (index + 1 < nodes.length && isSameBlock(nodes[index + 1], node))
            together.push(nodes[++index] as Block);
          result.push(...definition.drawRun(together, draw));
        } else {
          const drawn = definition.draw(node, draw);
          place?.(drawn, node);
          result.push(...drawn);
        }
      }
      endRun();
      return result.filter(
        (child) => !(child.type === 'text' && /^\s*$/.test(child.value)) || nodes.some((node) => node.type === 'text'),
      );
    },
  };
  return draw;
}

/** Gives what was drawn of a node the place of its text: path, first line, last line. */
function placing({ path }: Document): (drawn: HastNodes | HastNodes[] | undefined, node: Nodes) => void {
  return (drawn, { position }) => {
    const [first] = Array.isArray(drawn) ? drawn : [drawn];
    // A text that was read without places has none, or the beginning of its file.
    if (first?.type !== 'element' || !position || position.end.line === 1) return;
    first.properties['dataSource'] ??= `${path}:${position.start.line}-${position.end.line}`;
  };
}

// What a line of a text becomes; what stands inside a line is found by it.
const placed = ['paragraph', 'heading', 'listItem', 'tableRow', 'code', 'blockquote'] as const;

function withPlaces(handlers: Handlers, place: ReturnType<typeof placing>): Handlers {
  const all = { ...handlers };
  for (const type of placed) {
    const handler = (handlers[type] ?? defaultHandlers[type]) as Handler;
    all[type] = (state, node, parent) => {
      const drawn = handler(state, node, parent);
      place(drawn, node);
      return drawn;
    };
  }
  return all;
}

/**
 * Draws Markdown without looking for definitions first, which `toHast` does in all that it is given, each time. Only a
 * document with definitions or footnotes needs that.
 */
function markdownDrawer(options: ToHastOptions): (parent: Paragraph | Root) => HastNodes[] {
  let state: State | undefined;
  return (parent) => {
    state ??= stateFor(options);
    const children = state.all(parent);
    return parent.type === 'root' ? state.wrap(children, false) : children;
  };
}

/** What `toHast` hands to its handlers: it makes it for each call, and gives it to nobody else. */
function stateFor(options: ToHastOptions): State {
  let state: State | undefined;
  const root = (given: State) => {
    state = given;
    return [];
  };
  toHast({ type: 'root', children: [] }, { ...options, handlers: { ...options.handlers, root } });
  return state as unknown as State;
}

const withDefinitions = new WeakMap<Document, boolean>();

function hasDefinitions(document: Document): boolean {
  const known = withDefinitions.get(document);
  if (known !== undefined) return known;
  const has = (node: Nodes): boolean =>
    node.type === 'definition' ||
    node.type === 'footnoteDefinition' ||
    ('children' in node && node.children.some((child) => has(child)));
  const found = document.body ? has(document.body.tree) : false;
  withDefinitions.set(document, found);
  return found;
}

function isSameBlock(node: RootContent | undefined, block: Block): boolean {
  return node?.type === 'block' && node.name === block.name;
}

function handlersFor(context: Context, document: Document, draw: () => Draw): Handlers {
  // Few sections hold a heading of their own.
  let headings: { slugger: GithubSlugger; ids: ReadonlyMap<Heading, string> } | undefined;
  const idOf = (node: Heading) => {
    headings ??= headingIds(document);
    return headings.ids.get(node) ?? headings.slugger.slug(plainText(node));
  };
  return {
    block: (_state, node: Block) => draw().children([node]),
    variable: (_state, node: Variable) => ({
      type: 'text',
      value: context.plan.variables.get(node.value) ?? `{${node.value}}`,
    }),
    referenceLink: (state, node: ReferenceLink) =>
      h('a', { href: draw().address(node.reference) }, state.all(node) as ElementContent[]),
    heading: (state, node: Heading) =>
      h(`h${node.depth}`, { id: draw().idPrefix + idOf(node) }, state.all(node) as ElementContent[]),
    link: (state, node: Link) => {
      const external = /^https?:/i.test(node.url);
      const target = /^[a-z]+:/i.test(node.url)
        ? undefined
        : context.byPath.get(
            posix.normalize(posix.join(posix.dirname(document.path), node.url.split('#')[0] as string)),
          );
      return h(
        'a',
        { href: target ? context.addresses.document(target) : node.url, ...(external ? { rel: 'noreferrer' } : {}) },
        state.all(node) as ElementContent[],
      );
    },
    image: (_state, node: Image) =>
      h('img', {
        src: context.addresses.asset(posix.normalize(posix.join(posix.dirname(document.path), node.url))),
        alt: node.alt ?? '',
        loading: 'lazy',
      }),
    // A wide table scrolls by itself, so that the page never does.
    table: (state, node) => {
      const table = defaultTable(state, node);
      return h('.table', { tabIndex: 0 }, [table]);
    },
  };
}

/** Ids of a document's headings, so that a section drawn alone has the ids that it has in the whole. */
function headingIds(document: Document): { slugger: GithubSlugger; ids: ReadonlyMap<Heading, string> } {
  const slugger = new GithubSlugger();
  const sections = document.body?.sections ?? [];
  for (const section of sections) if (section.id) slugger.slug(section.id);
  // A heading inside a phase may be called like a step of it.
  for (const step of document.body?.steps ?? []) slugger.slug(step.id);
  const ids = new Map(
    sections.flatMap(({ id, heading, children }) => [
      ...(heading ? [[heading, id] as const] : []),
      ...children.flatMap((node) => (node.type === 'heading' ? [[node, slugger.slug(plainText(node))] as const] : [])),
    ]),
  );
  return { slugger, ids };
}

const defaultTable = (
  state: Parameters<NonNullable<Handlers['table']>>[0],
  node: Parameters<typeof defaultHandlers.table>[1],
) => withoutAlign(defaultHandlers.table(state, node));

/** The policy of the site allows no style attribute; the alignment of a column becomes a class. */
function withoutAlign(table: ElementContent): ElementContent {
  if (table.type !== 'element') return table;
  const { align, ...properties } = table.properties;
  // A header cell without text is the corner of a table with names of rows: no header.
  const corner = table.tagName === 'th' && table.children.length === 0;
  return {
    ...table,
    tagName: corner ? 'td' : table.tagName,
    properties: align ? { ...properties, className: [`align-${String(align)}`] } : properties,
    children: table.children.map((child) => withoutAlign(child)),
  };
}

function withoutParagraph(children: ElementContent[]): ElementContent[] {
  const [first] = children;
  return children.length === 1 && first?.type === 'element' && first.tagName === 'p' ? first.children : children;
}
