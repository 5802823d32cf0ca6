/** From list items to steps. */

import type { Code, List, ListItem, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { withoutHeadings } from './mdx-text.ts';

/** What becomes one step: the instruction first, then how it is done. */
export interface DraftStep {
  children: RootContent[];
  /** The item or heading from which it was made. */
  from: RootContent;
}

// A list of bare names after a colon says what is meant; it is not done one by one.
const longestBareName = 2;
// What is longer is not understood at one hearing (the same limit as the hint about long instructions).
const longestInstruction = 25;

/** Whether the items of a list are things to do, or only links or names. */
export function isListOfSteps(list: List, before: RootContent | undefined): boolean {
  const items = list.children.filter((item) => plainText(item).trim() !== '');
  if (items.length === 0) return false;
  if (items.some((item) => typeof item.checked === 'boolean')) return true;
  if (items.every(isOnlyLink)) return false;
  const introduced = before?.type === 'paragraph' && /:\s*$/.test(plainText(before));
  const bare = items.every((item) => plainText(item).trim().split(/\s+/).length <= longestBareName);
  return !(bare && introduced && list.ordered !== true);
}

function isOnlyLink(item: ListItem): boolean {
  const [only, ...rest] = item.children;
  if (only?.type !== 'paragraph' || rest.length > 0) return false;
  const said = only.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  return said.length === 1 && said[0]?.type === 'link';
}

/** A step of an item; undefined when the item does not begin with words that could be an instruction. */
export function stepOf(item: ListItem): DraftStep | undefined {
  const [first, ...rest] = withoutHeadings(item).children as RootContent[];
  if (first?.type !== 'paragraph' || plainText(first, { includeImageAlt: false }).trim() === '') return undefined;
  return { children: [...splitInstruction(first), ...rest], from: item };
}

/**
 * The instruction apart from what explains it: up to the first line break, or, where it is too long to be heard once,
 * up to the end of its first sentence.
 */
function splitInstruction(paragraph: Paragraph): Paragraph[] {
  const { children } = paragraph;
  const at = children.findIndex((child) => child.type === 'break');
  if (at > 0) return twoParagraphs(paragraph, children.slice(0, at), children.slice(at + 1));
  if (plainText(paragraph).trim().split(/\s+/).length <= longestInstruction) return [paragraph];
  for (const [index, child] of children.entries()) {
    if (child.type !== 'text') continue;
    // A word of three letters and more before the full stop: "e.g." and "no." end no sentence.
    const end = /(?<=\p{L}{3}["”)]?[.!?])\s+(?=\p{Lu})/u.exec(child.value);
    if (!end) continue;
    return twoParagraphs(
      paragraph,
      [...children.slice(0, index), { ...child, value: child.value.slice(0, end.index) }],
      [{ ...child, value: child.value.slice(end.index + end[0].length) }, ...children.slice(index + 1)],
    );
  }
  return [paragraph];
}

function twoParagraphs(paragraph: Paragraph, one: PhrasingContent[], two: PhrasingContent[]): Paragraph[] {
  const said = (children: PhrasingContent[]) => plainText({ type: 'paragraph', children }).trim() !== '';
  if (!said(one)) return [paragraph];
  const rest = two.length > 0 ? [{ ...paragraph, children: two }] : [];
  return [{ ...paragraph, children: one }, ...rest];
}

/** How the languages of fenced code are called, by the shell of a Command. */
const shells: Readonly<Record<string, string>> = {
  bash: 'bash',
  sh: 'bash',
  shell: 'bash',
  zsh: 'zsh',
  powershell: 'powershell',
  pwsh: 'powershell',
  ps1: 'powershell',
  cmd: 'cmd',
  bat: 'cmd',
  batch: 'cmd',
  kql: 'kql',
  kusto: 'kql',
  sql: 'sql',
  spl: 'spl',
  splunk: 'spl',
  console: 'console',
};

/** The shell of a fenced code block; undefined for a language that nobody types into one. */
export function shellOf(code: Code): string | undefined {
  const name = code.lang?.toLowerCase() ?? '';
  return Object.hasOwn(shells, name) ? shells[name] : undefined;
}
