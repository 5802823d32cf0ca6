/** Edits of a body at the places of its blocks: what is not of the edit keeps every byte. */

import type { RootContent } from 'mdast';
import type { MdxJsxFlowElement } from 'mdast-util-mdx-jsx';
import { applyEdits } from '../compile/edit.ts';
import { referenceReader } from '../compile/mdx.ts';
import { splitFrontMatter } from '../compile/yaml.ts';
import { CannotEdit } from './yaml-edit.ts';

export type Side = 'before' | 'after';

/** A block at the top of a body, in offsets of the file. */
interface PlacedBlock {
  name: string;
  id: string | undefined;
  start: number;
  end: number;
  /** Its first paragraph. */
  headline?: { start: number; end: number };
}

/**
 * Puts a block beside a step. Before a step means before the cautions that belong to it, unless the block is a
 * caution: that goes between them and the step.
 *
 * @throws CannotEdit when the step cannot be found or shares its lines with something else
 */
export function insertBlock(text: string, id: string, side: Side, block: string): string {
  const { blocks, index } = located(text, id);
  const step = blocks[index] as PlacedBlock;
  const first = /^\s*<Caution\b/.test(block) ? step : (blocks[firstOfUnit(text, blocks, index)] as PlacedBlock);
  const target = side === 'before' ? first : step;
  return putBeside(text, target, side, inManner(text, block, indentAt(text, target.start)));
}

/** Puts a block in the place of a step. */
export function replaceBlock(text: string, id: string, block: string): string {
  const { blocks, index } = located(text, id);
  const { start, end } = blocks[index] as PlacedBlock;
  const indent = indentAt(text, start);
  return applyEdits(text, [{ from: start, to: end, text: inManner(text, block, indent).slice(indent.length) }]);
}

/**
 * Gives a step another instruction: the first paragraph in it. What stands around it keeps every byte.
 *
 * @throws CannotEdit when the step has none, as one that is written on a single line
 */
export function rewordBlock(text: string, id: string, instruction: string): string {
  const { blocks, index } = located(text, id);
  const headline = blocks[index]?.headline;
  if (!headline) throw new CannotEdit(`The step "${id}" has no instruction of its own to reword.`);
  const indent = indentAt(text, headline.start);
  const written = inManner(text, instruction, indent).slice(indent.length);
  return applyEdits(text, [{ from: headline.start, to: headline.end, text: written }]);
}

/** Takes a step out, with the cautions before it. */
export function removeBlock(text: string, id: string): string {
  return takeOut(text, id).rest;
}

/** Moves a step, with the cautions before it, beside another. */
export function moveBlock(text: string, id: string, to: string, side: Side): string {
  if (id === to) throw new CannotEdit('A step cannot be moved beside itself.');
  const { rest, unit } = takeOut(text, id);
  const { blocks, index } = located(rest, to);
  const target = blocks[side === 'before' ? firstOfUnit(rest, blocks, index) : index] as PlacedBlock;
  // Its own bytes, unless it stands at another depth there.
  const indent = indentAt(rest, target.start);
  const same = /^[ \t]*/.exec(unit)?.[0] === indent;
  return putBeside(rest, target, side, same ? unit : inManner(rest, unit, indent));
}

/** The text of a step as it stands in the file. */
export function blockText(text: string, id: string): string {
  const { blocks, index } = located(text, id);
  const { start, end } = blocks[index] as PlacedBlock;
  return dedented(`${indentAt(text, start)}${text.slice(start, end)}`);
}

function takeOut(text: string, id: string): { rest: string; unit: string } {
  const { blocks, index } = located(text, id);
  const { start } = blocks[firstOfUnit(text, blocks, index)] as PlacedBlock;
  const { end } = blocks[index] as PlacedBlock;
  const from = ownLineStart(text, start);
  const to = ownLineEnd(text, end);
  const unit = text.slice(from, to);
  // One blank line goes with it: the one behind, or the one before where nothing follows.
  const behind = /^(?:\r?\n(?:[ \t]*\r?\n)?)/.exec(text.slice(to));
  const isLast = text.slice(to).trim() === '';
  if (!isLast) return { rest: applyEdits(text, [{ from, to: to + (behind?.[0].length ?? 0), text: '' }]), unit };
  const before = /(?:\r?\n[ \t]*)?\r?\n$/.exec(text.slice(0, from));
  return { rest: applyEdits(text, [{ from: from - (before?.[0].length ?? 0), to, text: '' }]), unit };
}

