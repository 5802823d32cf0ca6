/** From matches to what is shown: hits under their pages, the right page first. */
import { filterWord, hiddenMark, phraseMark, readPartId } from './marks.ts';
import { enoughOfQuery, type NearPhrase, nearness, rootsOf, type Unit, weightOfUnit } from './phrases.ts';
import type { Term, Understood, Vocabulary } from './query.ts';
import { wordsIn } from './words.ts';

/** A document that was found as a whole, with what the index keeps of it. */
export interface LoadedPage {
  score: number;
  /** How much of the query was found, from 0 to 1. */
  matched: number;
  url: string;
  /** Text with `<mark>` around what was found. */
  excerpt: string;
  /** The whole text, which begins with the summary. */
  content: string;
  meta: Record<string, string>;
}

/** The text of a document in which something was found. */
export interface LoadedText {
  url: string;
  /** The whole text with `&lt;` and `&gt;` for angles. A word of it is what stands between blanks. */
  content: string;
  /** The same, cut at blanks, where that was done before. */
  words?: readonly string[];
  meta: Record<string, string>;
  /** Where each part begins, as the number of its first word; its heading comes first. */
  anchors: readonly { id: string; text: string; location: number }[];
  /** Numbers of the words that were found. */
  locations: readonly number[];
}

/** A document, step or section that was found. */
export interface Hit {
  url: string;
  title: string;
  /** As it is spoken: RW 14; of a page its code or ATT&CK id. */
  number?: string;
  /** The phase it belongs to, by its id. */
  phase?: string;
  excerpt: string;
  /** What somebody says who means this, where that is what was found. */
  phrase?: string;
  draft: boolean;
  score: number;
}

/** A page with what was found on it. */
export interface HitPage {
  url: string;
  title: string;
  kind: string;
  score: number;
  /** The page itself, where it was found as a whole. */
  page?: Hit;
  /** Steps and sections, best first. */
  parts: Hit[];
}

// What a responder acts on comes before what is read in quiet hours. Kinds that are not named stand in between.
const kindFactor: Record<string, number> = {
  runbook: 1.5,
  action: 1.2,
  role: 1.2,
  contact: 1.1,
  notification: 1.1,
  signal: 0.8,
  message: 0.9,
  control: 0.55,
  exercise: 0.5,
  lesson: 0.5,
  training: 0.55,
  page: 0.7,
  term: 0.85,
};
const partFactor = 0.5;
const draftFactor = 0.8;
/** For the kind that the query names: "phishing exercise". */
const namedKindFactor = 2;

/** The score of Pagefind at which a match is worth half of the best. */
const saturation = 5;

/** So many steps and sections are worth showing; the rest is noise by then. */
const mostParts = 40;

type Query = Pick<Understood, 'terms' | 'kind'>;

interface FoundDocuments {
  pages: readonly LoadedPage[];
  texts: readonly LoadedText[];
}

/**
 * Ranks what was found and gathers it under its pages.
 *
 * @param phase only steps and sections of this phase are shown
 * @param spoken the nearest phrase of each runbook, by its address
 */
