/** Words as the scan compares them, and runs of four. */

const word = /[\p{L}\p{N}]+/gu;

/** The words of a text that a reader sees as one, in lower case. */
export function wordsIn(text: string): string[] {
  return text.toLowerCase().match(word) ?? [];
}

/** So many words in a row are no chance. */
export const runLength = 4;

const numbers = new Map<string, number>();

/** A number for a word, the same in every process. */
function numberOf(text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  if (numbers.size > 500_000) numbers.clear();
  numbers.set(text, hash >>> 0);
  return hash >>> 0;
}

// A word in the sense of the scan; numbers and single letters are everywhere.
const isWord = /^\p{L}{2,}$/u;
const fewestWords = 3;

/**
 * Calls back for each run of four words, of which one may be a number. A run is told as a number of 53 bits: for a million runs on each side the
 * chance that two of them meet is one in ten thousand.
 */
export function eachRun(words: readonly string[], found: (run: number, at: number) => void): void {
  const counts = words.map((text) => (isWord.test(text) ? 1 : 0) as number);
  for (let at = 0; at + runLength <= words.length; at += 1) {
    let real = 0;
    for (let index = at; index < at + runLength; index += 1) real += counts[index] as number;
    if (real < fewestWords) continue;
    let high = 0;
    let low = 0x2545f491;
    for (let index = at; index < at + runLength; index += 1) {
      const number = numberOf(words[index] as string);
      high = (Math.imul(high, 0x9e3779b1) + number) | 0;
      low = Math.imul(low ^ number, 0x85ebca6b) ^ (low >>> 13);
    }
    found((high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0), at);
  }
}

/** Ids and the like: letters and digits with hyphens between. */
const hyphenated = /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+/g;

export function hyphenatedIn(text: string): string[] {
  return text.match(hyphenated) ?? [];
}
