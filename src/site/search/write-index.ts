/** Writes what the search needs: Pagefind's index, made from the plan in memory, and the words that occur in it. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { close, createIndex, type PagefindIndex } from 'pagefind';
import { documentOf } from '../../model/plan.ts';
import { documentPath } from '../addresses.ts';
import type { Site } from '../site.ts';
import { searchLanguage } from './language.ts';
import { type Form, filterWord, hiddenMark, partId } from './marks.ts';
import { wordsOfPhrases } from './phrases.ts';
import {
  type PageRecord,
  runbookPhrases,
  type SearchRecords,
  searchFacets,
  searchRecords,
  type TextRecord,
} from './records.ts';
import { type VocabularyFile, vocabularyOf } from './vocabulary.ts';

/** Folder of everything that the search loads, in the folder of the site. */
const searchFolder = 'pagefind';

/** A search index on its way: Pagefind takes the records in a process of its own while the pages are drawn. */
export interface SearchIndex {
  /** Writes it into the folder of the site, once all records are in. */
  write: (folder: string) => Promise<void>;
}

/** Begins to index a plan. */
export function beginSearchIndex({ plan, text }: Pick<Site, 'plan' | 'text'>): SearchIndex {
  const tag = plan.settings.language ?? 'en';
  const records = searchRecords(plan);
  const first = documentOf(plan, 'runbook', plan.settings.home.firstRunbook);
  const language = searchLanguage(tag);
  const { names, body } = vocabularyOf(records, language);
  const phrases = runbookPhrases(plan);
  const spoken = new Set(wordsOfPhrases(phrases, language));
  const vocabulary: VocabularyFile = {
    language: tag,
    names: names
      .split(' ')
      .filter((word) => !spoken.has(word))
      .join(' '),
    body,
    ...phrases,
    facets: searchFacets(plan, text.firstMinutes),
    first: first ? { title: first.data.title, path: documentPath(first) } : { title: '', path: '' },
  };
  const indexing = indexOf(records, tag);
  // Whoever writes hears of the failure; until then it is nobody's.
  indexing.catch(() => {});
  return {
    write: async (folder) => {
      const target = join(folder, searchFolder);
      await rm(target, { recursive: true, force: true });
      await mkdir(target, { recursive: true });
      try {
        const { errors } = await (await indexing).writeFiles({ outputPath: target });
        if (errors.length > 0) throw new Error(`The search index could not be written: ${errors.join('; ')}`);
      } finally {
        await close();
      }
      await removeInterfaces(target);
      await writeFile(join(target, 'vocabulary.json'), JSON.stringify(vocabulary));
    },
  };
}

async function indexOf(records: SearchRecords, language: string): Promise<PagefindIndex> {
  const { index, errors } = await createIndex({ forceLanguage: language });
  if (!index) throw new Error(`The search index could not be made: ${errors.join('; ')}`);
  await addRecords(index, records, language);
  return index;
}

/** So many records are under way at a time: enough that Pagefind never waits, and few enough to be kept in memory. */
const underWay = 16;

async function addRecords(index: PagefindIndex, { pages, texts }: SearchRecords, language: string): Promise<void> {
  const jobs = [
    ...pages.map(
      ({ path, text, meta, filters }) =>
        () =>
          index.addCustomRecord({
            url: path,
            content: text || meta.title,
            language,
            meta: { ...meta, filters: filterWords(filters, 'page') },
          }),
    ),
    // Pagefind keeps one record for an address.
    ...texts.map((record) => () => index.addHTMLFile({ url: `${record.path}#`, content: htmlOf(record) })),
  ].values();
  const lane = async () => {
    for (const job of jobs) {
      const { errors } = await job();
      if (errors.length > 0) throw new Error(`A record could not be indexed: ${errors.join('; ')}`);
    }
  };
  await Promise.all(Array.from({ length: underWay }, lane));
}

/** A text as a page of HTML, because Pagefind keeps the places of headings in those alone. */
function htmlOf({ meta, filters, parts }: TextRecord): string {
  const kept = Object.entries({ ...meta, filters: filterWords(filters, 'text') });
  return toHtml(
    h('html', [
      h('body', [
        ...kept.map(([name, value]) => h('i', { dataPagefindMeta: `${name}:${value}` })),
        ...parts.flatMap((part) => [
          h('h2', { id: partId(part) }, [part.number, part.title].filter(Boolean).join(' ')),
          h('p', `${part.text} ${hiddenMark} ${part.names}`),
        ]),
      ]),
    ]),
  );
}

function filterWords(filters: PageRecord['filters'], form: Form): string {
  return [
    filterWord(form),
    ...Object.entries(filters).flatMap(([filter, values]) => values.map((value) => filterWord(form, filter, value))),
  ].join(' ');
}

/** Pagefind writes interfaces of its own, larger than the index, and a worker; an offline copy would hold them all. */
async function removeInterfaces(folder: string): Promise<void> {
  const names = await readdir(folder);
  const languageFound = names.some((name) => /^wasm\.(?!unknown)/.test(name));
  const unused = names.filter(
    (name) => /^pagefind-(?!entry)/.test(name) || (languageFound && name === 'wasm.unknown.pagefind'),
  );
  for (const name of unused) await rm(join(folder, name));
}
