/**
 * The one grammar by which documents and steps are named: `kind:id`, and `kind:id#step` for a step.
 * The same text stands in prose links, front matter, records, lessons and web addresses.
 */

export interface Reference {
  kind: string;
  id: string;
  /** The step of the document, where one is meant. */
  step?: string;
}

const grammar = /^([a-z]+):([A-Za-z0-9][A-Za-z0-9.-]*)(?:#([a-z0-9][a-z0-9-]*))?$/;

/** Reads a reference; undefined when the text is not one. `defaultKind` serves properties that hold a bare id. */
export function parseReference(text: string, defaultKind?: string): Reference | undefined {
  const match = grammar.exec(text.includes(':') || !defaultKind ? text : `${defaultKind}:${text}`);
  if (!match) return undefined;
  const [, kind, id, step] = match as unknown as [string, string, string, string | undefined];
  return step ? { kind, id, step } : { kind, id };
}

/** Writes a reference; the inverse of parseReference. */
export function formatReference({ kind, id, step }: Reference): string {
  return `${kind}:${id}${step ? `#${step}` : ''}`;
}
