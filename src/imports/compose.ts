/** From what was arranged to the text of a document of the plan. Ids are left out: they are given as `fix` gives them. */

import type { Heading, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { stringify } from 'yaml';
import type { ImportText } from '../model/import-text.ts';
import { type Leads, settleAddresses } from './addresses.ts';
import type { Arrangement, Piece } from './arrange.ts';
import { mdxLine, mdxText, withoutHeadings } from './mdx-text.ts';
import type { Outline, Part } from './parts.ts';
import { plainHeading } from './phase-words.ts';
import type { Source } from './source.ts';
import { type DraftStep, isListOfSteps, shellOf, stepOf } from './steps.ts';
import { textsIn } from './words.ts';

/** What a document says that its source does not. */
export interface Given {
  title: string;
  /** The title as the source has it. */
  titleInSource: string;
  code: string;
  role: string;
  criticality: string;
  impact: string;
  signal: string;
  /** Names of First minutes and the six phases. */
  titles: readonly string[];
  /** Where the text comes from, as it is said in the document. */
  source: string;
  today: string;
  text: ImportText;
  leads: Leads;
}

/** The text of a document, and which of its words are ours and not the source's. */
export interface Composed {
  text: string;
  added: string;
}

// The schema's limit; what is longer is no summary.
const longestSummary = 600;
const shortestSummary = 20;

/** A runbook: First minutes and the six phases, each with its steps or the reason why it has none. */
export function composeRunbook(source: Source, outline: Outline, arrangement: Arrangement, given: Given): Composed {
  const { text } = given;
  const added: string[] = [];
  const summary = summaryOf(source, outline, given);
  const doNot = arrangement.doNot.map((children) => mdxLine(inline(children, given)));
  const front = {
    title: given.title,
    code: given.code,
    summary: summary ?? text.summary,
    signals: { confirm: [given.signal] },
    doNot: doNot.length > 0 ? doNot : [text.doNot],
    criticality: given.criticality,
    impact: given.impact,
    roles: [given.role],
    owner: given.role,
    status: 'draft',
    sources: sourcesOf(given),
  };
  added.push(
    textsIn({ ...front, sources: [text.sourceNote(given.source)], doNot: doNot.length > 0 ? [] : front.doNot }),
  );
  const sections = given.titles.flatMap((title, order) => {
    const pieces = arrangement.phases.get(order);
    if (!arrangement.named.has(order)) added.push(title);
    const body = [
      ...reasonFor(pieces ?? [], given, added),
      ...levelled(pieces ?? []).map((piece) => pieceText(piece, given)),
      ...(order === 1 ? unplacedText(source, outline, arrangement, given, added) : []),
    ];
    return [`## ${title}`, ...body];
  });
  const remarks: [string, string][] = [
    ['criticality', text.levelRemark],
    ['roles', text.roleRemark([...arrangement.phases.values()].flat().some((piece) => 'step' in piece))],
    ['signals', text.signalRemark],
  ];
  return { text: document(front, sections, remarks), added: added.join('\n') };
}

/** A page: running text under the headings of the source. */
export function composePage(source: Source, outline: Outline, given: Given): Composed {
  const front = {
    title: given.title,
    summary: summaryOf(source, outline, given) ?? given.text.summary,
    owner: given.role,
    status: 'draft',
    sources: sourcesOf(given),
  };
  const added: string[] = [textsIn({ ...front, sources: [given.text.sourceNote(given.source)] })];
  const body = [...flat(outline), ...asideNodes(source, outline, [], given, 2, added)];
  return { text: document(front, [mdxText(settleAddresses(body, given.leads))], []), added: added.join('\n') };
}

/** An action: the items of its lists are its parts. */
export function composeAction(source: Source, outline: Outline, given: Given): Composed {
  const front = {
    title: given.title,
    summary: summaryOf(source, outline, given) ?? given.text.summary,
    role: given.role,
    risks: [given.text.risk],
    owner: given.role,
    status: 'draft',
    sources: sourcesOf(given),
  };
  const added: string[] = [textsIn({ ...front, sources: [given.text.sourceNote(given.source)] })];
  const nodes = flat(outline);
  const body = nodes.flatMap((node, index): string[] => {
    const steps = node.type === 'list' && isListOfSteps(node, nodes[index - 1]) ? node.children.map(stepOf) : [];
    if (steps.length === 0 || steps.some((step) => step === undefined))
      return [mdxText(settleAddresses([node], given.leads))];
    return steps.map((step) => framed('<Part>', '</Part>', step as DraftStep, given));
  });
  const beside = asideNodes(source, outline, [], given, 2, added);
  return {
    text: document(front, [...body, ...(beside.length > 0 ? [mdxText(settleAddresses(beside, given.leads))] : [])], []),
    added: added.join('\n'),
  };
}

function document(front: object, body: readonly string[], remarks: readonly [string, string][]): string {
  const yaml = remarks.reduce(
    (text, [property, remark]) => text.replace(new RegExp(`^(?=${property}:)`, 'm'), `# ${remark}\n`),
    stringify(front, { lineWidth: 110 }),
  );
  return `---\n${yaml}---\n\n${body.filter((part) => part !== '').join('\n\n')}\n`;
}

const sourcesOf = ({ titleInSource, source, today, text }: Given) => [
  { title: titleInSource, checkedOn: today, note: text.sourceNote(source) },
];

/** A summary that the source has: its own property, or the paragraph under its title or under "Overview". */
function summaryOf(source: Source, outline: Outline, given: Given): string | undefined {
  const property = source.properties.find(([name]) => /^(?:description|summary|abstract)$/i.test(name))?.[1];
  const overview = outline.parts.find(({ title }) =>
    ['overview', 'summary', 'executive summary', 'purpose', 'description', 'introduction'].includes(
      plainHeading(title),
    ),
  );
  const paragraphs = [...(overview?.own ?? []), ...outline.before].filter((node) => node.type === 'paragraph');
  const candidates = [
    ...(property ? [mdxLine([{ type: 'text', value: property.replace(/\s+/g, ' ') }])] : []),
    ...paragraphs
      .filter((paragraph) => !governs.test(plainText(paragraph).trim()))
      .slice(0, 2)
      .filter(isRunningText)
      .map((paragraph) => mdxLine(inline(paragraph.children, given))),
  ];
  return candidates.find((text) => text.length >= shortestSummary && text.length <= longestSummary);
}

// A line that governs the document, such as "Version 1.2, May 2024" or "Last reviewed: 2024-05-01 by …", is no summary.
const governs =
  /^(?:document (?:id|number|owner|version)|version|revision|rev\.?|(?:last |date |next )?(?:updated?|revised|review(?:ed)?|modified|created|approved|published)|(?:updated|revised|reviewed|approved|prepared|written|created|maintained) by|effective(?: date)?|date|authors?|owner|status|classification|tlp)\b\s*(?:[:=|–—-]|on\b|v?\d)|^v\d+(?:\.\d+)+\b/i;

function isRunningText({ children }: Paragraph): boolean {
  return (
    !children.some((child) => child.type === 'image') &&
    plainText({ type: 'paragraph', children }).trim().length >= shortestSummary
  );
}

function inline(children: readonly PhrasingContent[], given: Given): PhrasingContent[] {
  const [paragraph] = settleAddresses([{ type: 'paragraph', children: [...children] }], given.leads);
  return (paragraph as Paragraph).children.map((child) =>
    child.type === 'break' ? { type: 'text', value: ' ' } : child,
  );
}

/** Headings go down one level at a time, also where parts came from different places of the source. */
function levelled(pieces: readonly Piece[]): Piece[] {
  let depth = 2;
  return pieces.map((piece) => {
    if (!('node' in piece) || piece.node.type !== 'heading') return piece;
    depth = Math.min(piece.node.depth, depth + 1);
    return { node: { ...piece.node, depth: depth as Heading['depth'] } };
  });
}

/** Why a phase has no step, in words that send a person there. */
function reasonFor(pieces: readonly Piece[], { text, source }: Given, added: string[]): string[] {
  if (pieces.some((piece) => 'step' in piece)) return [];
  const reason = pieces.length > 0 ? text.onlyProse(source) : text.noSteps(source);
  added.push(reason);
  return [`<NoSteps>\n${mdxText([{ type: 'paragraph', children: [{ type: 'text', value: reason }] }])}\n</NoSteps>`];
}

function pieceText(piece: Piece, given: Given): string {
  if ('node' in piece) return mdxText(settleAddresses([piece.node], given.leads));
  return framed(`<Step role="${given.role}">`, '</Step>', piece.step, given);
}

/** A block around Markdown. Commands stand only where no list is around them: there their braces are read safely. */
function framed(opening: string, closing: string, step: DraftStep, given: Given): string {
  const runs: (RootContent[] | string)[] = [];
  for (const node of settleAddresses(step.children, given.leads)) {
    const shell = node.type === 'code' ? shellOf(node) : undefined;
    if (shell !== undefined) {
      runs.push(commandText(shell, mdxText([node]), given));
    } else if (typeof runs.at(-1) === 'object') (runs.at(-1) as RootContent[]).push(node);
    else runs.push([node]);
  }
  const inner = runs.map((run) => (typeof run === 'string' ? run : mdxText(run))).join('\n\n');
  const onlyParagraph = step.children.length === 1 && step.children[0]?.type === 'paragraph';
  return `${opening}\n${inner}\n${onlyParagraph ? '' : '\n'}${closing}`;
}

function commandText(shell: string, code: string, { text, source, today }: Given): string {
  const attributes = {
    shell,
    on: text.commandOn,
    as: text.commandAs,
    checked: 'documentation',
    checkedOn: today,
    checkedWhere: text.commandWhere(source),
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${attribute(value)}"`);
  return `<Command ${written.join(' ')}>\n\n${code}\n\n</Command>`;
}

const attribute = (value: string) => value.replace(/&/g, '&amp;').replace(/"/g, '&quot;');

/** What belongs to no phase, behind the steps of Preparation, which no responder reads in an incident. */
function unplacedText(
  source: Source,
  outline: Outline,
  arrangement: Arrangement,
  given: Given,
  added: string[],
): string[] {
  const { text } = given;
  const beside = asideNodes(source, outline, arrangement.bare, given, 4, added);
  const nodes = [...arrangement.unplaced, ...beside];
  if (nodes.length === 0) return [];
  const note = text.unplacedNote(given.source);
  added.push(text.unplaced, note);
  return [
    `### ${text.unplaced}`,
    `<Note>\n${mdxText([{ type: 'paragraph', children: [{ type: 'text', value: note }] }])}\n</Note>`,
    mdxText(settleAddresses(nodes, given.leads)),
  ];
}

/** Properties, footnotes and comments of the source, and headings that lost their place. */
function asideNodes(
  source: Source,
  outline: Outline,
  bare: readonly string[],
  { text }: Given,
  depth: 2 | 4,
  added: string[],
): RootContent[] {
  const under = (title: string, nodes: readonly RootContent[]): RootContent[] => {
    if (nodes.length === 0) return [];
    added.push(title);
    return [{ type: 'heading', depth, children: [{ type: 'text', value: title }] } satisfies Heading, ...nodes];
  };
  const item = (children: PhrasingContent[]) => ({
    type: 'listItem' as const,
    children: [{ type: 'paragraph' as const, children }],
  });
  const properties = source.properties.map(([name, value]) => {
    const inOneLine = !value.includes('\n');
    return inOneLine
      ? item([{ type: 'text', value: `${name}: ${value}` }])
      : {
          type: 'listItem' as const,
          children: [
            { type: 'paragraph' as const, children: [{ type: 'text' as const, value: name }] },
            { type: 'code' as const, value },
          ],
        };
  });
  // The words of the title are in `sources`; its links and images are not.
  const rich = outline.title?.children.some((child) => child.type !== 'text') ? [item(outline.title.children)] : [];
  const headings = [...rich, ...bare.map((value) => item([{ type: 'text', value }]))];
  return [
    ...under(
      text.headings,
      headings.length > 0 ? [{ type: 'list', ordered: false, spread: false, children: headings }] : [],
    ),
    ...under(
      text.front,
      properties.length > 0 ? [{ type: 'list', ordered: false, spread: false, children: properties }] : [],
    ),
    ...under(text.appendix, source.appendix.map(withoutHeadingNodes)),
  ];
}

const withoutHeadingNodes = (node: RootContent): RootContent =>
  node.type === 'heading' ? { type: 'paragraph', children: node.children } : withoutHeadings(node);

/** The outline as it was, its headings from depth 2 down without a gap. */
function flat(outline: Outline): RootContent[] {
  const partNodes = (part: Part, depth: number): RootContent[] => [
    ...(part.title === ''
      ? []
      : [{ type: 'heading', depth: Math.min(6, depth) as 2, children: part.heading } satisfies Heading]),
    ...part.own.map(withoutHeadings),
    ...part.parts.flatMap((inner) => partNodes(inner, depth + 1)),
  ];
  return [...outline.before.map(withoutHeadings), ...outline.parts.flatMap((part) => partNodes(part, 2))].filter(
    (node) => node.type !== 'thematicBreak',
  );
}
