/** The search itself: Pagefind, the words of the plan, and the understanding of what was typed, put together. */
import { type Form, filterWord } from '../search/marks.ts';
import { isVague, type NearPhrase, nearestPhrases, type RunbookPhrases } from '../search/phrases.ts';
import { type Match, readVocabulary, search, type Understood, understand, type Vocabulary } from '../search/query.ts';
import { type HitPage, type LoadedPage, type LoadedText, rank } from '../search/ranking.ts';
import type { SearchMeta } from '../search/records.ts';
import type { VocabularyFile } from '../search/vocabulary.ts';

/** What is used of pagefind.js, which has no types. */
export interface Pagefind {
  createInstance: (options: object) => PagefindInstance;
}

interface PagefindInstance {
  init: () => Promise<void>;
  search: (words: string) => Promise<{ results: PagefindResult[] }>;
}

interface PagefindResult {
  id: string;
  score: number;
  /** Numbers of the words that were found. */
  words: number[];
  data: () => Promise<
    Pick<LoadedPage, 'url' | 'excerpt' | 'content' | 'meta'> & Pick<LoadedText, 'anchors'> & { raw_content: string }
  >;
}

type Ask = (words: string) => Promise<PagefindResult[]>;

export type FilterName = keyof VocabularyFile['facets'];
export type Filters = Partial<Record<FilterName, string>>;

/** What a search found, and how the text was understood. */
export interface Found {
  understood: Understood;
  pages: HitPage[];
  /** Whether there was more than is worth looking at. */
  more: boolean;
}

export interface Search {
  file: VocabularyFile;
  vocabulary: Vocabulary;
  find: (text: string, filters: Filters) => Promise<Found>;
  /** The runbooks that a text names or describes, from what is in memory: at once, before everything is searched. */
  glance: (text: string, filters: Filters) => Found;
}

/** What things are called, and what people say who see them, outranks what is written about them. */
const metaWeights: Record<keyof SearchMeta | 'filters', number> = {
  code: 6,
  title: 5,
  aliases: 4,
  signals: 4,
  techniques: 3,
  roles: 1.5,
  kind: 0.5,
  page: 0.5,
  status: 0,
  filters: 0,
};

/**
 * Puts a search together from its parts. What is seen at a glance needs the vocabulary alone, so Pagefind may still be
 * on its way.
 *
 * @param load called again by the next search where it failed
 * @param folder address of the index
 */
export function createSearch(load: () => Promise<Pagefind>, file: VocabularyFile, folder: string): Search {
  let loading: Promise<PagefindInstance> | undefined;
  const ready = () => {
    loading ??= load().then((pagefind) => instanceOf(pagefind, folder));
    return loading;
  };
  // Begun at once; whoever searches is told when it fails.
  void ready().catch(() => {});
  const vocabulary = readVocabulary(file);
  const resultsOf = async (words: string) => {
    try {
      return (await (await ready()).search(words)).results;
    } catch (reason) {
      loading = undefined;
      throw reason;
    }
  };
  // Asked apart, and once: as part of a question these words would change what every hit is worth.
  const holders = new Map<string, Promise<ReadonlySet<string>>>();
  const holdersOf = (word: string) => {
    const ids = holders.get(word) ?? resultsOf(word).then((results) => new Set(results.map(({ id }) => id)));
    holders.set(word, ids);
    ids.catch(() => holders.delete(word));
    return ids;
  };
  const textOf = keptTexts();
  const searchForm = async (form: Form, understood: Understood, filters: Filters, most: number, ask: Ask) => {
    const sets = await Promise.all([filterWord(form), ...filterWords(form, filters)].map(holdersOf));
    const engine = {
      search: async (words: string) => (await ask(words)).filter(({ id }) => sets.every((set) => set.has(id))),
    };
    return search(understood, engine, most);
  };
  const base = folder.replace(/[^/]*\/$/, '');
  /** The nearest phrases of runbooks by address, and the runbooks that Pagefind did not find. */
  const spokenRunbooks = (understood: Understood, known: ReadonlySet<string>, filters: Filters) => {
    const spoken = new Map<string, NearPhrase>();
    const pages: LoadedPage[] = [];
    const { phrases, language } = vocabulary;
    const nearest = nearestPhrases(understood.terms, phrases, language);
    // Who cannot say what is wrong starts where everybody may start.
    const first = phrases.runbooks.findIndex(({ path }) => path === file.first.path);
    if (first >= 0 && isVague(understood.terms, language))
      nearest.set(first, {
        text: nearest.get(first)?.text ?? '',
        score: Math.max(firstScore, nearest.get(first)?.score ?? 0),
      });
    for (const [index, phrase] of nearest) {
      const runbook = phrases.runbooks[index] as RunbookPhrases;
      const url = `${base}${runbook.path}`;
      spoken.set(url, phrase);
      const page = pageOf(runbook, url);
      if (!known.has(url) && passes(page.meta, 'page', filters)) pages.push(page);
    }
    return { spoken, pages };
  };
  return {
    file,
    vocabulary,
    glance: (text, filters) => {
      const understood = understand(text, vocabulary);
      const { pages, spoken } = spokenRunbooks(understood, new Set(), filters);
      const ranked = rank({ pages, texts: [] }, understood, vocabulary, filters.phase, spoken);
      return { understood, pages: ranked.slice(0, mostAtAGlance), more: false };
    },
    find: async (text, filters) => {
      const understood = understand(text, vocabulary);
      // Pages and texts are asked the same.
      const asked = new Map<string, Promise<PagefindResult[]>>();
      const ask: Ask = (words) => {
        const results = asked.get(words) ?? resultsOf(words);
        asked.set(words, results);
        return results;
      };
      const pages = await searchForm('page', understood, filters, mostPages, ask);
      const texts = await searchForm('text', understood, filters, mostTexts, ask);
      const found = {
        pages: (await Promise.all(pages.map(loadPage))).filter(({ meta }) => passes(meta, 'page', filters)),
        texts: (await Promise.all(texts.map(textOf))).filter(({ meta }) => passes(meta, 'text', filters)),
      };
      const { pages: added, spoken } = spokenRunbooks(understood, new Set(found.pages.map(({ url }) => url)), filters);
      return {
        understood,
        pages: rank({ ...found, pages: [...found.pages, ...added] }, understood, vocabulary, filters.phase, spoken),
        more: pages.length === mostPages || texts.length === mostTexts,
      };
    },
  };
}

