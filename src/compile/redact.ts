/** Takes names, numbers and blocks that an audience may not read out of properties and trees, and says so in their place. */

import { posix } from 'node:path';
import type { Heading, Link, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { VFile } from 'vfile';
import type { AudienceText } from '../model/audience-text.ts';
import { type Block, isBlock, isPhrasing, isStepBlock } from '../model/content.ts';
import type { Document } from '../model/document.ts';
import { parseMdx } from './mdx.ts';
import { collect, isRequired } from './schemas.ts';
import { shape } from './shape.ts';
import { pointerParts, valueAt } from './text-digest.ts';

/** What an audience may not read, and what is said instead. */
export interface Redaction {
  text: AudienceText;
  /** Whether anything is said. */
  says: boolean;
  block: (block: Block) => boolean;
  /** The words for what a name leads to that is withheld; undefined where it may be named. */
  name: (text: string, expected: string | undefined, document: Document | undefined) => string | undefined;
  /** The same for an address of a contact, or a path of another file of the plan. */
  address: (url: string, document: Document | undefined) => string | undefined;
  variable: (name: string) => boolean;
}

/** Leaves blocks out. Where numbered ones stood their numbers stay, so that a gap is seen to be one. */
export function withoutBlocks(
  nodes: readonly RootContent[],
  redaction: Redaction,
  numberOf: (block: Block) => string | undefined,
  parent?: Block,
): RootContent[] {
  const kept: RootContent[] = [];
  let gone: Block[] = [];
  const endRun = () => {
    if (gone.length > 0) kept.push(...inPlaceOf(gone, redaction, numberOf, kept, parent));
    gone = [];
  };
  for (const node of nodes) {
    if (isBlock(node) && redaction.block(node)) {
      gone.push(node);
      continue;
    }
    endRun();
    kept.push(
      'children' in node && !isPhrasing(node)
        ? withChildren(
            node,
            withoutBlocks(node.children as RootContent[], redaction, numberOf, isBlock(node) ? node : undefined),
          )
        : node,
    );
  }
  endRun();
  return withoutEmptyHeadings(kept, nodes);
}

function inPlaceOf(
  gone: readonly Block[],
  { text, says }: Redaction,
  numberOf: (block: Block) => string | undefined,
  before: readonly RootContent[],
  parent: Block | undefined,
): RootContent[] {
  // The first paragraph of a step is its instruction, and nothing else may become it.
  const wouldInstruct = parent !== undefined && isStepBlock(parent) && !before.some(({ type }) => type === 'paragraph');
  if (!says || wouldInstruct) return [];
  const numbers = gone.flatMap((block) => (isStepBlock(block) ? (numberOf(block) ?? []) : []));
  if (numbers.length > 0) return [paragraph(text.withheldParts(numbers))];
  // Variants and answers stand beside each other; the others do not need to know.
  return gone.every((block) => isBlock(block, 'variant', 'option')) ? [] : [paragraph(text.withheld)];
}

const paragraph = (value: string): Paragraph => ({ type: 'paragraph', children: [{ type: 'text', value }] });

/** A heading under which everything was left out goes with it. */
function withoutEmptyHeadings(kept: RootContent[], before: readonly RootContent[]): RootContent[] {
  const left = [...kept];
  for (let index = left.length - 1; index >= 0; index -= 1) {
    const node = left[index] as RootContent;
    if (node.type === 'heading' && isEmpty(left, node) && !isEmpty(before, node)) left.splice(index, 1);
  }
  return left.length === kept.length ? kept : left;
}

function isEmpty(nodes: readonly RootContent[], heading: Heading): boolean {
  const next = nodes[nodes.indexOf(heading) + 1];
  return next === undefined || (next.type === 'heading' && next.depth <= heading.depth);
}

/** A node with other children; the same node when they are the same. */
function withChildren<N extends RootContent>(node: N, children: RootContent[]): N {
  const old = (node as unknown as { children: RootContent[] }).children;
  return old.length === children.length && old.every((child, index) => child === children[index])
    ? node
    : { ...node, children };
}

/** Replaces names, numbers and variables in a tree. Nodes without any are kept as they are. */
export function withoutNames(
  nodes: readonly RootContent[],
  redaction: Redaction,
  document: Document | undefined,
): RootContent[] {
  const result: RootContent[] = [];
  for (const node of nodes) {
    const words = wordsInstead(node, redaction, document);
    if (words === undefined) {
      const inner =
        'children' in node
          ? withChildren(node, withoutNames(node.children as RootContent[], redaction, document))
          : node;
      result.push(isBlock(inner) ? withAttributes(inner, redaction, document) : inner);
      continue;
    }
    const gap = result.at(-1);
    const last = result.at(-2);
    // A name and its number in one breath are withheld once.
    if (isNumber(node) && gap?.type === 'text' && last && instead.has(last) && betweenNameAndNumber.test(gap.value)) {
      result.pop();
      continue;
    }
    const said: PhrasingContent = { type: 'text', value: words };
    instead.add(said);
    result.push(said);
  }
  return result;
}

// Texts that stand in the place of a name.
const instead = new WeakSet<object>();
const betweenNameAndNumber = /^[\s,:]*$/;
const isNumber = (node: RootContent) => node.type === 'link' && /^(tel|mailto):/i.test(node.url);

function wordsInstead(node: RootContent, redaction: Redaction, document: Document | undefined): string | undefined {
  const { text, says } = redaction;
  const words =
    node.type === 'referenceLink'
      ? redaction.name(node.reference, undefined, document)
      : node.type === 'link'
        ? redaction.address(node.url, document)
        : node.type === 'variable' && redaction.variable(node.value)
          ? text.withheld
          : undefined;
  return words === undefined || says ? words : text.nothing;
}

/** The attributes of a block without names that may not be read. */
function withAttributes(block: Block, redaction: Redaction, document: Document | undefined): Block {
  const attributes = withoutNamesInData(`blocks/${block.schema}`, block.attributes, redaction, document);
  return attributes === block.attributes ? block : { ...block, attributes };
}

/**
 * Properties without names that may not be read: an entry of a list is left out, a group that is about the name as
 * well, and a property that there must be says that it is withheld.
 *
 * @param schema name of the schema of the properties
 * @returns the same object when nothing changes
 */
export function withoutNamesInData<D extends object>(
  schema: string,
  data: D,
  redaction: Redaction,
  document: Document | undefined,
): D {
  const { references, markdown } = collect(schema, data);
  const gone = references.filter(({ text, expected }) => redaction.name(text, expected, document) !== undefined);
  const reworded = markdown
    .map(({ text, pointer }) => ({ pointer, text, said: withoutNamesInMarkdown(text, redaction, document) }))
    .filter(({ text, said }) => text !== said);
  if (gone.length === 0 && reworded.length === 0) return data;
  const copy = structuredClone(data);
  for (const { pointer, said } of reworded) put(copy, pointer, said);
  const dropped = new Set<object>();
  for (const { pointer } of gone) leaveOut(schema, copy, pointer, redaction, dropped);
  return withoutDropped(copy, dropped, redaction) as D;
}

// An entry of a list that is left out, until all are known: pointers count entries.
const droppedName = Symbol('dropped');

function leaveOut(
  schema: string,
  data: object,
  pointer: string,
  { text, says }: Redaction,
  dropped: Set<object>,
): void {
  const parts = pointerParts(pointer);
  const parent = valueAt(data, pointer.slice(0, pointer.lastIndexOf('/'))) as Record<string, unknown>;
  const key = parts.at(-1) as string;
  if (Array.isArray(parent)) {
    (parent as unknown[])[Number(key)] = droppedName;
    return;
  }
  const isEntry = /^\d+$/.test(parts.at(-2) ?? '');
  if (isEntry && isRequired(schema, pointer)) dropped.add(parent);
  else if (says || isRequired(schema, pointer)) parent[key] = text.withheld;
  else delete parent[key];
}

function withoutDropped(value: unknown, dropped: ReadonlySet<object>, redaction: Redaction): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const kept = value.filter((entry) => entry !== droppedName && !dropped.has(entry as object));
    const left = kept.map((entry) => withoutDropped(entry, dropped, redaction));
    const lacksNames = value.includes(droppedName);
    return lacksNames && redaction.says ? [...left, redaction.text.withheld] : left;
  }
  for (const [key, inner] of Object.entries(value))
    (value as Record<string, unknown>)[key] = withoutDropped(inner, dropped, redaction);
  return value;
}

