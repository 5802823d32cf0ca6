/**
 * What somebody means who types while frightened: which words count, which were mistyped, and what is searched when
 * not all of them occur together. Pagefind alone wants every word and knows no typing errors. Nothing here needs a
 * browser.
 */
import { typingErrors } from './distance.ts';
import { type SearchLanguage, searchLanguage } from './language.ts';
import { chunksOf, firstFrom, indexPhrases, type PhraseIndex, weightOfSpread, wordsOfPhrases } from './phrases.ts';
import type { SearchFacets } from './records.ts';
import { indexTitles, type TitleIndex } from './titles.ts';
import type { VocabularyFile } from './vocabulary.ts';
import { partsOf, plain } from './words.ts';

/** A word that is searched. */
export interface Term {
  /** A word of the index, or the beginning of one. */
  word: string;
  /** Words of the index that people use for the same. */
  alternatives: string[];
  /** How much it tells: rare words more than frequent ones. */
  weight: number;
}

/** How a text was understood. */
export interface Understood {
  terms: Term[];
  /** Words that were mistyped, with what was searched instead. */
  repaired: { typed: string; instead: string }[];
  /** Words that occur nowhere. */
  dropped: string[];
  /** The kind of document that the text names: "ransomware playbook". */
  kind?: string;
}

/** The words of the plan, ready to be asked. */
export interface Vocabulary {
  language: SearchLanguage;
  facets: SearchFacets;
  names: readonly string[];
  body: readonly string[];
  /** Place in the list of names, or after them in that of the text. */
  rank: ReadonlyMap<string, number>;
  /** What runbooks are called, and what people say who need them. */
  phrases: PhraseIndex;
  /** What all documents are called. */
  titles: TitleIndex;
  /** The most frequent word with a stem. */
  byStem: ReadonlyMap<string, string>;
  /** All words in alphabetical order, for beginnings of words. */
  sorted: readonly string[];
}

export function readVocabulary({
  language: tag,
  names,
  body,
  facets,
  runbooks = [],
  signals = [],
  titles = {},
}: Pick<VocabularyFile, 'language' | 'names' | 'body' | 'facets'> &
  Partial<Pick<VocabularyFile, 'runbooks' | 'signals' | 'titles'>>): Vocabulary {
  const language = searchLanguage(tag);
  const called = [...wordsOfPhrases({ runbooks, signals }, language), ...names.split(' ').filter(Boolean)];
  const lists = [called, body.split(' ').filter(Boolean)] as const;
  const rank = new Map<string, number>();
  const byStem = new Map<string, string>();
  for (const list of lists)
    for (const word of list) {
      if (!rank.has(word)) rank.set(word, rank.size);
      const root = language.stem(word);
      if (!byStem.has(root)) byStem.set(root, word);
    }
  const phrases = indexPhrases({ runbooks, signals }, language, (word) => rank.has(word));
  return {
    language,
    facets,
    names: lists[0],
    body: lists[1],
    rank,
    byStem,
    phrases,
    titles: indexTitles(titles, runbooks),
    sorted: [...rank.keys()].sort(),
  };
}

/** Finds out what a text means. */
export function understand(text: string, vocabulary: Vocabulary): Understood {
  const { stopWords, kinds } = vocabulary.language;
  const chunks = chunksOf(text, vocabulary.language);
  let telling = chunks.filter((chunk) => !stopWords.has(plain(chunk)));
  const understood: Understood = { terms: [], repaired: [], dropped: [] };
  // "what is going on": all that there is has to do.
  if (telling.length === 0) {
    for (const chunk of chunks) addTerm(plain(chunk), vocabulary, understood, []);
    return understood;
  }
  const named = telling.find((chunk) => kinds.has(plain(chunk)));
  if (named && telling.length > 1) {
    understood.kind = kinds.get(plain(named)) as string;
    telling = telling.filter((chunk) => chunk !== named);
  }
  for (let index = 0; index < telling.length; index += 1) {
    const typed = telling[index] as string;
    const next = telling[index + 1];
    const together = next === undefined ? undefined : plain(typed) + plain(next);
    // "ransom ware", "anti virus": one word of the plan, typed as two.
    if (
      together &&
      vocabulary.rank.has(together) &&
      !(vocabulary.rank.has(plain(typed)) && vocabulary.rank.has(plain(next as string)))
    ) {
      addTerm(together, vocabulary, understood);
      index += 1;
    } else take(typed, vocabulary, understood, next === undefined);
  }
  return understood;
}

