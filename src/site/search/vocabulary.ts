/** The words that occur in the plan, so that the browser can tell a typing error from a word that nobody wrote. */
import type { SearchLanguage } from './language.ts';
import type { PhrasesFile } from './phrases.ts';
import type { SearchFacets, SearchRecords } from './records.ts';
import { wordsOfChunk } from './words.ts';

/** A small file beside the index, loaded when the search opens. */
export interface VocabularyFile extends PhrasesFile {
  /** BCP 47 tag of the plan's language. */
  language: string;
  /** Words of titles, aliases and signals, the most frequent first, with a blank between them; not those of phrases. */
  names: string;
  /** The other words, in the same way. */
  body: string;
  facets: SearchFacets;
  /** Where somebody starts who finds nothing. */
  first: { title: string; path: string };
}

/** What is longer is a command or a path, and found by its parts. */
const longestWord = 24;

/** The words of records as lists. A stop word is never searched, so it is in neither list. */
export function vocabularyOf(
  { pages, texts }: SearchRecords,
  language: SearchLanguage,
): { names: string; body: string } {
  const names = new Map<string, number>();
  const body = new Map<string, number>();
  // The same chunks of text come again and again.
  const known = new Map<string, readonly string[]>();
  const wordsOf = (chunk: string) => {
    const words =
      known.get(chunk) ?? wordsOfChunk(chunk).filter((word) => word.length > 1 && !language.stopWords.has(word));
    known.set(chunk, words);
    return words;
  };
  const count = (words: Map<string, number>, text: string) => {
    for (const word of new Set(text.split(/\s+/).flatMap(wordsOf))) words.set(word, (words.get(word) ?? 0) + 1);
  };
  for (const { text, meta } of pages) {
    count(names, [meta.title, meta.aliases, meta.signals, meta.code, meta.roles, meta.techniques, meta.kind].join(' '));
    count(body, text);
  }
  for (const { title, number = '', text, names: hidden } of texts.flatMap(({ parts }) => parts)) {
    // Instructions are sentences; only the names of things may pull a mistyped word to them from further away.
    count(body, title);
    count(names, `${number} ${hidden}`);
    count(body, text);
  }
  const found = listed(names);
  const roots = new Set(found.map((word) => language.stem(word)));
  // Of a word in running text one form is enough: Pagefind finds the others by it.
  const others = listed(body).filter((word) => {
    if (word.length > longestWord) return false;
    const root = language.stem(word);
    const isNew = !roots.has(root);
    roots.add(root);
    return isNew;
  });
  return { names: found.join(' '), body: others.join(' ') };
}

function listed(words: ReadonlyMap<string, number>): string[] {
  return [...words].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).map(([word]) => word);
}
