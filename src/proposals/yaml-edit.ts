/**
 * Edits of YAML at the places that its parser gives: what is not of the edit keeps every byte, its comments, quoting
 * and wrapping too. New values are written as their neighbours are.
 */

import {
  Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { applyEdits, type Edit } from '../compile/edit.ts';
import { pointerParts } from '../compile/text-digest.ts';

/** That a YAML text cannot be edited as asked, in words. */
export class CannotEdit extends Error {}

type YamlText = ReturnType<typeof parseDocument>;

// The width at which the content of the plan is wrapped.
const lineWidth = 120;
// A list of ids that fits on a line is written on one.
const shortList = 80;

/**
 * Sets a property, and the groups around it that are missing.
 *
 * @param pointer JSON Pointer; the number after a list's last entry, or `-`, appends to it
 * @throws CannotEdit when the place cannot hold a value
 */
export function setValue(text: string, pointer: string, value: unknown): string {
  const document = read(text);
  const parts = pointerParts(pointer);
  if (parts.length === 0) throw new CannotEdit('The whole document cannot be set; name a property.');
  let parent: Node | null = document.contents;
  let depth = 0;
  for (; depth < parts.length - 1; depth += 1) {
    const inner = childOf(parent, parts[depth] as string);
    if (inner && !isCollection(inner) && !(isScalar(inner) && inner.value === null))
      throw new CannotEdit(`"${pointer}" lies in a value that is no group.`);
    if (!isCollection(inner)) break;
    parent = inner;
  }
  const name = parts[depth] as string;
  // Groups that are missing are made with the value inside.
  const whole = parts.slice(depth + 1).reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);
  if (isSeq(parent)) {
    const index = name === '-' ? parent.items.length : Number(name);
    if (!/^(-|0|[1-9]\d*)$/.test(name) || index > parent.items.length)
      throw new CannotEdit(`The list at "${pointer}" has no entry ${name}.`);
    return edited(
      text,
      index === parent.items.length
        ? appendToSeq(text, document, parent, whole)
        : replaceNode(text, document, parent.items[index] as Node, whole),
    );
  }
  if (parent !== null && !isMap(parent)) throw new CannotEdit(`"${pointer}" lies in a value that is no group.`);
  const pair = parent ? pairOf(parent, name) : undefined;
  return edited(text, pair ? replacePair(text, document, pair, whole) : addPair(text, document, parent, name, whole));
}

/**
 * Appends an entry to a list; makes the list where it is missing.
 *
 * @throws CannotEdit when there is something else than a list
 */
export function appendValue(text: string, pointer: string, value: unknown): string {
  const found = nodeAt(read(text), pointer);
  if (isSeq(found)) return setValue(text, `${pointer}/-`, value);
  if (found !== undefined && !(isScalar(found) && found.value === null))
    throw new CannotEdit(`"${pointer}" is no list.`);
  return setValue(text, pointer, [value]);
}

/**
 * Removes a property or an entry of a list; a group or list that is empty then stays, as `{}` or `[]`.
 *
 * @throws CannotEdit when there is none
 */
export function removeValue(text: string, pointer: string): string {
  const document = read(text);
  const parts = pointerParts(pointer);
  const name = parts.at(-1) ?? '';
  const parentPointer = pointer.slice(0, pointer.lastIndexOf('/'));
  const parent = nodeAt(document, parentPointer);
  if (!isMap(parent) && !isSeq(parent)) throw new CannotEdit(`There is nothing at "${pointer}".`);
  const index = isMap(parent) ? parent.items.findIndex((pair) => keyOf(pair) === name) : Number(name);
  const item = parent.items[index] as Pair<Node, Node | null> | Node | undefined;
  if (item === undefined) throw new CannotEdit(`There is nothing at "${pointer}".`);
  if (parent.flow) return edited(text, removeFromFlow(text, parent, index));
  if (parent.items.length === 1) {
    if (parts.length === 1) throw new CannotEdit('The last property of a document cannot be removed.');
    return setValue(text, parentPointer, isMap(parent) ? {} : []);
  }
  const [start, end] = extentOf(text, item);
  const from = isMap(parent) ? start : text.lastIndexOf('-', start - 1);
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const next = parent.items[index + 1] as Pair<Node, Node | null> | Node | undefined;
  // The first property of an entry stands beside its dash; the next one takes its place.
  if (text.slice(lineStart, from).trim() !== '' && isMap(parent) && next)
    return edited(text, { from, to: extentOf(text, next)[0], text: '' });
  if (text.slice(lineStart, from).trim() !== '') throw new CannotEdit(`"${pointer}" does not begin a line of its own.`);
  return edited(text, removedLines(text, lineStart, lineEnd(text, end)));
}

function read(text: string): YamlText {
  const document = parseDocument(text, { schema: 'core', version: '1.2', logLevel: 'silent' });
  if (document.errors.length > 0) throw new CannotEdit(`The YAML has a fault: ${document.errors[0]?.message}`);
  return document;
}

