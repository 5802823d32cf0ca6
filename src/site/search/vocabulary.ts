/** The words that occur in the plan, so that the browser can tell a typing error from a word that nobody wrote. */
import { type SearchLanguage, searchLanguage } from './language.ts';
import { type PhrasesFile, wordsOfPhrases } from './phrases.ts';
import type { SearchFacets } from './records.ts';
import type { TitlesFile } from './titles.ts';
import { wordsOfChunk } from './words.ts';
import type { SearchRecord } from './write-index.ts';

/** What is known of the plan before its words are counted. */
export interface VocabularyFacts extends PhrasesFile, TitlesFile {
  /** BCP 47 tag of the plan's language. */
  language: string;
  facets: SearchFacets;
  /** Where somebody starts who finds nothing. */
  first: { title: string; path: string };
}

/** A small file beside the index, loaded when the search opens. */
export interface VocabularyFile extends VocabularyFacts {
  /** Words of titles, aliases and signals, the most frequent first, with a blank between them; not those of phrases. */
  names: string;
  /** The other words, in the same way. */
  body: string;
}

/** What is longer is a command or a path, and found by its parts. */
const longestWord = 24;

/** Counts the words of records that come one after the other. */
export interface WordCounter {
  add: (record: SearchRecord) => void;
  /** The words as lists, the most frequent first. */
  lists: () => { names: string[]; body: string[] };
}

/** A stop word is never searched, so it is in neither list. */
export function countWords(language: SearchLanguage): WordCounter {
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
    const found = new Set<string>();
    for (const chunk of text.split(/\s+/)) for (const word of wordsOf(chunk)) found.add(word);
    for (const word of found) words.set(word, (words.get(word) ?? 0) + 1);
  };
  return {
    add: (record) => {
      if ('page' in record) {
        const { text, meta } = record.page;
        const { title, aliases, signals, code, roles, techniques, kind } = meta;
        count(names, [title, aliases, signals, code, roles, techniques, kind].join(' '));
        count(body, text);
      } else
        for (const { title, number = '', text, names: hidden } of record.text.parts) {
          // Instructions are sentences; only the names of things may pull a mistyped word to them from further away.
          count(body, title);
          count(names, `${number} ${hidden}`);
          count(body, text);
        }
    },
    lists: () => {
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
      return { names: found, body: others };
    },
  };
}

/** The file, when all words are counted. */
export function vocabularyFile(facts: VocabularyFacts, words: WordCounter): VocabularyFile {
  const spoken = new Set(wordsOfPhrases(facts, searchLanguage(facts.language)));
  const { language, facets, first, ...phrases } = facts;
  const { names, body } = words.lists();
  return {
    language,
    names: names.filter((word) => !spoken.has(word)).join(' '),
    body: body.join(' '),
    ...phrases,
    facets,
    first,
  };
}

function listed(words: ReadonlyMap<string, number>): string[] {
  return [...words].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).map(([word]) => word);
}