function take(typed: string, vocabulary: Vocabulary, understood: Understood, isLast: boolean): void {
  const word = plain(typed);
  // The last word may still be in the fingers.
  const beginning = isLast && understood.terms.length > 0 ? knownBeginning(word, vocabulary) : undefined;
  const known = knownForm(word, vocabulary) ?? beginning;
  const parts = partsOf(typed);
  // What people mean by a word does not hang on the form in which the plan has it.
  if (known) addTerm(known, vocabulary, understood, synonymsOf(word, vocabulary));
  else if (parts.length > 1) {
    for (const part of parts) if (!vocabulary.language.stopWords.has(part)) take(part, vocabulary, understood, false);
  } else takeAnother(word, typed, vocabulary, understood);
}

/** A word that the plan does not have: another word for it, the word that was meant, or none. */
function takeAnother(word: string, typed: string, vocabulary: Vocabulary, understood: Understood): void {
  const [synonym, ...others] = synonymsOf(word, vocabulary);
  const instead = synonym ?? repair(word, vocabulary);
  if (!instead) understood.dropped.push(typed);
  else if (synonym) addTerm(synonym, vocabulary, understood, others);
  else if (!vocabulary.language.stopWords.has(instead)) {
    understood.repaired.push({ typed, instead });
    addTerm(instead, vocabulary, understood);
  }
}

function addTerm(
  word: string,
  vocabulary: Vocabulary,
  { terms }: Understood,
  alternatives = synonymsOf(word, vocabulary),
): void {
  if (terms.some((term) => term.word === word)) return;
  const others = alternatives.filter((alternative) => alternative !== word);
  terms.push({ word, alternatives: others, weight: weightOf(word, others, vocabulary) });
}

/** The form in which the plan has a word: itself, another form of it, or a longer word that begins with it. */
function knownForm(word: string, vocabulary: Vocabulary): string | undefined {
  if (vocabulary.rank.has(word)) return word;
  return (
    vocabulary.byStem.get(vocabulary.language.stem(word)) ??
    (word.length > 2 ? knownBeginning(word, vocabulary) : undefined)
  );
}

/** The word itself where longer words of the plan begin with it: Pagefind finds those. */
function knownBeginning(word: string, { sorted }: Vocabulary): string | undefined {
  return sorted[firstFrom(sorted, word)]?.startsWith(word) ? word : undefined;
}

function synonymsOf(word: string, { language, rank, byStem }: Vocabulary): string[] {
  const found = (language.synonyms.get(language.stem(word)) ?? []).flatMap((synonym) =>
    rank.has(synonym) ? synonym : (byStem.get(language.stem(synonym)) ?? []),
  );
  return [...new Set(found)].filter((synonym) => synonym !== word);
}

/** As if in so many runbooks: a word that only other pages are called by, and one that is only in running text. */
const spreadElsewhere = { name: 2, text: 6 };

/** How much a word tells: the fewer runbooks are called so, by it or by its synonyms, the more. */
function weightOf(
  word: string,
  alternatives: readonly string[],
  { rank, names, phrases, language }: Vocabulary,
): number {
  const spreadOf = (form: string) => phrases.spread.get(language.stem(form)) ?? 0;
  const weigh = (spread: number) => weightOfSpread(spread, phrases.runbooks.length);
  const own = spreadOf(word);
  const most = Math.max(own, ...alternatives.map(spreadOf));
  if (most > 0) return (weigh(own || most) + weigh(most)) / 2;
  return weigh((rank.get(word) ?? names.length) < names.length ? spreadElsewhere.name : spreadElsewhere.text);
}

// Two errors, where the word is long enough for a single other word to be meant.
const errorsIn = (word: string) => (word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0);

/**
 * The word that was probably meant: one of the plan, or a stop word. Names of things may be further away than words of
 * the text. What is not surely a typing error is another word: a scammer is no scanner.
 */
function repair(word: string, { names, body, language }: Vocabulary): string | undefined {
  const limit = errorsIn(word);
  // Digits are ids: T1486 is not a mistyped T1485.
  if (limit === 0 || /\d/.test(word)) return undefined;
  let best: { word: string; cost: number } | undefined;
  const consider = (candidates: Iterable<string>, within: number, handicap: number) => {
    for (const candidate of candidates) {
      if (candidate.length < 4) continue;
      // "disapear" is one letter from a form of "disappeared".
      const cost = Math.min(
        ...[candidate, language.stem(candidate)].map((form) => costOf(word, form, within) + handicap),
      );
      if (!best || cost < best.cost) best = { word: candidate, cost };
    }
  };
  consider(language.stopWords, limit, 0);
  consider(language.vague, limit, 0);
  consider(names, limit, 0);
  consider(body, 1, 0.25);
  return best && best.cost < Number.POSITIVE_INFINITY ? best.word : undefined;
}

const vowels = /[aeiouy]/;

