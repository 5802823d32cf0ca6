/**
 * MDX to mdast. Sätteri reads at native speed; the reference parser (remark-parse, remark-gfm, remark-mdx) is asked
 * when a file has a syntax fault, or when the place of an attribute is needed: Sätteri gives neither.
 */

import { createRequire } from 'node:module';
import type { Nodes, Root } from 'mdast';
import type { MdxJsxFlowElement } from 'mdast-util-mdx-jsx';
import { mdxToMdast } from 'satteri';
import { type Processor, unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { VFileMessage } from 'vfile-message';
import { type Point, type Range, report } from '../diagnostics/report.ts';

/** unified's terms for Sätteri: a parser, and nothing else of the processor is used to read. */
function satteri(this: Processor, { position }: { position: boolean }): void {
  this.parser = (text) => mdxToMdast(text, { features: { gfm: true, frontmatter: false }, position }) as Root;
}

const exactReader = unified().use(satteri, { position: true }).freeze();
const quickReader = unified().use(satteri, { position: false }).freeze();

// What stands between two expressions decides whether they are one paragraph, and is found by their places.
const expressionsInTurn = /\}[\s>*+\-.)\d]*\{/;

/** The reference parser. A plan without faults never needs it, so it is loaded when it is first asked. */
export const referenceReader = {
  parse: (text: string): Root => {
    reference ??= loadReference();
    return reference.parse(text);
  },
};

let reference: { parse: (text: string) => Root } | undefined;

function loadReference(): { parse: (text: string) => Root } {
  const require = createRequire(import.meta.url);
  const { default: parse } = require('remark-parse') as typeof import('remark-parse');
  const { default: gfm } = require('remark-gfm') as typeof import('remark-gfm');
  const { default: mdx } = require('remark-mdx') as typeof import('remark-mdx');
  return unified().use(parse).use(gfm).use(mdx).freeze();
}

// Each round finds one fault. A file with more has lost its way, and further reports would be noise.
const mostFaults = 20;
// Deeper than any document that a person writes, and well within the stack.
const deepestNesting = 60;

/**
 * Parses a body.
 *
 * @param text the whole file with the front matter blanked out, so that positions are the file's
 * @param places whether nodes must know where they stand
 * @returns the tree, or undefined when nothing could be made of the text; faults are reported
 */
export function parseMdx(text: string, file: VFile, places = true): Root | undefined {
  let tree: Root | undefined;
  // Places are half of a tree, and a plan without faults needs none.
  const exact = places || expressionsInTurn.test(text);
  try {
    tree = (exact ? exactReader : quickReader).parse(text) as Root;
  } catch {
    tree = parseWithFaults(text, file);
  }
  if (tree && depthExceeds(tree, deepestNesting)) {
    report(file, 'nesting-too-deep', { limit: deepestNesting });
    return undefined;
  }
  return tree;
}

/** Finds syntax faults one after the other: what is faulty is blanked at equal length, and reading goes on. */
function parseWithFaults(text: string, file: VFile): Root | undefined {
  // The reference parser tries every closing brace of a nest in turn, which takes time in the square of its depth.
  if (bracesNest(text, deepestNesting)) {
    report(file, 'nesting-too-deep', { limit: deepestNesting });
    return undefined;
  }
  let rest = text;
  for (let round = 0; round < mostFaults; round += 1) {
    try {
      return referenceReader.parse(rest);
    } catch (fault) {
      if (fault instanceof RangeError) {
        report(file, 'nesting-too-deep', { limit: deepestNesting });
        return undefined;
      }
      const message = fault as VFileMessage;
      const place = rangeOf(message, rest);
      report(file, 'mdx-syntax', { reason: inWords(message) }, place);
      const blanked = blankFault(rest, place, message);
      if (blanked === rest) return undefined;
      rest = blanked;
    }
  }
  return undefined;
}

function rangeOf(message: VFileMessage, text: string): Range {
  const place = message.place ?? openingTagIn(message);
  const start = place && ('start' in place ? place.start : place);
  const end = place && ('end' in place ? place.end : place);
  const point = (given: { line: number; column: number; offset?: number | undefined } | undefined): Point =>
    given
      ? { line: given.line, column: given.column, offset: given.offset ?? offsetOf(text, given.line, given.column) }
      : { line: 1, column: 1, offset: 0 };
  return { start: point(start), end: point(end) };
}

/** Where a block was opened that is never closed: only the wording tells, as `(12:1-12:9)`. */
function openingTagIn({ reason }: VFileMessage): VFileMessage['place'] {
  const found = /\((\d+):(\d+)-(\d+):(\d+)\)/.exec(reason);
  if (!found) return undefined;
  const [line, column, endLine, endColumn] = found.slice(1).map(Number) as [number, number, number, number];
  return { start: { line, column }, end: { line: endLine, column: endColumn } };
}

function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let left = line - 1; left > 0; left -= 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) return text.length;
    at = next + 1;
  }
  return Math.min(at + column - 1, text.length);
}

