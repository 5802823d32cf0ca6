/** Writes what the search needs: Pagefind's index, and the words that occur in it. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { h } from 'hastscript';
import { close, createIndex, type IndexFile, type PagefindIndex } from 'pagefind';
import { htmlOf } from '../../compile/html.ts';
import type { SearchContents } from './contents.ts';
import { searchLanguage } from './language.ts';
import { type Form, filterWord, hiddenMark, partId } from './marks.ts';
import type { PageRecord, TextRecord } from './records.ts';
import { countWords, vocabularyFile } from './vocabulary.ts';

/** Folder of everything that the search loads, in the folder of the site. */
export const searchFolder = 'pagefind';

/** What is indexed as one: a document as a whole, or its text. */
export type SearchRecord = { page: PageRecord } | { text: TextRecord };

/** A search index on its way: Pagefind takes the records in a process of its own while the pages are drawn. */
export interface SearchIndex {
  add: (record: SearchRecord) => void;
  /** Writes it into the folder of the site, once all records are in. */
  write: (folder: string) => Promise<void>;
}

/** So many records are under way at a time: enough that Pagefind never waits, and few enough to be kept in memory. */
const underWay = 16;

/**
 * Opens an index.
 *
 * @param contents what is known of all records before the first of them
 * @param whenTaken is called each time that nothing waits any more
 */
export function openSearchIndex(
  { facts, files }: Pick<SearchContents, 'facts' | 'files'>,
  whenTaken?: () => void,
): SearchIndex {
  const { language } = facts;
  const words = countWords(searchLanguage(language));
  const opening = open(language, files);
  // Whoever writes hears of a failure; until then it is nobody's.
  opening.catch(() => {});
  const waiting: SearchRecord[] = [];
  const lanes = new Set<Promise<void>>();
  let failure: unknown;
  const lane = async () => {
    const index = await opening;
    for (let record = waiting.shift(); record; record = waiting.shift()) await addTo(index, record, language);
  };
  return {
    add: (record) => {
      waiting.push(record);
      words.add(record);
      if (lanes.size >= underWay) return;
      const running = lane()
        .catch((reason: unknown) => {
          failure ??= reason;
        })
        .finally(() => {
          lanes.delete(running);
          if (lanes.size === 0) whenTaken?.();
        });
      lanes.add(running);
    },
    write: async (folder) => {
      const target = join(folder, searchFolder);
      await rm(target, { recursive: true, force: true });
      await mkdir(target, { recursive: true });
      try {
        while (lanes.size > 0) await Promise.all(lanes);
        if (failure) throw failure;
        // Pagefind says that it has written files before the last bytes are in them; what it hands over is whole.
        const { errors, files } = await (await opening).getFiles();
        if (errors.length > 0) throw new Error(`The search index could not be made: ${errors.join('; ')}`);
        await writeUsed(files, target);
      } finally {
        await close();
      }
      await writeFile(join(target, 'vocabulary.json'), JSON.stringify(vocabularyFile(facts, words)));
    },
  };
}

// Pagefind for Linux brings jemalloc: with large pages an index takes a seventh to a third less time, and with two arenas
// a tenth less memory. Whoever sets it otherwise has the last word. https://jemalloc.net/jemalloc.3.html
const allocator = 'thp:always,narenas:2';

async function open(language: string, files: number): Promise<PagefindIndex> {
  // Its process takes the environment of this one.
  process.env['_RJEM_MALLOC_CONF'] ??= allocator;
  const { index, errors } = await createIndex({ forceLanguage: language, maxFragments: files });
  if (!index) throw new Error(`The search index could not be made: ${errors.join('; ')}`);
  return index;
}

async function addTo(index: PagefindIndex, record: SearchRecord, language: string): Promise<void> {
  const { errors } =
    'page' in record
      ? await index.addCustomRecord({
          url: record.page.path,
          content: record.page.text || record.page.meta.title,
          language,
          meta: { ...record.page.meta, filters: filterWords(record.page.filters, 'page') },
        })
      : // Pagefind keeps one record for an address.
        await index.addHTMLFile({ url: `${record.text.path}#`, content: pageOf(record.text) });
  if (errors.length > 0) throw new Error(`A record could not be indexed: ${errors.join('; ')}`);
}

/** A text as a page of HTML, because Pagefind keeps the places of headings in those alone. */
function pageOf({ meta, filters, parts }: TextRecord): string {
  const kept = Object.entries({ ...meta, filters: filterWords(filters, 'text') });
  return htmlOf([
    h('html', [
      h('body', [
        ...kept.map(([name, value]) => h('i', { dataPagefindMeta: `${name}:${value}` })),
        ...parts.flatMap((part) => [
          h('h2', { id: partId(part) }, [part.number, part.title].filter(Boolean).join(' ')),
          h('p', `${part.text} ${hiddenMark} ${part.names}`),
        ]),
      ]),
    ]),
  ]);
}

function filterWords(filters: PageRecord['filters'], form: Form): string {
  return [
    filterWord(form),
    ...Object.entries(filters).flatMap(([filter, values]) => values.map((value) => filterWord(form, filter, value))),
  ].join(' ');
}

/** Writes what is used. Pagefind brings interfaces of its own, larger than the index, and a worker; an offline copy would hold them all. */
async function writeUsed(files: readonly IndexFile[], folder: string): Promise<void> {
  const languageFound = files.some(({ path }) => /^wasm\.(?!unknown)/.test(path));
  const isUnused = (path: string) =>
    /^pagefind-(?!entry)/.test(path) || (languageFound && path === 'wasm.unknown.pagefind');
  const used = files.filter(({ path }) => !isUnused(path));
  for (const inner of new Set(used.map(({ path }) => dirname(path))))
    await mkdir(join(folder, inner), { recursive: true });
  for (const { path, content } of used) await writeFile(join(folder, path), content);
}
