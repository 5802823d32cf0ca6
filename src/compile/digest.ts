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

function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'position' || key === 'data') return undefined;
    // Soft line breaks are a matter of editors.
    if (key === 'value' && typeof inner === 'string') return inner.replace(/[ \t]*\r?\n[ \t]*/g, '\n');
    if (inner && typeof inner === 'object' && !Array.isArray(inner))
      return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
    return inner;
  });
}
