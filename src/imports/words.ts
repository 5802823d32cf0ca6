/** The promise that no word is lost, as arithmetic: the words of a source against those of what was made of it. */

import type { Nodes } from 'mdast';
import { isPhrasing } from '../model/content.ts';

const word = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a text with how often each occurs; capitals and punctuation do not count. */
export function wordsOf(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [match] of text.normalize('NFC').matchAll(word)) {
    const key = match.toLowerCase();
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/** How many words there are. */
export function countWords(words: ReadonlyMap<string, number>): number {
  return [...words.values()].reduce((sum, count) => sum + count, 0);
}

/** The words that occur less often after than before, each as often as it is missing. */
export function lostWords(before: string, after: string): string[] {
  const present = wordsOf(after);
  return [...wordsOf(before)].flatMap(([name, count]) =>
    Array.from({ length: Math.max(0, count - (present.get(name) ?? 0)) }, () => name),
  );
}

/**
 * Everything that a tree says: text, code, alternative texts, addresses. What stands in one line is joined as it is
 * read; everything else is set apart.
 */
export function saidBy(node: Nodes): string {
  const said = { text: [] as string[], addresses: [] as string[] };
  collect(node, said);
  return `${said.text.join('')}\n${said.addresses.join('\n')}`;
}

function collect(node: Nodes, said: { text: string[]; addresses: string[] }): void {
  const { url, title, alt } = node as { url?: string; title?: string | null; alt?: string | null };
  if (typeof url === 'string') said.addresses.push(addressSaid(url));
  if (typeof title === 'string') said.addresses.push(title);
  if (node.type === 'image' || node.type === 'imageReference' || node.type === 'break')
    said.text.push(` ${alt ?? ''} `);
  if ('value' in node && typeof node.value === 'string') said.text.push(node.value);
  // A link stands apart from the letters beside it: it may become text with its address behind it.
  const apart = node.type === 'link' || node.type === 'linkReference' ? ' ' : isPhrasing(node) ? '' : '\n';
  said.text.push(apart);
  if ('children' in node) for (const child of node.children) collect(child as Nodes, said);
  said.text.push(apart);
}

/** What an address says. One that leads to a heading of the same text repeats its words; an embedded image says none. */
export function addressSaid(url: string): string {
  return url.startsWith('#') || url.startsWith('data:') || url.startsWith('embedded:') ? '' : decodedAddress(url);
}

/** An address as it is read: %20 is a space. */
export function decodedAddress(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** Every text in data, without the names of its properties. */
export function textsIn(data: unknown): string {
  if (typeof data !== 'object' || data === null) return String(data ?? '');
  return Object.values(data).map(textsIn).join('\n');
}