function putBeside(text: string, target: PlacedBlock, side: Side, written: string): string {
  const eol = breakOf(text);
  if (side === 'before') {
    const at = ownLineStart(text, target.start);
    return applyEdits(text, [{ from: at, to: at, text: `${written}${eol}${eol}` }]);
  }
  const at = ownLineEnd(text, target.end);
  // Steps that stand close stay so.
  const close = /^\r?\n[ \t]*\S/.test(text.slice(at));
  return applyEdits(text, [{ from: at, to: at, text: `${eol}${close ? '' : eol}${written}` }]);
}

/** The blocks at the top of a body, and which of them has the id. */
function located(text: string, id: string): { blocks: PlacedBlock[]; index: number } {
  const blocks = blocksIn(text);
  const index = blocks.findIndex((block) => block.id === id);
  if (index === -1) throw new CannotEdit(`There is no step "${id}" at the top of the document.`);
  return { blocks, index };
}

/** The first of the cautions that stand before a step, or the step itself. */
function firstOfUnit(text: string, blocks: readonly PlacedBlock[], index: number): number {
  let first = index;
  for (let before = first - 1; before >= 0; before -= 1) {
    const block = blocks[before] as PlacedBlock;
    if (block.name !== 'Caution' || text.slice(block.end, (blocks[first] as PlacedBlock).start).trim() !== '') break;
    first = before;
  }
  return first;
}

function blocksIn(text: string): PlacedBlock[] {
  const bodyOffset = splitFrontMatter(text)?.bodyOffset ?? 0;
  const body = text.slice(0, bodyOffset).replace(/[^\r\n]/g, ' ') + text.slice(bodyOffset);
  return referenceReader.parse(body).children.flatMap((node) => elementsOf(node));
}

/** A block that is written on one line is part of a paragraph to MDX. */
function elementsOf(node: RootContent): PlacedBlock[] {
  if (node.type === 'paragraph') return (node.children as RootContent[]).flatMap((child) => elementsOf(child));
  if ((node.type as string) !== 'mdxJsxFlowElement' && (node.type as string) !== 'mdxJsxTextElement') return [];
  const { name, attributes, position, children } = node as unknown as MdxJsxFlowElement;
  const id = attributes.find((attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === 'id')?.value;
  const headline = children.find(({ type }) => type === 'paragraph')?.position;
  return [
    {
      ...(headline ? { headline: { start: headline.start.offset as number, end: headline.end.offset as number } } : {}),
      name: name ?? '',
      id: typeof id === 'string' ? id : undefined,
      start: position?.start.offset as number,
      end: position?.end.offset as number,
    },
  ];
}

function indentAt(text: string, offset: number): string {
  return /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}

function ownLineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  if (text.slice(start, offset).trim() !== '')
    throw new CannotEdit('The step shares its first line with something else.');
  return start;
}

function ownLineEnd(text: string, offset: number): number {
  const end = /^[^\r\n]*/.exec(text.slice(offset)) as RegExpExecArray;
  if (end[0].trim() !== '') throw new CannotEdit('The step shares its last line with something else.');
  return offset + end[0].length;
}

const breakOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

/** A block with the line breaks of the file and the indentation of its place. */
function inManner(text: string, block: string, indent: string): string {
  const lines = dedented(block.replaceAll('\r\n', '\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '')).split('\n');
  return lines.map((line) => (line === '' ? line : indent + line)).join(breakOf(text));
}

function dedented(block: string): string {
  const lines = block.split('\n');
  const depths = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const depth = Math.min(...depths);
  if (depth === 0 || !Number.isFinite(depth)) return block;
  return block.replace(new RegExp(`^[ \\t]{1,${depth}}`, 'gm'), '');
}
