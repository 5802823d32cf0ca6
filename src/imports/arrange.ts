/** From parts to the sections of a runbook: which step stands where, and what stands beside the steps. */

import type { List, PhrasingContent, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { matchHeading } from './headings.ts';
import { withoutHeadings } from './mdx-text.ts';
import type { Outline, Part } from './parts.ts';
import { placeOf } from './source.ts';
import { type DraftStep, isListOfSteps, stepOf } from './steps.ts';

/** What a section holds, in order. */
export type Piece = { step: DraftStep } | { node: RootContent };

/** What happened to a heading. */
export interface PlacedHeading {
  title: string;
  /** Which heading of the document it is, from 1: the place of one in Word, which has no lines. */
  number: number;
  line?: number;
  column?: number;
  /** 0: First minutes; 1 to 6: the phases; undefined: not placed. */
  order: number | undefined;
  because: string;
  /** Words that stand under it itself. */
  words: number;
  /** Not placed, and its words are not known as naming something other than a phase. */
  unknown: boolean;
  /** It names more than one phase: a person looks. */
  also?: readonly number[];
}

export interface Arrangement {
  /** By the order of the phase; 0 for First minutes. */
  phases: Map<number, Piece[]>;
  /** What was not placed; its headings begin with depth 4. */
  unplaced: RootContent[];
  doNot: PhrasingContent[][];
  /** Phases whose own heading the source has in the plan's words. */
  named: Set<number>;
  /** Headings whose points went elsewhere; the words are kept. */
  bare: string[];
  headings: PlacedHeading[];
}

interface Place {
  order: number | undefined;
  /** Depth of the heading that was last written for the part around. */
  depth: number;
  /** The part around is known to hold no phase. */
  closed?: boolean;
}

const deepest = 6;
// A prohibition is read in one breath (schema of the kind), and a runbook has five at most.
const longestProhibition = 200;
const mostProhibitions = 5;

/**
 * Arranges an outline.
 *
 * @param titles the plan's names: First minutes, then the six phases
 * @param otherwise where steps go that stand under no name of a phase; undefined keeps them apart
 */
export function arrange(outline: Outline, titles: readonly string[], otherwise: number | undefined): Arrangement {
  const arrangement: Arrangement = {
    phases: new Map(),
    unplaced: [],
    doNot: [],
    named: new Set(),
    bare: [],
    headings: [],
  };
  const arranging = { arrangement, titles, otherwise };
  placeContent(outline.before, { order: otherwise, depth: 3 }, arranging);
  for (const part of outline.parts) placePart(part, { order: undefined, depth: 3 }, [], arranging);
  return arrangement;
}

interface Arranging {
  arrangement: Arrangement;
  titles: readonly string[];
  otherwise: number | undefined;
}

/** `allowed` are phases that a heading around names beside its own: its parts may tell them apart by a mere mention. */
function placePart(part: Part, around: Place, allowed: readonly number[], arranging: Arranging): void {
  const { arrangement, titles, otherwise } = arranging;
  const { match } = part;
  if (part.prohibits && takeProhibitions(part, arrangement)) {
    for (const inner of part.parts) placePart(inner, around, allowed, arranging);
    return;
  }
  const names =
    match.order !== undefined &&
    !around.closed &&
    (around.order === undefined || match.moves || allowed.includes(match.order));
  const order = names ? match.order : (around.order ?? otherwise);
  const moved = order !== around.order;
  const closed = around.closed || (order === undefined && match.order === undefined && match.closed);
  const place: Place = { order, depth: around.depth, closed };
  if (moved) place.depth = order === undefined ? 3 : 2;
  // The heading of the phase says it already, once.
  const isPhaseItself =
    order !== undefined && moved && !arrangement.named.has(order) && same(part.title, titles[order] ?? '');
  if (isPhaseItself) arrangement.named.add(order);
  if (!isPhaseItself && part.title !== '') {
    place.depth = Math.min(deepest, Math.max(place.depth, order === undefined ? 3 : 2) + 1);
    add(arrangement, order, { type: 'heading', depth: place.depth as 3, children: part.heading });
  }
  const at = placeOf(part.node);
  arrangement.headings.push({
    title: part.title,
    number: arrangement.headings.length + 1,
    ...at,
    order,
    because:
      around.closed && order === undefined ? 'inside a part that is none' : whyPlaced(names, order, around, match),
    words: plainText({ type: 'root', children: part.own }).split(/\s+/).filter(Boolean).length,
    unknown: order === undefined && match.order === undefined && !match.known && !around.closed,
    ...(names && match.order !== undefined && match.also.length > 0 ? { also: match.also } : {}),
  });
  placeContent(part.own, place, arranging);
  const also = names && match.order !== undefined && match.also.length > 0 ? [match.order, ...match.also] : allowed;
  for (const inner of part.parts) placePart(inner, place, also, arranging);
}

function whyPlaced(names: boolean, order: number | undefined, around: Place, match: Part['match']): string {
  if (names || order === undefined) return match.because;
  return around.order === undefined ? 'asked for' : 'inside a part that does';
}

const same = (a: string, b: string) => a.replace(/[\s:]+$/, '').toLowerCase() === b.toLowerCase();

function placeContent(nodes: readonly RootContent[], { order }: Place, arranging: Arranging): void {
  const { arrangement, titles } = arranging;
  nodes.forEach((node, index) => {
    const before = nodes[index - 1];
    if (node.type === 'thematicBreak') return;
    if (node.type === 'list' && isListOfSteps(node, before)) placeList(node, order, arrangement, titles);
    else if (
      node.type === 'code' &&
      before?.type === 'list' &&
      order !== undefined &&
      !joinStep(arrangement, order, node)
    )
      add(arrangement, order, node);
    else if (node.type !== 'code' || before?.type !== 'list' || order === undefined)
      add(arrangement, order, withoutHeadings(node));
  });
}

/** Code that follows a list directly belongs to its last item: where lists are numbered by hand, it parts them. */
function joinStep(arrangement: Arrangement, order: number, node: RootContent): boolean {
  const last = arrangement.phases.get(order)?.at(-1);
  if (!last || !('step' in last)) return false;
  last.step.children.push(node);
  return true;
}

function placeList(list: List, order: number | undefined, arrangement: Arrangement, titles: readonly string[]): void {
  // Items that stay a list are one, as they were.
  let kept: List['children'] = [];
  const keep = () => {
    if (kept.length > 0) add(arrangement, order, withoutHeadings({ ...list, children: kept }));
    kept = [];
  };
  for (const item of list.children) {
    const own = labelOf(plainText(item.children[0] ?? item), titles) ?? order;
    const step = own === undefined ? undefined : stepOf(item);
    if (own === undefined || !step) {
      // A picture or code as an item of its own shows how the step before it is done.
      const follows = own !== undefined && kept.length === 0 && item !== list.children[0];
      const joined = follows && joinStep(arrangement, own, withoutHeadings({ ...list, children: [item] }));
      if (!joined) kept.push(item);
      continue;
    }
    keep();
    piecesOf(arrangement, own).push({ step });
  }
  keep();
}

/** The phase with whose name an item begins: "[CONTAINMENT] …" or "Containment: …". */
function labelOf(text: string, titles: readonly string[]): number | undefined {
  const label = /^\s*(?:\[([^\]]{4,40})\]|([\p{L} &]{4,40}?)\s*(?::|\s[–—-]\s))/u.exec(text);
  const name = label?.[1] ?? label?.[2];
  if (name === undefined) return undefined;
  const match = matchHeading(name, titles);
  // Without brackets only the names of phases count: "Verify: …" is a verb at the beginning of a sentence.
  const isName =
    label?.[1] !== undefined || /(?:ation|ment|ection|very|ysis|earned|ncident activity)$/i.test(name.trim());
  return match.order !== undefined && match.exact && isName ? match.order : undefined;
}

/** Short points of "Do not" become the prohibitions of the runbook; where one is too long, all stay text. */
function takeProhibitions(part: Part, arrangement: Arrangement): boolean {
  const [list, ...rest] = part.own;
  if (list?.type !== 'list' || rest.length > 0 || list.children.length + arrangement.doNot.length > mostProhibitions)
    return false;
  const lines = list.children.map(({ children: [first, ...others] }) =>
    first?.type === 'paragraph' &&
    others.length === 0 &&
    plainText(first).trim() !== '' &&
    plainText(first).length <= longestProhibition / 2
      ? first.children
      : undefined,
  );
  if (lines.some((line) => line === undefined)) return false;
  arrangement.doNot.push(...(lines as PhrasingContent[][]));
  arrangement.bare.push(part.title);
  return true;
}

function add(arrangement: Arrangement, order: number | undefined, node: RootContent): void {
  if (order === undefined) arrangement.unplaced.push(node);
  else piecesOf(arrangement, order).push({ node });
}

function piecesOf(arrangement: Arrangement, order: number): Piece[] {
  const pieces = arrangement.phases.get(order) ?? [];
  arrangement.phases.set(order, pieces);
  return pieces;
}
