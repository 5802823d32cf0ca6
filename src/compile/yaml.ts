/** YAML with positions: front matter and data files. */

import type { VFile } from 'vfile';
import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type Document as YamlDocument,
} from 'yaml';
import { type Range, report } from '../diagnostics/report.ts';
import { readPlainYaml } from './plain-yaml.ts';

export interface YamlData {
  data: unknown;
  /** The place of a value by JSON pointer; of its nearest ancestor where there is no such value. */
  rangeOf: (pointer: string) => Range;
  /** The place of a property's name. */
  keyRangeOf: (pointer: string, key: string) => Range;
  /** False when the text could not be read; `data` is then undefined. */
  valid: boolean;
}

// The schemas nest six levels; what is deeper than this is no document, and recursion over it could end the stack.
const deepestYaml = 60;
// A file with more has lost its way, and further reports would be noise.
const mostFaults = 20;
const endOfStack = /call stack|stack overflow/i;

/**
 * Parses YAML.
 *
 * @param text the YAML alone
 * @param file where to report
 * @param base offset of the text in the file, in UTF-16 code units
 */
export function parseYaml(text: string, file: VFile, base = 0): YamlData {
  const data = readPlainYaml(text);
  if (data === undefined) return parseExactly(text, file, base);
  // Where something stands is asked where something is wrong, which is in few files.
  let exact: YamlData | undefined;
  const places = () => {
    exact ??= parseExactly(text, file, base);
    return exact;
  };
  return {
    data,
    valid: true,
    rangeOf: (pointer) => places().rangeOf(pointer),
    keyRangeOf: (pointer, key) => places().keyRangeOf(pointer, key),
  };
}

/** With the parser, which knows all of YAML, its faults, and where everything stands. */
function parseExactly(text: string, file: VFile, base: number): YamlData {
  const counter = new LineCounter();
  const whole = String(file);
  // Positions are those of the file: count its lines, not the part's.
  for (let at = -1; ; ) {
    counter.addNewLine(at + 1);
    at = whole.indexOf('\n', at + 1);
    if (at === -1) break;
  }
  const range = (from: number, to: number): Range => ({
    start: pointAt(counter, base + from),
    end: pointAt(counter, base + Math.max(from, to)),
  });
  const whole_ = range(0, Math.min(text.length, Math.max(0, text.indexOf('\n'))));
  let document: YamlDocument.Parsed;
  try {
    document = parseDocument(text, {
      prettyErrors: false,
      schema: 'core',
      version: '1.2',
      uniqueKeys: true,
      keepSourceTokens: false,
      logLevel: 'silent',
    });
  } catch (reason) {
    if (reason instanceof RangeError) report(file, 'nesting-too-deep', { limit: deepestYaml }, whole_);
    else report(file, 'yaml-syntax', { reason: oneSentence(String((reason as Error).message)) }, whole_);
    return unusable(whole_);
  }
  // The parser tells the end of its stack as faults of the text, one for each level that it could not leave in order.
  if (document.errors.some((fault) => endOfStack.test(fault.message)) || depthExceeds(document.contents, deepestYaml)) {
    report(file, 'nesting-too-deep', { limit: deepestYaml }, whole_);
    return unusable(whole_);
  }
  const faults = [...document.errors, ...document.warnings].slice(0, mostFaults);
  for (const fault of faults) report(file, 'yaml-syntax', { reason: oneSentence(fault.message) }, range(...fault.pos));
  let aliased = false;
  if (text.includes('*'))
    visit(document, {
      Alias(_, node) {
        aliased = true;
        report(file, 'yaml-alias', {}, nodeRange(node, range) ?? whole_);
      },
    });
  const valid = faults.length === 0 && !aliased;
  return {
    data: valid ? document.toJS() : undefined,
    valid,
    rangeOf: (pointer) => nodeRange(find(document, pointer), range) ?? whole_,
    keyRangeOf: (pointer, key) => {
      const parent = find(document, pointer);
      const pair = isMap(parent)
        ? parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
        : undefined;
      return nodeRange(pair?.key as Node | undefined, range) ?? nodeRange(parent, range) ?? whole_;
    },
  };
}

function unusable(range: Range): YamlData {
  return { data: undefined, rangeOf: () => range, keyRangeOf: () => range, valid: false };
}

// Iterative, since the point is to find trees that recursion could not walk.
function depthExceeds(contents: unknown, limit: number): boolean {
  const waiting: [unknown, number][] = [[contents, 0]];
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const [node, depth] = entry;
    if (depth > limit) return true;
    if (isMap(node)) for (const { key, value } of node.items) waiting.push([key, depth + 1], [value, depth + 1]);
    else if (isSeq(node)) for (const item of node.items) waiting.push([item, depth + 1]);
  }
  return false;
}

function find(document: YamlDocument.Parsed, pointer: string): Node | undefined {
  let node: Node | undefined = document.contents ?? undefined;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const child: unknown = isMap(node) ? node.get(key, true) : isSeq(node) ? node.get(Number(key), true) : undefined;
    if (!child) return node;
    node = child as Node;
  }
  return node;
}

function nodeRange(node: Node | undefined | null, range: (from: number, to: number) => Range): Range | undefined {
  return node?.range ? range(node.range[0], node.range[1]) : undefined;
}

function pointAt(counter: LineCounter, offset: number) {
  const { line, col } = counter.linePos(offset);
  return { line, column: col, offset };
}

function oneSentence(message: string): string {
  const first = message.split('\n')[0] as string;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** Cuts the front matter off: its YAML, where it begins, and where the body begins. Undefined when there is none. */
export function splitFrontMatter(text: string): { yaml: string; offset: number; bodyOffset: number } | undefined {
  const match = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text);
  if (match?.index !== 0) return undefined;
  const yaml = match[1] as string;
  return { yaml, offset: match[0].indexOf('\n') + 1, bodyOffset: match[0].length };
}
