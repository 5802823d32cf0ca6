/**
 * Narrows a list that stands on the page while somebody types: by the same folding of words as the search, without its
 * index. The words of an entry are folded when the site is built, those that are typed in the browser.
 */
import { searchLanguage } from './language.ts';
import { plain, wordsIn } from './words.ts';

/** What is said of an entry as folded words, each once and sorted: what `matching` compares with. */
export function foldedWords(texts: readonly string[], language: string): string[] {
  const { stopWords, stem } = searchLanguage(language);
  const words = texts.flatMap(wordsIn).filter((word) => !stopWords.has(word));
  return [...new Set(words.map(stem))].sort();
}

/**
 * The entries that hold most of the words that were typed, or begin so; a synonym does for a word. Words that no entry
 * has are passed over, so that a whole sentence can be typed.
 *
 * @param entries folded words by the id of an entry
 * @returns undefined when nothing was typed that says anything; an empty set when no entry has any of it
 */
export function matching(
  typed: string,
  entries: ReadonlyMap<string, readonly string[]>,
  language: string,
): Set<string> | undefined {
  const { stopWords, stem, synonyms } = searchLanguage(language);
  const asked = typed
    .split(/\s+/)
    .map(plain)
    .filter((word) => word.length > 1 && !stopWords.has(word))
    .map((word) => [word, stem(word), ...(synonyms.get(stem(word)) ?? []).map(stem)]);
  if (asked.length === 0) return undefined;
  const counted = [...entries].map(([id, words]) => [id, asked.filter((forms) => has(words, forms)).length] as const);
  const most = Math.max(0, ...counted.map(([, count]) => count));
  return new Set(counted.filter(([, count]) => count === most && most > 0).map(([id]) => id));
}

/** Whether one of the words is a synonym, or begins with what was typed. */
function has(words: readonly string[], [typed = '', stem = '', ...synonyms]: readonly string[]): boolean {
  return words.some((word) => word.startsWith(typed) || word === stem || synonyms.includes(word));
}
