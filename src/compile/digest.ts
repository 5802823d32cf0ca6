/** Digests of what documents say, so that an approval or a lesson can name the text that it was about. */

import { hash } from 'node:crypto';

// How a document stands is not what it says: an approval would otherwise invalidate itself.
const standing = new Set(['status', 'approvals', 'unapproved', 'review']);

/**
 * SHA-256 over a value, with keys in code-unit order and without positions: moving a document's lines about or
 * wrapping them differently does not change it.
 *
 * @returns `sha256-` and 64 hexadecimal digits
 */
export function digestOf(value: unknown): string {
  return `sha256-${hash('sha256', canonical(value), 'hex')}`;
}

/** The digest of a document: its properties without those that say how it stands, and its tree. */
export function documentDigest(data: object, tree: unknown): string {
  const says = Object.fromEntries(Object.entries(data).filter(([key]) => !standing.has(key)));
  return digestOf([says, tree ?? null]);
}

// By hand: JSON.stringify with a replacer copies each object and takes several times as long, on every node of a plan.
function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) {
    let text = '';
    for (const inner of value) text += text === '' ? canonical(inner) : `,${canonical(inner)}`;
    return `[${text}]`;
  }
  const entries = value as Record<string, unknown>;
  let text = '';
  for (const key of sortedKeys(entries)) {
    const inner = entries[key];
    if (key === 'position' || key === 'data' || inner === undefined) continue;
    // Where the lines of a paragraph break is a matter of editors; in code it is not.
    const said =
      key === 'value' && typeof inner === 'string' && inner.includes('\n')
        ? inner.replace(lineBreak, entries['type'] === 'text' ? ' ' : '\n')
        : inner;
    text += `${text === '' ? '' : ','}${quoted(key)}:${canonical(said)}`;
  }
  return `{${text}}`;
}

/** The keys of a node, which has few of them: sorted by hand in less time than it takes to call for it. */
function sortedKeys(entries: object): string[] {
  const keys = Object.keys(entries);
  if (keys.length > 16) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] as string;
    let at = index;
    for (; at > 0 && (keys[at - 1] as string) > key; at -= 1) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

const lineBreak = /[ \t]*\r?\n[ \t]*/g;

// As JSON.stringify does it; nearly every text is written as it is.
const quoted = (text: string) => (/[^ !#-[\]-\ud7ff\ue000-\uffff]/.test(text) ? JSON.stringify(text) : `"${text}"`);