/** Replaces what is at fault by spaces: the tags of a mismatched pair, else the paragraph around the place. */
function blankFault(text: string, place: Range, message: VFileMessage): string {
  if (message.ruleId === 'end-tag-mismatch') {
    const opening = openingTagIn(message);
    let result = text;
    if (opening && 'start' in opening)
      result = blank(
        result,
        offsetOf(text, opening.start.line, opening.start.column),
        offsetOf(text, opening.end.line, opening.end.column),
      );
    return text.startsWith('</', place.start.offset) ? blank(result, place.start.offset, place.end.offset) : result;
  }
  const at = Math.min(place.start.offset, text.length - 1);
  const paragraph = text.lastIndexOf('\n\n', at);
  // The tag or the braces in which the place lies, to the end of the line; else the whole paragraph.
  const opening = Math.max(text.lastIndexOf('<', at), text.lastIndexOf('{', at));
  const lineEnd = text.indexOf('\n', at);
  const narrow = opening > paragraph ? blank(text, opening, lineEnd === -1 ? text.length : lineEnd) : text;
  if (narrow !== text) return narrow;
  const after = text.indexOf('\n\n', at);
  return blank(text, paragraph === -1 ? 0 : paragraph, after === -1 ? text.length : after);
}

function blank(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(from, to).replace(/[^\r\n]/g, ' ') + text.slice(to);
}

function inWords({ reason }: VFileMessage): string {
  const cleaned = reason
    .replace(/ \(note: [^)]*\)/g, '')
    .replace(/ \(\d+:\d+(-\d+:\d+)?\)/g, '')
    .replace(/,? ?expected a (character|closing tag) [\s\S]*$/i, (rest) => rest);
  return /[.!?]$/.test(cleaned) ? cleaned : `${cleaned}.`;
}

function bracesNest(text: string, limit: number): boolean {
  let depth = 0;
  for (const [brace] of text.matchAll(/[{}]/g)) {
    depth = brace === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > limit) return true;
  }
  return false;
}

// Goes no deeper than the limit, so that the trees which it is to find do not end the stack.
function depthExceeds(node: Nodes, limit: number): boolean {
  if (limit < 0) return true;
  return 'children' in node && node.children.some((child) => depthExceeds(child, limit - 1));
}

/** The places of the attributes of a file's blocks, by the offset at which the block begins and the attribute's name. */
export function attributeRanges(text: string): (blockOffset: number, attribute: string) => Range | undefined {
  const found = new Map<string, Range>();
  try {
    visit(referenceReader.parse(text), (node) => {
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
      const element = node as MdxJsxFlowElement;
      for (const attribute of element.attributes)
        if (attribute.type === 'mdxJsxAttribute' && attribute.position)
          found.set(`${element.position?.start.offset} ${attribute.name}`, attribute.position as Range);
    });
  } catch {
    // The file has a syntax fault, which is reported already; blocks are then pointed at as a whole.
  }
  return (blockOffset, attribute) => found.get(`${blockOffset} ${attribute}`);
}