function edited(text: string, edit: Edit): string {
  return applyEdits(text, [edit]);
}

function nodeAt(document: YamlText, pointer: string): Node | null | undefined {
  let node: Node | null | undefined = document.contents;
  for (const part of pointerParts(pointer)) node = childOf(node, part);
  return node;
}

function childOf(node: Node | null | undefined, part: string): Node | null | undefined {
  if (isMap(node)) return pairOf(node, part)?.value;
  return isSeq(node) && /^\d+$/.test(part) ? (node.items[Number(part)] as Node | undefined) : undefined;
}

function pairOf(map: YAMLMap, name: string): Pair<Node, Node | null> | undefined {
  return map.items.find((pair) => keyOf(pair) === name) as Pair<Node, Node | null> | undefined;
}

function keyOf(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined;
}

/** Where an item begins, and where its last character ends. */
function extentOf(text: string, item: Pair<Node, Node | null> | Node): [number, number] {
  const first = (isPair(item) ? item.key : item) as Node;
  const last = isPair(item) && item.value ? (item.value as Node) : first;
  const start = first.range?.[0] ?? 0;
  return [start, Math.max(contentEnd(text, first), contentEnd(text, last))];
}

/** The end of a value without the line breaks that a block scalar or a block collection takes with it. */
function contentEnd(text: string, node: Node): number {
  const items = isCollection(node) && !node.flow ? node.items : [];
  const last = items.at(-1) as Pair<Node, Node | null> | Node | undefined;
  if (last) return extentOf(text, last)[1];
  let end = node.range?.[1] ?? 0;
  while (end > (node.range?.[0] ?? 0) && /\s/.test(text[end - 1] as string)) end -= 1;
  return end;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Takes whole lines out, with one of the line breaks around them. */
function removedLines(text: string, from: number, to: number): Edit {
  const after = /^\r?\n/.exec(text.slice(to));
  if (after) return { from, to: to + after[0].length, text: '' };
  const before = /\r?\n$/.exec(text.slice(0, from));
  return { from: from - (before?.[0].length ?? 0), to, text: '' };
}

function removeFromFlow(text: string, parent: YAMLMap | YAMLSeq, index: number): Edit {
  const extents = (parent.items as Node[]).map((item) => extentOf(text, item));
  const [start, end] = extents[index] as [number, number];
  const next = extents[index + 1];
  const before = extents[index - 1];
  if (before) return { from: before[1], to: end, text: '' };
  return { from: start, to: next ? next[0] : end, text: '' };
}

function appendToSeq(text: string, document: YamlText, seq: YAMLSeq, value: unknown): Edit {
  const last = seq.items.at(-1) as Node | undefined;
  if (seq.flow || !last) {
    const written = flowText(document, value);
    const [start, end] = seq.range as [number, number, number];
    if (!last) return { from: start, to: end, text: `[${written}]` };
    const at = extentOf(text, last)[1];
    return { from: at, to: at, text: `, ${written}` };
  }
  const indent = columnOf(text, (seq.range as [number, number, number])[0]);
  const at = lineEnd(text, extentOf(text, last)[1]);
  // A neighbour in braces has a new entry in braces beside it.
  const flow = isMap(last) && last.flow;
  const written = flow ? flowText(document, value) : blockText(document, value, indent + 2);
  return { from: at, to: at, text: withBreaks(text, `\n${' '.repeat(indent)}- ${written}`) };
}

function addPair(text: string, document: YamlText, parent: YAMLMap | null, name: string, value: unknown): Edit {
  const key = flowText(document, name);
  if (!parent || parent.items.length === 0 || parent.flow) {
    if (!parent)
      return {
        from: text.length,
        to: text.length,
        text: withBreaks(text, `${/\n$|^$/.test(text) ? '' : '\n'}${key}:${valueText(document, value, 0)}\n`),
      };
    const written = `${key}: ${flowText(document, value)}`;
    const last = parent.items.at(-1) as Pair<Node, Node | null> | undefined;
    const [start, end] = parent.range as [number, number, number];
    if (!last) return { from: start, to: end, text: `{ ${written} }` };
    const at = extentOf(text, last)[1];
    return { from: at, to: at, text: `, ${written}` };
  }
  const first = parent.items[0] as Pair<Node, Node | null>;
  const indent = columnOf(text, extentOf(text, first)[0]);
  const at = lineEnd(text, extentOf(text, parent.items.at(-1) as Pair<Node, Node | null>)[1]);
  return {
    from: at,
    to: at,
    text: withBreaks(text, `\n${' '.repeat(indent)}${key}:${valueText(document, value, indent)}`),
  };
}

function replacePair(text: string, document: YamlText, pair: Pair<Node, Node | null>, value: unknown): Edit {
  const node = pair.value;
  const keyEnd = contentEnd(text, pair.key);
  const colon = text.indexOf(':', keyEnd);
  const inFlow = node?.range ? isInFlow(document, node) : false;
  if (inFlow && node)
    return { from: node.range?.[0] as number, to: contentEnd(text, node), text: flowText(document, value) };
  const indent = columnOf(text, pair.key.range?.[0] as number);
  // A plain value beside its key keeps what stands between them; a value below its key is replaced from the colon on.
  if (
    node &&
    isScalar(node) &&
    !isBlockScalar(node) &&
    !isStructured(value) &&
    contentEnd(text, node) > (node.range?.[0] as number)
  ) {
    const written = scalarText(document, value, indent + 2, node);
    return { from: node.range?.[0] as number, to: contentEnd(text, node), text: withBreaks(text, written) };
  }
  const end = node ? Math.max(contentEnd(text, node), colon + 1) : colon + 1;
  return { from: colon + 1, to: end, text: withBreaks(text, valueText(document, value, indent, node ?? undefined)) };
}

function replaceNode(text: string, document: YamlText, node: Node, value: unknown): Edit {
  const [start, end] = [node.range?.[0] as number, contentEnd(text, node)];
  const inFlow = isInFlow(document, node) || (isMap(node) && node.flow);
  const written = inFlow ? flowText(document, value) : blockText(document, value, columnOf(text, start), node);
  return { from: start, to: end, text: withBreaks(text, written) };
}

function isInFlow(document: YamlText, node: Node): boolean {
  let found = false;
  visit(document, {
    Node(_, candidate, path) {
      if (candidate !== node) return undefined;
      found = path.some((ancestor) => isCollection(ancestor) && ancestor.flow === true);
      return visit.BREAK;
    },
  });
  return found;
}

const isStructured = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isBlockScalar = (node: Node | null | undefined) =>
  isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL');

/** What stands after a key's colon: on the same line, or indented below. */
function valueText(document: YamlText, value: unknown, indent: number, like?: Node): string {
  if (!isStructured(value)) return ` ${scalarText(document, value, indent + 2, like)}`;
  const entries = Array.isArray(value) ? value : Object.keys(value);
  const flow = flowText(document, value);
  const plain = Array.isArray(value) && value.every((entry) => !isStructured(entry) && !/\s/.test(String(entry)));
  const wasFlow = isCollection(like) ? like.flow === true : plain;
  if (entries.length === 0 || (wasFlow && flow.length <= shortList)) return ` ${flow}`;
  return `\n${' '.repeat(indent + 2)}${blockText(document, value, indent + 2)}`;
}

/** A value in block style; lines after the first are indented. */
function blockText(document: YamlText, value: unknown, indent: number, like?: Node): string {
  if (!isStructured(value)) return scalarText(document, value, indent, like);
  const text = new Document(value).toString({ ...styleOf(document), lineWidth: Math.max(40, lineWidth - indent) });
  return indented(text.replace(/\n$/, ''), indent);
}

function scalarText(document: YamlText, value: unknown, indent: number, like?: Node): string {
  const scalar = new Scalar(value);
  const long = typeof value === 'string' && value.length > lineWidth - indent;
  if (typeof value === 'string' && value !== '') {
    // The manner of what is replaced; long sentences are folded, as everywhere in the plan.
    if (value.includes('\n')) scalar.type = 'BLOCK_LITERAL';
    else if (isBlockScalar(like) || long) scalar.type = 'BLOCK_FOLDED';
    else if (isScalar(like) && like.type) scalar.type = like.type;
  }
  const text = new Document(scalar).toString({ ...styleOf(document), lineWidth: Math.max(40, lineWidth - indent) });
  return indented(text.replace(/\n$/, ''), indent);
}

function indented(text: string, indent: number): string {
  return text.replace(/\n(?!\n|$)/g, `\n${' '.repeat(indent)}`);
}

/** A value on one line, in brackets and braces where it is structured. */
function flowText(document: YamlText, value: unknown): string {
  const inside = new Document([value]).contents as unknown as YAMLSeq;
  inside.flow = true;
  visit(inside, {
    Scalar(_, scalar) {
      if (typeof scalar.value === 'string' && scalar.value.includes('\n')) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  const whole = new Document(null);
  whole.contents = inside as never;
  const written = whole.toString({
    ...styleOf(document),
    lineWidth: 0,
    flowCollectionPadding: false,
    // Line breaks are written as \n, so that the whole stays on its line.
    doubleQuotedAsJSON: true,
  });
  return written.trimEnd().slice(1, -1);
}

/** The quotation marks that the file uses already. */
function styleOf(document: YamlText): { singleQuote: boolean | null; indentSeq: boolean } {
  let singleQuote: boolean | null = null;
  visit(document, {
    Scalar(_, { type }) {
      if (type !== 'QUOTE_SINGLE' && type !== 'QUOTE_DOUBLE') return undefined;
      singleQuote = type === 'QUOTE_SINGLE';
      return visit.BREAK;
    },
  });
  return { singleQuote, indentSeq: true };
}

/** Line breaks as the file has them. */
function withBreaks(text: string, written: string): string {
  return text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written;
}
