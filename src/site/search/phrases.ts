/**
 * What runbooks are called and what people say who need them, phrase by phrase. Pagefind sees a record as a bag of
 * words, and a runbook's bag is large: "stolen" of one signal and "laptop" of another are no stolen laptop. All phrases
 * of all runbooks are small enough to be compared one by one.
 */
import type { SearchLanguage } from './language.ts';
import { phraseMark } from './marks.ts';
import { partsOf, plain, wordsIn } from './words.ts';

/** A runbook as the search compares it, with what is shown of it where Pagefind did not find it. */
export interface RunbookPhrases {
  path: string;
  title: string;
  code?: string;
  summary: string;
  /** With a mark between them. */
  aliases?: string;
  /** Places in the list of signals, strongest first. */
  signals: number[];
  status?: string;
  priority?: string;
}

/** The phrases of all runbooks. Runbooks share signals, so these stand apart. */
export interface PhrasesFile {
  runbooks: RunbookPhrases[];
  /** Title and synonyms of each signal, with a mark between them. */
  signals: string[];
}

/** The words of all phrases, the most frequent first. */
export function wordsOfPhrases({ runbooks, signals }: PhrasesFile, { stopWords }: SearchLanguage): string[] {
  const counts = new Map<string, number>();
  for (const text of [...runbooks.flatMap(({ title, code, aliases }) => [title, code, aliases]), ...signals])
    for (const word of new Set(wordsIn(text ?? '')))
      if (word.length > 1 && !stopWords.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).map(([word]) => word);
}

/** What stands for one word of a text: itself, and the parts of a compound. */
export interface Unit {
  roots: string[];
}

interface Phrase {
  text: string;
  units: Unit[];
  /** Which runbooks say it, with how much it is worth there. */
  runbooks: { runbook: number; worth: number }[];
}

export interface PhraseIndex {
  runbooks: readonly RunbookPhrases[];
  phrases: readonly Phrase[];
  /** Phrases that hold a word, by its root. */
  byRoot: ReadonlyMap<string, readonly number[]>;
  /** In how many runbooks a root occurs. */
  spread: ReadonlyMap<string, number>;
  /** All roots in alphabetical order, for beginnings of words. */
  roots: readonly string[];
  /** The words of a phrase, in the order of the text, and its roots, in that of the alphabet. */
  cut: (text: string) => CutPhrase;
}

interface CutPhrase {
  units: readonly Unit[];
  roots: readonly string[];
}

/** The pieces of a text that stand between blanks; an expression of two words is one. */
export function chunksOf(text: string, { expressions, stem }: SearchLanguage): string[] {
  const chunks = text
    .normalize('NFC')
    .split(/[\s/]+/)
    .filter((chunk) => plain(chunk) !== '');
  const found: string[] = [];
  for (let index = 0; index < chunks.length; index += 1) {
    const chunk = chunks[index] as string;
    const next = chunks[index + 1];
    const one = next === undefined ? undefined : expressions.get(`${stem(plain(chunk))} ${plain(next)}`);
    found.push(one ?? chunk);
    if (one) index += 1;
  }
  return found;
}

/** The telling words of a text. `isWord` knows words that people write as two. */
function unitsOf(text: string, language: SearchLanguage, isWord: (word: string) => boolean): Unit[] {
  const chunks = chunksOf(text, language);
  const units: Unit[] = [];
  const known = new Set<string>();
  const telling = (word: string) => word !== '' && !language.stopWords.has(word);
  for (let index = 0; index < chunks.length; index += 1) {
    const chunk = chunks[index] as string;
    const forms = [plain(chunk), ...partsOf(chunk)];
    const next = plain(chunks[index + 1] ?? '');
    if (next !== '' && isWord(`${forms[0]}${next}`)) {
      forms.push(`${forms[0]}${next}`, next);
      index += 1;
    }
    const roots = [...new Set(forms.filter(telling).map((form) => language.stem(form)))];
    const name = roots.join(' ');
    if (roots.length === 0 || known.has(name)) continue;
    known.add(name);
    units.push({ roots });
  }
  return units;
}

/** A title or another name says more surely what is meant than a signal. */
const signalWorth = 0.95;
/** Each signal of a runbook is worth less by this much than the one before, down to a bound. */
const placeLoss = 0.05;
const mostLoss = 0.3;

export function indexPhrases(
  { runbooks, signals }: PhrasesFile,
  language: SearchLanguage,
  isWord: (word: string) => boolean,
): PhraseIndex {
  // Names of things come again with every search.
  const cuts = new Map<string, CutPhrase>();
  const cut = (text: string) => {
    const known = cuts.get(text);
    if (known) return known;
    const units = unitsOf(text, language, isWord);
    const found = { units, roots: [...new Set(units.flatMap((unit) => unit.roots))].sort() };
    cuts.set(text, found);
    return found;
  };
  const byText = new Map<string, Phrase>();
  const add = (text: string, runbook: number, worth: number) => {
    const phrase = byText.get(text) ?? { text, units: unitsOf(text, language, isWord), runbooks: [] };
    byText.set(text, phrase);
    const before = phrase.runbooks.find((entry) => entry.runbook === runbook);
    if (!before) phrase.runbooks.push({ runbook, worth });
    else before.worth = Math.max(before.worth, worth);
  };
  for (const [index, runbook] of runbooks.entries()) {
    const names = [runbook.title, runbook.code ?? '', ...(runbook.aliases ?? '').split(phraseMark)].filter(Boolean);
    for (const text of names) add(text, index, 1);
    for (const [place, signal] of runbook.signals.entries())
      for (const text of (signals[signal] ?? '').split(phraseMark).filter(Boolean))
        add(text, index, signalWorth - Math.min(mostLoss, placeLoss * place));
  }
  const phrases = [...byText.values()];
  const byRoot = new Map<string, number[]>();
  const spreads = new Map<string, Set<number>>();
  for (const [index, { units, runbooks }] of phrases.entries())
    for (const root of new Set(units.flatMap((unit) => unit.roots))) {
      const list = byRoot.get(root) ?? [];
      list.push(index);
      byRoot.set(root, list);
      const spread = spreads.get(root) ?? new Set();
      for (const { runbook } of runbooks) spread.add(runbook);
      spreads.set(root, spread);
    }
  return {
    runbooks,
    phrases,
    byRoot,
    spread: new Map([...spreads].map(([root, set]) => [root, set.size])),
    roots: [...byRoot.keys()].sort(),
    cut,
  };
}

