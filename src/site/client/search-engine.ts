/** The search itself: Pagefind, the words of the plan, and the understanding of what was typed, put together. */
import { type Form, filterWord } from '../search/marks.ts';
import { isVague, type NearPhrase, nearestPhrases, type RunbookPhrases } from '../search/phrases.ts';
import { type Match, readVocabulary, search, type Understood, understand, type Vocabulary } from '../search/query.ts';
import { type HitPage, type LoadedPage, type LoadedText, rank, rankInSteps } from '../search/ranking.ts';
import type { SearchMeta } from '../search/records.ts';
import { namesWith, type TitleEntry } from '../search/titles.ts';
import type { VocabularyFile } from '../search/vocabulary.ts';
import { wordsIn } from '../search/words.ts';

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
  /**
   * @param options.first is told the first documents while the rest is on its way
   * @param options.signal ends a search that nobody waits for any more
   */
  find: (text: string, filters: Filters, options?: FindOptions) => Promise<Found>;
  /** The documents that a text names or describes, from what is in memory: at once, before everything is searched. */
  glance: (text: string, filters: Filters) => Found;
}

export interface FindOptions {
  first?: (found: Found) => void;
  signal?: AbortSignal;
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
      const page = pageOf(runbook, base);
      if (!known.has(url) && passes(page.meta, 'page', filters)) pages.push(page);
    }
    return { spoken, pages };
  };
  /** What is called so, where too few runbooks are meant to fill the screen. The last word may still be in the fingers. */
  const namedPages = (text: string, known: readonly LoadedPage[], filters: Filters) => {
    const { phrases, titles, language } = vocabulary;
    const words = wordsIn(text).filter((word) => !language.stopWords.has(word));
    const pages: LoadedPage[] = [];
    for (const name of namesWith(words, titles)) {
      if (known.length + pages.length >= mostAtAGlance * 2) break;
      const page =
        'runbook' in name
          ? pageOf(phrases.runbooks[name.runbook] as RunbookPhrases, base)
          : titledPage(name.kind, name.entry, base);
      if (!known.some(({ url }) => url === page.url) && passes(page.meta, 'page', filters)) pages.push(page);
    }
    return pages;
  };
  const glance = (text: string, filters: Filters): Found => {
    const understood = understand(text, vocabulary);
    const { pages: runbooks, spoken } = spokenRunbooks(understood, new Set(), filters);
    const others = runbooks.length < mostAtAGlance ? namedPages(text, runbooks, filters) : [];
    const pages = [...runbooks, ...others];
    const ranked = rank({ pages, texts: [] }, understood, vocabulary, filters.phase, spoken);
    return { understood, pages: ranked.slice(0, firstAtAGlance), more: false };
  };
  return {
    file,
    vocabulary,
    glance,
    find: async (text, filters, { first, signal } = {}) => {
      const understood = understand(text, vocabulary);
      // A first letter is no word that could be searched; what is called so is there all the same.
      if (understood.terms.length === 0) return glance(text, filters);
      // Pages and texts are asked the same.
      const asked = new Map<string, Promise<PagefindResult[]>>();
      const ask: Ask = (words) => {
        const results = asked.get(words) ?? resultsOf(words);
        asked.set(words, results);
        return results;
      };
      /** A key that was pressed meanwhile is heard first, and may make all of this needless. */
      const pause = async () => {
        await new Promise((resolve) => setTimeout(resolve));
        signal?.throwIfAborted();
      };
      const put = (found: { pages: LoadedPage[]; texts: LoadedText[] }) => {
        const known = new Set(found.pages.map(({ url }) => url));
        const { pages: added, spoken } = spokenRunbooks(understood, known, filters);
        const pages = [...found.pages, ...added];
        return inPieces(rankInSteps({ ...found, pages }, understood, vocabulary, filters.phase, spoken), pause);
      };
      const passing = async (pages: readonly Promise<LoadedPage>[]) =>
        (await Promise.all(pages)).filter(({ meta }) => passes(meta, 'page', filters));
      const pages = await searchForm('page', understood, filters, mostPages, ask);
      signal?.throwIfAborted();
      const best = pages.slice(0, mostAtAGlance).map(loadPage);
      if (first) {
        const some = await put({ pages: await passing(best), texts: [] });
        if (some.length > 0) first({ understood, pages: some.slice(0, mostAtAGlance), more: false });
      }
      await pause();
      const texts = await searchForm('text', understood, filters, mostTexts, ask);
      await pause();
      const loaded = {
        pages: await passing([...best, ...pages.slice(mostAtAGlance).map(loadPage)]),
        texts: (await Promise.all(texts.map(textOf))).filter(({ meta }) => passes(meta, 'text', filters)),
      };
      await pause();
      return {
        understood,
        pages: await put(loaded),
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

/** So many documents fill the first screen of a telephone. */
const mostAtAGlance = 4;

/** So many are drawn while a key is still going up: each one more delays the first. */
const firstAtAGlance = 2;

/** So many documents are looked at, and so many texts, which are long. */
const mostPages = 20;
const mostTexts = 24;

/** So many milliseconds are worked at a time: a frame of a screen, of which the key that comes meanwhile needs some. */
const piece = 12;

/** Works in pieces. What is urgent comes between them. */
async function inPieces<Result>(work: Generator<undefined, Result>, pause: () => Promise<void>): Promise<Result> {
  let until = performance.now() + piece;
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() < until) continue;
    await pause();
    until = performance.now() + piece;
  }
}

const filterWords = (form: Form, filters: Filters) =>
  Object.entries(filters).map(([filter, value]) => filterWord(form, filter, value));

/** Pagefind takes a word that no record has for the longest that is like its beginning: looked at again. */
function passes(meta: Record<string, string>, form: Form, filters: Filters): boolean {
  const words = new Set((meta['filters'] ?? '').split(' '));
  return filterWords(form, filters).every((word) => words.has(word));
}

/** A runbook that Pagefind did not find, as if it had. */
function pageOf({ path, title, code = '', summary, status = '', priority }: RunbookPhrases, base: string): LoadedPage {
  const filters = [
    filterWord('page', 'kind', 'runbook'),
    ...(priority ? [filterWord('page', 'priority', priority)] : []),
  ].join(' ');
  const meta = { title, code, status, filters };
  return { score: 0, matched: 0, url: `${base}${path}`, excerpt: '', content: summary, meta };
}

/** A document of which no more than its name is in memory. */
function titledPage(kind: string, [path, title, code = '']: TitleEntry, base: string): LoadedPage {
  const meta = { title, code, filters: filterWord('page', 'kind', kind) };
  return { score: 0, matched: 0, url: `${base}${path}`, excerpt: '', content: '', meta };
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
