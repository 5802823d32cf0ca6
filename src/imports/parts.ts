/** From headings to parts, and from parts to phases. */

import type { Heading, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { followsFramework, type HeadingMatch, isProhibition, matchHeading } from './headings.ts';

/** A heading with what stands under it, down to the next of its depth. */
export interface Part {
  heading: PhrasingContent[];
  title: string;
  /** The node that is the heading: one, or a paragraph that is nothing but a name of a phase. */
  node: RootContent;
  own: RootContent[];
  parts: Part[];
  match: HeadingMatch;
  /** Stands over what must not be done. */
  prohibits: boolean;
}

export interface Outline {
  /** The heading that is the title of the document, if there is one. */
  title?: Heading;
  /** What stands before the first heading. */
  before: RootContent[];
  parts: Part[];
}

// People write "Containment:" in bold where their tool has no heading at hand. A longer line is a sentence.
const longestName = 60;

/**
 * The outline of a document.
 *
 * @param titles the plan's names: First minutes, then the six phases
 */
export function outlineOf(tree: Root, titles: readonly string[]): Outline {
  const headings = tree.children.filter((child) => child.type === 'heading');
  const title = titleAmong(headings, titles, tree.children[0]);
  const asFramework = followsFramework(headings.map((heading) => plainText(heading)));
  const outline: Outline = { ...(title ? { title } : {}), before: [], parts: [] };
  const open: { depth: number; part: Part }[] = [];
  for (const node of tree.children) {
    if (node === title) continue;
    const depth = node.type === 'heading' ? node.depth : isNameOfPhase(node, titles, asFramework) ? 7 : undefined;
    if (depth === undefined) {
      (open.at(-1)?.part.own ?? outline.before).push(node);
      continue;
    }
    while (open.length > 0 && (open.at(-1) as { depth: number }).depth >= depth) open.pop();
    const heading = headingOf(node);
    const text = plainText({ type: 'paragraph', children: heading }).replace(/\s+/g, ' ').trim();
    const part: Part = {
      heading,
      title: text,
      node,
      own: [],
      parts: [],
      match: matchHeading(text, titles, asFramework),
      prohibits: isProhibition(text),
    };
    (open.at(-1)?.part.parts ?? outline.parts).push(part);
    open.push({ depth, part });
  }
  return outline;
}

/** The first heading, when no other is as high as it and it names no phase. */
function titleAmong(
  headings: readonly Heading[],
  titles: readonly string[],
  firstNode: RootContent | undefined,
): Heading | undefined {
  const [first] = headings;
  if (!first || plainText(first).trim() === '') return undefined;
  const alone = headings.every((heading) => heading === first || heading.depth > first.depth);
  const match = matchHeading(plainText(first), titles);
  return alone &&
    !(match.order !== undefined && match.exact) &&
    (first.depth === 1 || headings.length > 1 || first === firstNode)
    ? first
    : undefined;
}

function isNameOfPhase(node: RootContent, titles: readonly string[], asFramework: boolean): boolean {
  if (node.type !== 'paragraph') return false;
  const text = plainText(node).trim();
  if (text === '' || text.length > longestName || /[.;,]$/.test(text)) return false;
  const match = matchHeading(text, titles, asFramework);
  if (match.order === undefined) return isBold(node.children) && match.known;
  return match.exact || isBold(node.children);
}

function isBold(children: readonly PhrasingContent[]): boolean {
  const said = children.filter((child) => child.type !== 'text' || /[^\s:]/.test(child.value));
  return said.length > 0 && said.every((child) => child.type === 'strong' || child.type === 'break');
}

function headingOf(node: RootContent): PhrasingContent[] {
  if (node.type !== 'heading' && node.type !== 'paragraph') return [];
  return node.children.flatMap((child) =>
    node.type === 'paragraph' && child.type === 'strong' ? child.children : [child],
  );
}