export function rank(
  found: FoundDocuments,
  query: Query,
  vocabulary: Vocabulary,
  phase?: string,
  spoken: ReadonlyMap<string, NearPhrase> = new Map(),
): HitPage[] {
  const steps = rankInSteps(found, query, vocabulary, phase, spoken);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same, stopping after each document: on a slow processor all of them take longer than a key can wait. */
export function* rankInSteps(
  { pages: wholes, texts }: FoundDocuments,
  query: Query,
  vocabulary: Vocabulary,
  phase: string | undefined,
  spoken: ReadonlyMap<string, NearPhrase>,
): Generator<undefined, HitPage[]> {
  const pages = new Map<string, HitPage>();
  const pageOf = (url: string, title: string, kind: string) => {
    const page = pages.get(url) ?? { url, title, kind, score: 0, parts: [] };
    pages.set(url, page);
    return page;
  };
  for (const whole of wholes) {
    const { hit, kind } = pageHit(whole, query, vocabulary, spoken.get(whole.url));
    const page = pageOf(whole.url, hit.title, kind);
    page.page = hit;
    page.score = Math.max(page.score, hit.score);
    yield;
  }
  const all: { hit: Omit<Hit, 'excerpt'>; excerpt: () => string; text: LoadedText }[] = [];
  for (const text of texts) {
    for (const found of partHits(text, query, vocabulary)) all.push({ ...found, text });
    yield;
  }
  const parts = all
    .filter(({ hit }) => phase === undefined || hit.phase === phase)
    .sort((a, b) => byScore(a.hit, b.hit))
    .slice(0, mostParts);
  for (const { hit: found, excerpt, text } of parts) {
    const hit = { ...found, excerpt: excerpt() };
    const page = pageOf(text.url, text.meta['page'] ?? '', kindOf(text.meta, vocabulary));
    page.parts.push(hit);
    page.score = Math.max(page.score, hit.score);
  }
  return [...pages.values()].sort(byScore);
}

function byScore(a: { score: number; url: string }, b: { score: number; url: string }): number {
  return b.score - a.score || (a.url < b.url ? -1 : 1);
}

function pageHit(
  match: LoadedPage,
  { terms, kind: named }: Query,
  vocabulary: Vocabulary,
  spoken?: NearPhrase,
): { hit: Hit; kind: string } {
  const kind = kindOf(match.meta, vocabulary);
  const phrase = spoken ?? bestPhrase(match.meta, terms, vocabulary);
  const draft = match.meta['status'] === 'draft';
  const standing = (kindFactor[kind] ?? 1) * (draft ? draftFactor : 1) * (kind === named ? namedKindFactor : 1);
  // Pagefind adds up every word of an entry that begins like one of the query, so that long entries win by far.
  const engine = (match.score / (match.score + saturation)) * match.matched ** 2;
  const score = standing * (engineGain * engine + phraseGain * phrase.score);
  const number = match.meta['code'];
  const title = match.meta['title'] ?? '';
  return {
    kind,
    hit: {
      url: match.url,
      title,
      excerpt: summaryOrExcerpt(match, phrase.text),
      draft,
      score,
      ...(number ? { number } : {}),
      ...(phrase.text && phrase.text !== title && phrase.text !== number ? { phrase: phrase.text } : {}),
    },
  };
}

/** The steps and sections of a text in which words of the query stand. Few are shown, so excerpts are made later. */
function partHits(
  text: LoadedText,
  { terms, kind: named }: Query,
  vocabulary: Vocabulary,
): { hit: Omit<Hit, 'excerpt'>; excerpt: () => string }[] {
  const words = text.words ?? text.content.split(/\s+/);
  const anchors = [...text.anchors].sort((a, b) => a.location - b.location);
  const total = terms.reduce((sum, term) => sum + term.weight, 0);
  // "Ransomware isolate": what the page is called counts for each of its parts.
  const ofPage = termsIn(`${text.meta['page'] ?? ''} ${text.meta['kind'] ?? ''}`, terms, vocabulary);
  const standing =
    partFactor *
    (text.meta['status'] === 'draft' ? draftFactor : 1) *
    (kindOf(text.meta, vocabulary) === named ? namedKindFactor : 1);
  // The same words stand in many places.
  const known = new Map<string, Set<Term>>();
  const termsAt = (location: number) => {
    const word = words[location] ?? '';
    const found = known.get(word) ?? termsIn(unescaped(word), terms, vocabulary);
    known.set(word, found);
    return found;
  };
  // Both are in the order of the text.
  let next = text.locations.findIndex((location) => location >= (anchors[0]?.location ?? 0));
  return anchors.flatMap((anchor, index) => {
    const end = anchors[index + 1]?.location ?? words.length;
    const found: number[] = [];
    for (; (text.locations[next] ?? end) < end; next += 1) found.push(text.locations[next] as number);
    if (found.length === 0) return [];
    const { id, phase, numberWords } = readPartId(anchor.id);
    const heading = anchor.text.split(/\s+/);
    const start = anchor.location + heading.length;
    const met = new Set(found.flatMap((location) => [...termsAt(location)]));
    const inHeading = new Set(
      found.filter((location) => location < start).flatMap((location) => [...termsAt(location)]),
    );
    if (met.size === 0) return [];
    const share = (some: ReadonlySet<Term>) => [...some].reduce((sum, term) => sum + term.weight, 0) / total;
    const title = heading.slice(numberWords).join(' ');
    const number = heading.slice(0, numberWords).join(' ');
    const phrase = bestPhrase({ number, title }, terms, vocabulary);
    const closeness = 0.25 + 0.04 * Math.min(found.length, 5) + 0.35 * share(inHeading);
    const score = closeness * share(new Set([...met, ...ofPage])) ** 2 * standing * (1 + phraseGain * phrase.score);
    return [
      {
        hit: {
          url: `${text.url}#${id}`,
          title,
          draft: text.meta['status'] === 'draft',
          score,
          ...(number ? { number } : {}),
          ...(phase ? { phase } : {}),
        },
        excerpt: () => excerptOf(words, start, end, found),
      },
    ];
  });
}

/** The forms of a term with their roots, which are looked up for thousands of words. */
const formsOfTerms = new WeakMap<Term, { form: string; root: string }[]>();

function formsOf(term: Term, { language }: Vocabulary): { form: string; root: string }[] {
  const known = formsOfTerms.get(term);
  if (known) return known;
  const forms = [term.word, ...term.alternatives].map((form) => ({ form, root: language.stem(form) }));
  formsOfTerms.set(term, forms);
  return forms;
}

/** The terms of a query of which a text has some form. */
function termsIn(text: string, terms: readonly Term[], vocabulary: Vocabulary): Set<Term> {
  const words = wordsIn(text).map((word) => ({ word, root: vocabulary.language.stem(word) }));
  return new Set(
    terms.filter((term) =>
      formsOf(term, vocabulary).some(({ form, root }) =>
        words.some((found) => found.root === root || found.word.startsWith(form)),
      ),
    ),
  );
}

/** The index writes angles as in HTML. */
const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');

const excerptWords = 24;

/** What stands around the first word that was found, up to what is only there to be searched. */
function excerptOf(words: readonly string[], start: number, end: number, found: readonly number[]): string {
  let last = start;
  while (last < end && !words[last]?.startsWith(hiddenMark)) last += 1;
  const first = found.find((location) => location >= start && location < last) ?? start;
  const from = Math.max(start, Math.min(first - excerptWords / 3, last - excerptWords));
  const to = Math.min(last, from + excerptWords);
  const marks = new Set(found);
  const shown = words
    .slice(Math.ceil(from), Math.ceil(to))
    .map((word, at) => (marks.has(Math.ceil(from) + at) ? `<mark>${word}</mark>` : word));
  if (shown.length === 0) return '';
  return `${from > start ? '… ' : ''}${shown.join(' ')}${to < last ? ' …' : ''}`;
}

const forms = ['page', 'text'] as const;

function kindOf(meta: Record<string, string>, { facets }: Vocabulary): string {
  const words = new Set((meta['filters'] ?? '').split(' '));
  return facets.kind.find(([id]) => forms.some((form) => words.has(filterWord(form, 'kind', id))))?.[0] ?? '';
}

// Of a page the summary says what it is; an excerpt only where the words were found nowhere but in its text.
function summaryOrExcerpt({ excerpt, content }: LoadedPage, phrase: string): string {
  if (phrase === '' && excerpt.includes('<mark>')) return cut(excerpt, content);
  const summary = content.split(phraseMark)[0] ?? '';
  const words = summary.split(' ');
  const shown = words.slice(0, summaryWords).join(' ').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return words.length > summaryWords ? `${shown} …` : shown;
}

const summaryWords = 28;

/** Marks where an excerpt was cut out of the text. */
function cut(excerpt: string, content: string): string {
  const plainExcerpt = unescaped(excerpt.replaceAll(/<\/?mark>/g, ''));
  const start = content.startsWith(plainExcerpt.slice(0, 20)) ? '' : '… ';
  return `${start}${excerpt}${content.trimEnd().endsWith(plainExcerpt.slice(-20)) ? '' : ' …'}`;
}

const phraseGain = 3;
const engineGain = 0.3;
/** For a title with all words of the query: somebody who knows what it is called looks for it. */
const nameGain = 1.7;
const wholeQuery = 0.99;

/** The title, alias or synonym of an entry that comes nearest to what was typed. */
export function bestPhrase(
  meta: Record<string, string>,
  terms: readonly Term[],
  { language, phrases }: Vocabulary,
): NearPhrase {
  const total = terms.reduce((sum, term) => sum + term.weight, 0);
  let best: NearPhrase = { text: '', score: 0 };
  if (total === 0) return best;
  const entries = [
    meta['code'] ?? '',
    meta['number'] ?? '',
    meta['title'] ?? '',
    ...(meta['aliases'] ?? '').split(phraseMark),
    ...(meta['signals'] ?? '').split(phraseMark),
    // The most telling comes first.
    ...(meta['techniques'] ?? '').split(phraseMark),
  ].filter(Boolean);
  const isName = (text: string) => text === meta['title'] || text === meta['code'];
  for (const [index, text] of entries.entries()) {
    const { units, roots } = phrases.cut(text);
    const met = new Map<Unit, number>();
    let query = 0;
    for (const term of terms) {
      let best = 0;
      for (const [root, worth] of rootsOf(term, roots, language))
        for (const unit of units.filter((unit) => unit.roots.includes(root))) {
          met.set(unit, Math.max(worth, met.get(unit) ?? 0));
          best = Math.max(best, worth);
        }
      query += best * term.weight;
    }
    if (met.size === 0) continue;
    const weight = (unit: Unit) => weightOfUnit(unit, phrases);
    const whole = units.reduce((sum, unit) => sum + weight(unit), 0);
    const common = [...met].reduce((sum, [unit, worth]) => sum + worth * weight(unit), 0);
    const ofQuery = query / total;
    const isNamed = isName(text) && ofQuery > wholeQuery;
    const score = nearness(ofQuery, common / whole) * (isNamed ? nameGain : 1 - (0.15 * index) / entries.length);
    if (score > best.score) best = { text: ofQuery >= enoughOfQuery ? text : '', score };
  }
  return best;
}

/** An excerpt in pieces, for elements: no HTML of the index ever reaches the page as such. */
export function excerptPieces(excerpt: string): { text: string; marked: boolean }[] {
  return excerpt
    .split(/(<mark>.*?<\/mark>)/)
    .filter(Boolean)
    .map((piece) => {
      const marked = piece.startsWith('<mark>');
      const text = marked ? piece.slice('<mark>'.length, -'</mark>'.length) : piece;
      return { text: unescaped(text), marked };
    });
}

/** A title or phrase in pieces, with the words marked that were searched. */
export function markedPieces(
  text: string,
  terms: readonly Term[],
  { language }: Vocabulary,
): { text: string; marked: boolean }[] {
  const forms = terms.flatMap(({ word, alternatives }) => [word, ...alternatives]);
  const roots = new Set(forms.map((form) => language.stem(form)));
  return text
    .split(/(\s+)/)
    .filter(Boolean)
    .map((piece) => {
      const found = wordsIn(piece).some(
        (word) => roots.has(language.stem(word)) || forms.some((form) => form.length > 2 && word.startsWith(form)),
      );
      return { text: piece, marked: found };
    });
}
