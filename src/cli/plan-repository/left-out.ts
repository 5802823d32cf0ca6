/**
 * Names of documents that a new plan does not hold, taken out of the text of one that it holds: an entry of a list
 * goes, an option of a decision goes, a link keeps its words.
 */

import { parse } from 'yaml';
import { type Collected, validatorOf } from '../../compile/schemas.ts';
import { valueAt } from '../../compile/text-digest.ts';
import { kinds } from '../../kinds/index.ts';
import { parseReference } from '../../model/reference.ts';
import { removeValue } from '../../proposals/yaml-edit.ts';
import { propertiesIn } from './properties.ts';

/** Whether a plan holds a document, by `kind:id`. */
export type Holds = (name: string) => boolean;

// The incident that nobody can name yet: what to follow where there is no runbook of its own.
const general = 'runbook:unclassified-incident';

/**
 * @param schema name of the schema of the document's properties
 * @param text the whole file
 */
export function withoutMissing(schema: string, text: string, holds: Holds): string {
  const { yaml, whole } = propertiesIn(text);
  const kept = whole(withoutEntries(schema, yaml, holds));
  return unlinked(withoutOptions(kept, holds), schema, holds);
}

/** Takes entries out of lists, and properties that name one document. */
function withoutEntries(schema: string, yaml: string, holds: Holds): string {
  const pointers = missingIn(schema, yaml, holds).map(entryOf);
  // From the end, so that the numbers of those before stay right.
  return [...new Set(pointers)].sort(byPlaceFromTheEnd).reduce(removeEntry, yaml);
}

function missingIn(schema: string, yaml: string, holds: Holds): string[] {
  const data: unknown = parse(yaml);
  const collected: Collected = { references: [], markdown: [] };
  validatorOf(schema).call({ collected } as never, data);
  const named = collected.references.filter(({ expected, text }) => {
    const reference = parseReference(text, expected);
    return reference && !holds(`${reference.kind}:${reference.id}`);
  });
  const sentences = collected.markdown.filter(
    ({ text, pointer }) => /\/notThisIf\/\d+$/.test(pointer) && leadsNowhere(text, holds),
  );
  return [...named, ...sentences].map(({ pointer }) => pointer);
}

/** Whether all runbooks that a sentence sends its reader to are missing. */
function leadsNowhere(text: string, holds: Holds): boolean {
  const runbooks = [...text.matchAll(/\]\((runbook:[a-z0-9-]+)/g)].map(([, name]) => name as string);
  return runbooks.length > 0 && !runbooks.some(holds);
}

/** The nearest entry of a list around a value, or the value itself. */
function entryOf(pointer: string): string {
  return /^(.*\/\d+)(?:\/[^/]*)?$/.exec(pointer)?.[1] ?? pointer;
}

function byPlaceFromTheEnd(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true });
}

function removeEntry(yaml: string, pointer: string): string {
  const list = pointer.slice(0, pointer.lastIndexOf('/'));
  const entries = valueAt(parse(yaml), list);
  return removeValue(yaml, Array.isArray(entries) && entries.length === 1 ? list : pointer);
}

/** Takes out the options of decisions that lead to a missing runbook; one that is needed leads to the general one. */
function withoutOptions(text: string, holds: Holds): string {
  return text.replace(/<Decision\b[^>]*>[\s\S]*?<\/Decision>/g, (decision) => {
    const fallback = /\sotherwise="([^"]*)"/.exec(decision)?.[1];
    const options = [...decision.matchAll(/<Option\b([^>]*)>[\s\S]*?<\/Option>/g)];
    const missing = options.filter(([, attributes = '']) => {
      const target = parseReference(/\sto="([^"]*)"/.exec(attributes)?.[1] ?? '');
      return target && !holds(`${target.kind}:${target.id}`);
    });
    let left = options.length;
    return missing.reduce((rest, [option, attributes = '']) => {
      const needed = left <= 2 || new RegExp(`\\sid="${fallback}"`).test(attributes);
      if (needed) return rest.replace(option, option.replace(/(\sto=")[^"]*"/, `$1${general}"`));
      left -= 1;
      return rest.replace(new RegExp(`[ \\t]*${escaped(option)}\\r?\\n?`), '');
    }, decision);
  });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const link = String.raw`\[((?:[^[\]]|\[[^\]]*\])*)\]\(([a-z]+:[A-Za-z0-9][A-Za-z0-9.-]*)(#[a-z0-9-]*)?\)`;

/** Links to what is missing become their words; where a runbook would be opened, the general one is named. */
function unlinked(text: string, schema: string, holds: Holds): string {
  const missing = (name: string) => kinds.has(name.split(':')[0] as string) && !holds(name);
  const tables = text.replace(/^\|.*\n/gm, (row) => rowWithout(row, missing));
  return tables.replace(new RegExp(link, 'g'), (all, words: string, name: string, step: string | undefined) => {
    if (!missing(name)) return all;
    const opens = name.startsWith('runbook:') && !step && (schema === 'runbook' || schema === 'action');
    return opens ? `${words} (here [unclassified incident](${general}))` : words;
  });
}

/** A row of a table without entries of its lists that are missing; nothing where all its runbooks are. */
function rowWithout(row: string, missing: (name: string) => boolean): string {
  const runbooks = [...row.matchAll(/\]\((runbook:[a-z0-9-]+)\)/g)].map(([, name]) => name as string);
  if (runbooks.length > 0 && runbooks.every(missing)) return '';
  const first = new RegExp(`(?<=\\| ?)${link}, `);
  const later = new RegExp(`, ${link}(?=,| *\\|)`, 'g');
  let rest = row.replace(later, (all, _, name: string) => (missing(name) ? '' : all));
  for (let at = first.exec(rest); at && missing(at[2] as string); at = first.exec(rest)) rest = rest.replace(at[0], '');
  return rest;
}