function put(data: object, pointer: string, value: unknown): void {
  const parent = valueAt(data, pointer.slice(0, pointer.lastIndexOf('/'))) as Record<string, unknown>;
  parent[pointerParts(pointer).at(-1) as string] = value;
}

/** Inline Markdown of a property without names that may not be read. Everything else stays to the byte. */
function withoutNamesInMarkdown(markdown: string, redaction: Redaction, document: Document | undefined): string {
  if (!/\]\(|\]\[|\{/.test(markdown)) return markdown;
  const file = new VFile({ path: 'property', value: markdown });
  const parsed = parseMdx(markdown, file);
  if (!parsed) return markdown;
  const edits: { from: number; to: number; words: string; number: boolean }[] = [];
  const visit = (nodes: readonly RootContent[]) => {
    for (const node of nodes) {
      const words = wordsInstead(node, redaction, document);
      if (words !== undefined && node.position)
        edits.push({
          from: node.position.start.offset as number,
          to: node.position.end.offset as number,
          words,
          number: isNumber(node as Link),
        });
      else if ('children' in node) visit(node.children as RootContent[]);
    }
  };
  visit(shape(parsed, markdown, file, 'a property').tree.children);
  let text = '';
  let at = 0;
  for (const [index, { from, to, words, number }] of edits.entries()) {
    const gap = markdown.slice(at, from);
    if (!(number && index > 0 && betweenNameAndNumber.test(gap))) text += gap + words;
    at = to;
  }
  return text + markdown.slice(at);
}

/** Where a path that a document writes leads, from the plan's folder. */
export function pathFrom(document: Document | undefined, url: string): string {
  const [path = ''] = url.split(/[?#]/);
  return posix.normalize(posix.join(posix.dirname(document?.path ?? 'plan.yaml'), decoded(path)));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