/** How unlikely it is that somebody typed one word for another, or infinite. */
function costOf(typed: string, meant: string, within: number): number {
  const errors = typingErrors(typed, meant, within);
  const difference = Math.abs(typed.length - meant.length);
  // People rarely mistype the first letter.
  const sameStart = typed[0] === meant[0];
  const unlikely =
    errors > within || (!sameStart && (errors > 1 || typed.length < 6)) || (errors > 1 && difference > 1);
  if (unlikely || (typed.length < 6 && difference === 0 && !slip(typed, meant))) return Number.POSITIVE_INFINITY;
  return errors + (sameStart ? 0 : 0.5) + 0.1 * difference;
}

/** Whether two short words of one length differ by letters swapped or by vowels: with other letters they are two words. */
function slip(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return (a[at] === b[at + 1] && a[at + 1] === b[at]) || (vowels.test(a[at] ?? '') && vowels.test(b[at] ?? ''));
}

/** A search engine that wants every word, like Pagefind. */
export interface Engine<Hit extends EngineHit = EngineHit> {
  search: (words: string) => Promise<readonly Hit[]>;
}

export interface EngineHit {
  id: string;
  score: number;
}

/** What was found, with how much of the query it holds, from 0 to 1, and all hits that found it. */
export type Match<Hit extends EngineHit> = Hit & { matched: number; hits: Hit[] };

const enoughMatches = 3;
/** Below this score words were found in running text alone, and not in what things are called. */
const namedScore = 10;

/**
 * Searches all words together, with the synonyms in turn; when that finds fewer than three, or nothing that is called
 * so, each word by itself, and ranks by how much of the query was found.
 *
 * @param most so many are looked at more closely; the rest is noise by then
 */
export async function search<Hit extends EngineHit>(
  { terms }: Pick<Understood, 'terms'>,
  engine: Engine<Hit>,
  most: number,
): Promise<Match<Hit>[]> {
  if (terms.length === 0) return [];
  const found = new Map<string, Match<Hit>>();
  const keep = (hits: readonly Hit[], matched: number, score: number) => {
    const hit = hits[0] as Hit;
    const before = found.get(hit.id);
    const better = !before || before.matched < matched || (before.matched === matched && before.score < score);
    found.set(hit.id, {
      ...(better ? { ...hit, score, matched } : before),
      hits: [...(before?.hits ?? []), ...hits],
    });
  };
  const sorted = () =>
    [...found.values()]
      .sort((a, b) => b.score * b.matched ** 2 - a.score * a.matched ** 2 || (a.id < b.id ? -1 : 1))
      .slice(0, most);
  const words = terms.map((term) => term.word);
  const isEnough = () => found.size >= enoughMatches && [...found.values()].some(({ score }) => score >= namedScore);
  for (const hit of await engine.search(words.join(' '))) keep([hit], 1, hit.score);
  if (isEnough()) return sorted();
  if (terms.length <= mostTogether) {
    for (const [index, { alternatives }] of terms.entries())
      for (const alternative of alternatives.slice(0, mostAlternatives))
        for (const hit of await engine.search(words.with(index, alternative).join(' ')))
          keep([hit], 1, hit.score * synonymDiscount);
  }
  if (terms.length > 1 && !isEnough()) await searchSingly(terms, engine, keep);
  return sorted();
}

const synonymDiscount = 0.9;
/** So many synonyms of a word are asked for; the phrases of runbooks are compared with all. */
const mostAlternatives = 2;
/** With more words than these, synonyms are asked for one by one only: all together hardly ever occur. */
const mostTogether = 3;

async function searchSingly<Hit extends EngineHit>(
  terms: readonly Term[],
  engine: Engine<Hit>,
  keep: (hits: readonly Hit[], matched: number, score: number) => void,
): Promise<void> {
  const total = terms.reduce((sum, term) => sum + term.weight, 0);
  const sums = new Map<string, { hits: Hit[]; weight: number; score: number }>();
  for (const term of terms) {
    const best = new Map<string, { hits: Hit[]; score: number }>();
    for (const [index, word] of [term.word, ...term.alternatives.slice(0, 1)].entries())
      for (const hit of await engine.search(word)) {
        const score = hit.score * (index === 0 ? 1 : synonymDiscount);
        const before = best.get(hit.id);
        best.set(hit.id, {
          hits: [...(before?.hits ?? []), hit],
          score: Math.max(score, before?.score ?? 0),
        });
      }
    for (const [id, { hits, score }] of best) {
      const sum = sums.get(id) ?? { hits: [], weight: 0, score: 0 };
      sums.set(id, { hits: [...sum.hits, ...hits], weight: sum.weight + term.weight, score: sum.score + score });
    }
  }
  for (const { hits, weight, score } of sums.values()) keep(hits, weight / total, score);
}
