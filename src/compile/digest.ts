/** Digests of what documents say, so that an approval or a lesson can name the text that it was about. */

import { createHash } from 'node:crypto';

// How a document stands is not what it says: an approval would otherwise invalidate itself.
const standing = new Set(['status', 'approvals', 'review']);

/**
 * SHA-256 over a value, with keys in code-unit order and without positions: moving a document's lines about or
 * wrapping them differently does not change it.
 *
 * @returns `sha256-` and 64 hexadecimal digits
 */
export function digestOf(value: unknown): string {
  return `sha256-${createHash('sha256').update(canonical(value)).digest('hex')}`;
}

/** The digest of a document: its properties without status, approvals and review, and its tree. */
export function documentDigest(data: object, tree: unknown): string {
  const says = Object.fromEntries(Object.entries(data).filter(([key]) => !standing.has(key)));
  return digestOf([says, tree ?? null]);
}

// By hand: JSON.stringify with a replacer copies each object and takes several times as long, on every node of a plan.
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((inner) => canonical(inner)).join(',')}]`;
  const entries = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(entries).sort()) {
    const inner = entries[key];
    if (key === 'position' || key === 'data' || inner === undefined) continue;
    // Where the lines of a paragraph break is a matter of editors; in code it is not.
    const said =
      key === 'value' && typeof inner === 'string'
        ? inner.replace(lineBreak, entries['type'] === 'text' ? ' ' : '\n')
        : inner;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(said)}`;
  }
  return `{${text}}`;
}

const lineBreak = /[ \t]*\r?\n[ \t]*/g;
