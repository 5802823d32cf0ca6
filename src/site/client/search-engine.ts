/** The search itself: Pagefind, the words of the plan, and the understanding of what was typed, put together. */
import { type Form, filterWord } from '../search/marks.ts';
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
  data: () => Promise<
    Pick<LoadedPage, 'url' | 'excerpt' | 'content' | 'meta'> &
      Pick<LoadedText, 'anchors' | 'locations'> & { raw_content: string }
  >;
}

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

/** Puts a search together from its parts. `folder` is the address of the index. */
export async function createSearch(pagefind: Pagefind, file: VocabularyFile, folder: string): Promise<Search> {
  // A search takes a few milliseconds: a worker would cost more than it saves, in bytes and in things that can fail.
  const instance = pagefind.createInstance({
    noWorker: true,
    basePath: folder,
    excerptLength: 24,
    ranking: { metaWeights },
  });
  await instance.init();
  const vocabulary = readVocabulary(file);
  const resultsOf = async (words: string) => (await instance.search(words)).results;
  const searchForm = async (form: Form, understood: Understood, filters: Filters, most: number) => {
    const wanted = filterWords(form, filters);
    // Asked apart: as part of the question these words would change what every hit is worth.
    const allowed = wanted.length > 0 ? new Set((await resultsOf(wanted.join(' '))).map(({ id }) => id)) : undefined;
    const engine = {
      search: async (words: string) => {
        const results = await resultsOf(`${words} ${filterWord(form)}`);
        return allowed ? results.filter(({ id }) => allowed.has(id)) : results;
      },
    };
    return search(understood, engine, most);
  };
  return {
    file,
    vocabulary,
    find: async (text, filters) => {
      const understood = understand(text, vocabulary);
      const pages = await searchForm('page', understood, filters, mostPages);
      const texts = await searchForm('text', understood, filters, mostTexts);
      const found = {
        pages: (await Promise.all(pages.map(loadPage))).filter(({ meta }) => passes(meta, 'page', filters)),
        texts: (await Promise.all(texts.map(loadText))).filter(({ meta }) => passes(meta, 'text', filters)),
      };
      return {
        understood,
        pages: rank(found, understood, vocabulary, filters.phase),
        more: pages.length === mostPages || texts.length === mostTexts,
      };
    },
  };
}

/** So many documents are looked at, and so many texts, which are long. */
const mostPages = 20;
const mostTexts = 12;

const filterWords = (form: Form, filters: Filters) =>
  Object.entries(filters).map(([filter, value]) => filterWord(form, filter, value));

/** Pagefind takes a word that no record has for the longest that is like its beginning: looked at again. */
function passes(meta: Record<string, string>, form: Form, filters: Filters): boolean {
  const words = new Set((meta['filters'] ?? '').split(' '));
  return filterWords(form, filters).every((word) => words.has(word));
}

async function loadPage({ data, score, matched }: Match<PagefindResult>): Promise<LoadedPage> {
  return { ...(await data()), score, matched };
}

async function loadText({ hits }: Match<PagefindResult>): Promise<LoadedText> {
  const locations = new Set<number>();
  let loaded: Awaited<ReturnType<PagefindResult['data']>> | undefined;
  for (const hit of hits) {
    // Pagefind keeps one object for each text and writes into it what the last search found.
    loaded = await hit.data();
    for (const location of loaded.locations) locations.add(location);
  }
  if (!loaded) throw new Error('A text was found by nothing.');
  const { url, raw_content: content, meta, anchors } = loaded;
  return { url: url.replace(/#.*$/, ''), content, meta, anchors, locations: [...locations].sort((a, b) => a - b) };
}

/** Loads the search of a site. Nothing of it is loaded before this is called. */
export async function loadSearch(base: string): Promise<Search> {
  const folder = `${base}pagefind/`;
  const [pagefind, file] = await Promise.all([
    // The module is written by the build, after the scripts of the site are bundled.
    import(/* @vite-ignore */ `${folder}pagefind.js`) as Promise<Pagefind>,
    fetch(`${folder}vocabulary.json`).then(async (response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return (await response.json()) as VocabularyFile;
    }),
  ]);
  return createSearch(pagefind, file, folder);
}