async function instanceOf(pagefind: Pagefind, folder: string): Promise<PagefindInstance> {
  // A search takes a few milliseconds: a worker would cost more than it saves, in bytes and in things that can fail.
  const instance = pagefind.createInstance({
    noWorker: true,
    basePath: folder,
    excerptLength: 24,
    ranking: { metaWeights },
  });
  await instance.init();
  return instance;
}

/** What the first runbook is worth for a vague text: what was found by all of the words is before it. */
const firstScore = 1;

/** So many runbooks fill the first screen of a telephone. */
const mostAtAGlance = 4;

/** So many documents are looked at, and so many texts, which are long. */
const mostPages = 20;
const mostTexts = 24;

const filterWords = (form: Form, filters: Filters) =>
  Object.entries(filters).map(([filter, value]) => filterWord(form, filter, value));

/** Pagefind takes a word that no record has for the longest that is like its beginning: looked at again. */
function passes(meta: Record<string, string>, form: Form, filters: Filters): boolean {
  const words = new Set((meta['filters'] ?? '').split(' '));
  return filterWords(form, filters).every((word) => words.has(word));
}

/** A runbook that Pagefind did not find, as if it had. */
function pageOf({ title, code = '', summary, status = '', priority }: RunbookPhrases, url: string): LoadedPage {
  const filters = [
    filterWord('page', 'kind', 'runbook'),
    ...(priority ? [filterWord('page', 'priority', priority)] : []),
  ].join(' ');
  return { score: 0, matched: 0, url, excerpt: '', content: summary, meta: { title, code, status, filters } };
}

async function loadPage({ data, score, matched }: Match<PagefindResult>): Promise<LoadedPage> {
  return { ...(await data()), score, matched };
}

/** Loads texts, which are long: each only once. */
function keptTexts(): (match: Match<PagefindResult>) => Promise<LoadedText> {
  const kept = new Map<string, Promise<Omit<LoadedText, 'locations'>>>();
  const load = async ({ data }: PagefindResult) => {
    const { url, raw_content: content, meta, anchors } = await data();
    return { url: url.replace(/#.*$/, ''), content, words: content.split(/\s+/), meta, anchors };
  };
  return async ({ id, hits }) => {
    const text = kept.get(id) ?? load(hits[0] as PagefindResult);
    kept.set(id, text);
    text.catch(() => kept.delete(id));
    const locations = new Set(hits.flatMap(({ words }) => words));
    return { ...(await text), locations: [...locations].sort((a, b) => a - b) };
  };
}

/** Loads the search of a site. Nothing of it is loaded before this is called. */
export async function loadSearch(base: string): Promise<Search> {
  const folder = `${base}pagefind/`;
  // The module is written by the build, after the scripts of the site are bundled.
  const load = () => import(/* @vite-ignore */ `${folder}pagefind.js`) as Promise<Pagefind>;
  // On its way while the vocabulary is.
  void load().catch(() => {});
  const response = await fetch(`${folder}vocabulary.json`);
  if (!response.ok) throw new Error(`${response.status}`);
  return createSearch(load, (await response.json()) as VocabularyFile, folder);
}
