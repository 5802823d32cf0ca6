/**
 * What documents are called, kept in memory: who types the beginning of a name sees what has it before anything is
 * fetched. Runbooks are compared by all their phrases (`phrases.ts`) once a whole word of them is typed.
 */
import { phraseMark } from './marks.ts';
import { firstFrom, type RunbookPhrases } from './phrases.ts';
import type { PageRecord } from './records.ts';
import { wordsIn } from './words.ts';

/** A document that is no runbook: those stand with their phrases, and signals with the runbooks that they speak for. */
export type TitleEntry = [path: string, title: string, code?: string];

export interface TitlesFile {
  /** By kind. */
  titles: Record<string, TitleEntry[]>;
}

/** The titles of all documents whose names are nowhere else in the vocabulary. */
export function titlesOf(pages: readonly PageRecord[]): TitlesFile['titles'] {
  const titles: TitlesFile['titles'] = {};
  for (const { path, meta, filters } of pages) {
    const kind = filters.kind[0] ?? '';
    if (kind === 'runbook' || kind === 'signal') continue;
    titles[kind] ??= [];
    titles[kind].push(meta.code ? [path, meta.title, meta.code] : [path, meta.title]);
  }
  return titles;
}

/** A name that was found: of a runbook by its place in the list of runbooks. */
export type Named = { runbook: number } | { kind: string; entry: TitleEntry };

/** The words of all names. */
export interface TitleIndex {
  named: readonly Named[];
  /** In alphabetical order. */
  words: readonly string[];
  /** Which names hold a word, in the order of `words`. */
  holders: readonly (readonly number[])[];
}

export function indexTitles(titles: TitlesFile['titles'], runbooks: readonly RunbookPhrases[]): TitleIndex {
  const named: Named[] = [];
  const byWord = new Map<string, number[]>();
  const add = (name: Named, text: string) => {
    for (const word of new Set(wordsIn(text))) {
      const holders = byWord.get(word) ?? [];
      byWord.set(word, holders);
      holders.push(named.length);
    }
    named.push(name);
  };
  for (const [runbook, { title, code = '', aliases = '' }] of runbooks.entries())
    add({ runbook }, `${title} ${code} ${aliases.replaceAll(phraseMark, ' ')}`);
  for (const [kind, entries] of Object.entries(titles))
    for (const entry of entries) add({ kind, entry }, `${entry[1]} ${entry[2] ?? ''}`);
  const words = [...byWord.keys()].sort();
  return { named, words, holders: words.map((word) => byWord.get(word) as number[]) };
}

/** The names in which every one of these words begins some word, in the order of the index. */
export function namesWith(beginnings: readonly string[], { named, words, holders }: TitleIndex): Named[] {
  const sets = beginnings.map((beginning) => {
    const found = new Set<number>();
    for (let at = firstFrom(words, beginning); words[at]?.startsWith(beginning); at += 1)
      for (const index of holders[at] as readonly number[]) found.add(index);
    return found;
  });
  const [first, ...others] = sets;
  return [...(first ?? [])]
    .filter((index) => others.every((set) => set.has(index)))
    .sort((a, b) => a - b)
    .map((index) => named[index] as Named);
}