/** How much a word tells: one of a single runbook much, one of all of them hardly anything. */
export function weightOfSpread(spread: number, runbooks: number): number {
  return Math.log2(1 + Math.max(1, runbooks) / spread);
}

/** How much a word of a phrase tells. */
export function weightOfUnit({ roots }: Unit, { spread, runbooks }: Pick<PhraseIndex, 'spread' | 'runbooks'>): number {
  return Math.max(...roots.map((root) => weightOfSpread(spread.get(root) ?? 1, runbooks.length)));
}

/** A word that is compared, with other words for the same. */
export interface ComparedTerm {
  word: string;
  alternatives: readonly string[];
  weight: number;
}

/** What a phrase is worth that has all words of the query, and others besides. */
const restGain = 0.45;
const synonymWorth = 0.75;
const beginningWorth = 0.7;
const bagGain = 0.25;

/** How near a phrase comes to a query, from the shares of both that they have in common. */
export function nearness(ofQuery: number, ofPhrase: number): number {
  return ofQuery ** 1.25 * (1 - restGain + restGain * ofPhrase);
}

/** The roots that may stand for a term, with what each is worth. */
export function rootsOf(
  { word, alternatives }: Pick<ComparedTerm, 'word' | 'alternatives'>,
  roots: readonly string[],
  { stem }: SearchLanguage,
): Map<string, number> {
  const found = new Map<string, number>();
  if (word.length > 3)
    for (let at = firstFrom(roots, word); roots[at]?.startsWith(word); at += 1)
      found.set(roots[at] as string, beginningWorth);
  for (const alternative of alternatives) found.set(stem(alternative), synonymWorth);
  return found.set(stem(word), 1);
}

/** The place of the first word in a sorted list that is not before another. */
export function firstFrom(sorted: readonly string[], word: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A phrase that comes near to a query. */
export interface NearPhrase {
  /** Empty where it holds too little of the query to be shown. */
  text: string;
  score: number;
}

/** A phrase counts as what was meant when it holds this much of the query. */
export const enoughOfQuery = 0.5;

/** The phrase of each runbook that comes nearest to what was typed. A runbook with no word of it is left out. */
export function nearestPhrases(
  terms: readonly ComparedTerm[],
  { phrases, byRoot, spread, roots, runbooks: all }: PhraseIndex,
  language: SearchLanguage,
): Map<number, NearPhrase> {
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  const found = new Map<number, { query: number; met: Map<Unit, number> }>();
  const bags = new Map<number, number>();
  for (const term of terms) {
    const best = new Map<number, number>();
    for (const [root, worth] of rootsOf(term, roots, language))
      for (const phrase of byRoot.get(root) ?? []) {
        best.set(phrase, Math.max(best.get(phrase) ?? 0, worth));
        const entry = found.get(phrase) ?? { query: 0, met: new Map<Unit, number>() };
        found.set(phrase, entry);
        for (const unit of (phrases[phrase] as Phrase).units)
          if (unit.roots.includes(root)) entry.met.set(unit, Math.max(worth, entry.met.get(unit) ?? 0));
      }
    const inBag = new Map<number, number>();
    for (const [phrase, worth] of best) {
      (found.get(phrase) as { query: number }).query += worth * term.weight;
      for (const { runbook } of (phrases[phrase] as Phrase).runbooks)
        inBag.set(runbook, Math.max(worth, inBag.get(runbook) ?? 0));
    }
    for (const [runbook, worth] of inBag) bags.set(runbook, (bags.get(runbook) ?? 0) + worth * term.weight);
  }
  const nearest = new Map<number, NearPhrase>();
  for (const [index, { query, met }] of found) {
    const { text, units, runbooks } = phrases[index] as Phrase;
    const unitWeight = (unit: Unit) => weightOfUnit(unit, { spread, runbooks: all });
    const whole = units.reduce((sum, unit) => sum + unitWeight(unit), 0);
    const common = [...met].reduce((sum, [unit, worth]) => sum + worth * unitWeight(unit), 0);
    const ofQuery = query / total;
    const score = nearness(ofQuery, common / whole);
    for (const { runbook, worth } of runbooks)
      if (score * worth > (nearest.get(runbook)?.score ?? 0))
        nearest.set(runbook, { text: ofQuery >= enoughOfQuery ? text : '', score: score * worth });
  }
  for (const [runbook, entry] of nearest) entry.score += (bagGain * (bags.get(runbook) ?? 0)) / total;
  return nearest;
}

/** Whether a text says that something is wrong, and not what: "this is strange". */
export function isVague(terms: readonly ComparedTerm[], { vague, stopWords }: SearchLanguage): boolean {
  return terms.length > 0 && terms.every(({ word }) => stopWords.has(word) || vague.has(word));
}
