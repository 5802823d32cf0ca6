/** From matches to what is shown: hits under their pages, the right page first. */
import { filterWord, phraseMark } from './marks.ts';
import type { Term, Understood, Vocabulary } from './query.ts';
import { wordsIn } from './words.ts';

/** A match with what the index keeps of it. */
export interface LoadedMatch {
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
const saturation = 10;

/** Ranks matches and gathers them under their pages. */
export function rank(
  matches: readonly LoadedMatch[],
  { terms, kind: named }: Pick<Understood, 'terms' | 'kind'>,
  vocabulary: Vocabulary,
): HitPage[] {
  const pages = new Map<string, HitPage>();
  for (const match of matches) {
    const [address = ''] = match.url.split('#');
    const isPart = match.url.includes('#');
    const kind = valuesOf(match, 'kind', vocabulary)[0] ?? '';
    const phrase = bestPhrase(match.meta, terms, vocabulary);
    const phases = valuesOf(match, 'phase', vocabulary);
    const draft = match.meta['status'] === 'draft';
    // The boost of a kind is for its pages: a step that only uses an action stays behind the action.
    const standing =
      (isPart ? partFactor : (kindFactor[kind] ?? 1)) *
      (draft ? draftFactor : 1) *
      (kind === named ? namedKindFactor : 1);
    // Pagefind adds up every word of an entry that begins like one of the query, so that long entries win by far.
    const score =
      (match.score / (match.score + saturation)) * match.matched ** 2 * standing * (1 + phraseGain * phrase.score);
    const number = match.meta['number'] ?? match.meta['code'];
    const hit: Hit = {
      url: match.url,
      title: match.meta['title'] ?? '',
      excerpt: isPart ? cut(match.excerpt, match.content) : summaryOrExcerpt(match, phrase.text),
      draft,
      score,
      ...(number ? { number } : {}),
      ...(isPart && phases.length === 1 ? { phase: phases[0] as string } : {}),
      ...(phrase.text && phrase.text !== match.meta['title'] && phrase.text !== number ? { phrase: phrase.text } : {}),
    };
    const page = pages.get(address) ?? {
      url: address,
      title: match.meta['page'] ?? hit.title,
      kind,
      score: 0,
      parts: [],
    };
    pages.set(address, page);
    page.score = Math.max(page.score, score);
    if (isPart) page.parts.push(hit);
    else page.page = hit;
  }
  const byScore = (a: { score: number; url: string }, b: { score: number; url: string }) =>
    b.score - a.score || (a.url < b.url ? -1 : 1);
  for (const page of pages.values()) page.parts.sort(byScore);
  return [...pages.values()].sort(byScore);
}

function valuesOf({ meta }: LoadedMatch, filter: 'kind' | 'phase', { facets }: Vocabulary): string[] {
  const words = new Set((meta['filters'] ?? '').split(' '));
  return facets[filter].map(([id]) => id).filter((id) => words.has(filterWord(filter, id)));
}

// Of a page the summary says what it is; an excerpt only where the words were found nowhere but in its text.
function summaryOrExcerpt({ excerpt, content }: LoadedMatch, phrase: string): string {
  if (phrase === '' && excerpt.includes('<mark>')) return cut(excerpt, content);
  const summary = content.split(phraseMark)[0] ?? '';
  const words = summary.split(' ');
  const shown = words.slice(0, summaryWords).join(' ').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return words.length > summaryWords ? `${shown} …` : shown;
}

const summaryWords = 28;

/** Marks where an excerpt was cut out of the text. */
function cut(excerpt: string, content: string): string {
  const plainExcerpt = excerpt
    .replaceAll(/<\/?mark>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  const start = content.startsWith(plainExcerpt.slice(0, 20)) ? '' : '… ';
  return `${start}${excerpt}${content.trimEnd().endsWith(plainExcerpt.slice(-20)) ? '' : ' …'}`;
}

const phraseGain = 3;
/** A phrase counts as what was meant when it holds this much of the query. */
const enoughOfQuery = 0.5;
const synonymWorth = 0.75;

/**
 * The title, alias or signal that comes nearest to what was typed. Pagefind sees an entry as a bag of words, and a
 * runbook's bag is large: "stolen" of one signal and "laptop" of another are no stolen laptop.
 */
export function bestPhrase(
  meta: Record<string, string>,
  terms: readonly Term[],
  { language }: Vocabulary,
): { text: string; score: number } {
  const total = terms.reduce((sum, term) => sum + term.weight, 0);
  let best = { text: '', score: 0 };
  if (total === 0) return best;
  const wanted = terms.map(({ word, alternatives, weight }) => ({
    weight,
    forms: [word, ...alternatives].map((form, index) => ({
      form,
      root: language.stem(form),
      worth: index === 0 ? 1 : synonymWorth,
    })),
  }));
  const entries = [
    meta['code'] ?? '',
    meta['number'] ?? '',
    meta['title'] ?? '',
    ...(meta['aliases'] ?? '').split(phraseMark),
    ...(meta['signals'] ?? '').split(phraseMark),
  ].filter(Boolean);
  for (const [index, text] of entries.entries()) {
    // A query of nothing but stop words ("what is going on") is compared whole.
    const words = [...new Set(wordsIn(text))].filter(
      (word) => !language.stopWords.has(word) || terms.some((term) => term.word === word),
    );
    if (words.length === 0) continue;
    const stems = words.map((word) => language.stem(word));
    const met = wanted.flatMap(({ weight, forms }) => {
      const form = forms.find(({ form, root }) =>
        words.some((word, at) => stems[at] === root || (form.length > 3 && word.startsWith(form))),
      );
      return form ? [weight * form.worth] : [];
    });
    if (met.length === 0) continue;
    const ofQuery = met.reduce((sum, weight) => sum + weight, 0) / total;
    const ofPhrase = Math.min(1, met.length / words.length);
    // Signals stand in a runbook with the strongest first.
    const score = ofQuery ** 2 * (0.5 + 0.5 * ofPhrase) * (1 - (0.15 * index) / entries.length);
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
      return { text: text.replaceAll('&lt;', '<').replaceAll('&gt;', '>'), marked };
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
