/** Edits of a document's properties, whether they are its front matter or the whole file. */

import { parse } from 'yaml';
import { valueAt } from '../../compile/text-digest.ts';
import { splitFrontMatter } from '../../compile/yaml.ts';
import { removeValue, setValue } from '../../proposals/yaml-edit.ts';

/** The properties of a document and what follows them. */
export interface Properties {
  yaml: string;
  /** Puts a changed YAML text back in its place. */
  whole: (yaml: string) => string;
}

/** Takes a text apart; a text without front matter is YAML as a whole. */
export function propertiesIn(text: string): Properties {
  const front = splitFrontMatter(text);
  if (!front) return { yaml: text, whole: (yaml) => yaml };
  const end = front.offset + front.yaml.length;
  return { yaml: front.yaml, whole: (yaml) => text.slice(0, front.offset) + yaml + text.slice(end) };
}

/**
 * A YAML text without some of its properties, those that it has.
 *
 * @param present what the text says, where it has been read already
 */
export function without(yaml: string, pointers: readonly string[], present: unknown = parse(yaml)): string {
  return pointers.filter((pointer) => valueAt(present, pointer) !== undefined).reduce(removeValue, yaml);
}

/** A YAML text with other values in the places that it has. */
export function replaced(
  yaml: string,
  values: Readonly<Record<string, unknown>>,
  present: unknown = parse(yaml),
): string {
  return Object.entries(values).reduce(
    (text, [pointer, value]) => (valueAt(present, pointer) === undefined ? text : setValue(text, pointer, value)),
    yaml,
  );
}
