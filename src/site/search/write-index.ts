/** Writes what the search needs: Pagefind's index, made from the plan in memory, and the words that occur in it. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { close, createIndex, type PagefindIndex } from 'pagefind';
import { documentOf } from '../../model/plan.ts';
import type { Site } from '../site.ts';
import { documentPath } from '../addresses.ts';
import { searchLanguage } from './language.ts';
import { type SearchRecord, searchFacets, searchRecords } from './records.ts';
import { type VocabularyFile, vocabularyOf } from './vocabulary.ts';

/** Folder of everything that the search loads, in the folder of the site. */
const searchFolder = 'pagefind';

/** Writes the search index of a site into its folder. */
export async function writeSearchIndex({ plan, text }: Pick<Site, 'plan' | 'text'>, folder: string): Promise<void> {
  const target = join(folder, searchFolder);
  const tag = plan.settings.language ?? 'en';
  const records = searchRecords(plan);
  const first = documentOf(plan, 'runbook', plan.settings.home.firstRunbook);
  const vocabulary: VocabularyFile = {
    language: tag,
    ...vocabularyOf(records, searchLanguage(tag)),
    facets: searchFacets(plan, text.firstMinutes),
    first: first ? { title: first.data.title, path: documentPath(first) } : { title: '', path: '' },
  };
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const { index, errors } = await createIndex({ forceLanguage: tag });
  if (!index) throw new Error(`The search index could not be made: ${errors.join('; ')}`);
  try {
    await addRecords(index, records, tag);
    const written = await index.writeFiles({ outputPath: target });
    if (written.errors.length > 0)
      throw new Error(`The search index could not be written: ${written.errors.join('; ')}`);
  } finally {
    await close();
  }
  await removeInterfaces(target);
  await writeFile(join(target, 'vocabulary.json'), JSON.stringify(vocabulary));
}

// One message after the other: Pagefind numbers records as they come, and the same plan must give the same bytes.
async function addRecords(index: PagefindIndex, records: readonly SearchRecord[], language: string): Promise<void> {
  for (const { path, text, meta, filters } of records) {
    const { errors } = await index.addCustomRecord({
      url: path,
      content: text || meta.title,
      language,
      meta: { ...meta },
      filters: { ...filters } as Record<string, string[]>,
    });
    if (errors.length > 0) throw new Error(`${path} could not be indexed: ${errors.join('; ')}`);
  }
}

/** Pagefind writes interfaces of its own, larger than the index; ours needs none, and offline copies hold every file. */
async function removeInterfaces(folder: string): Promise<void> {
  const names = await readdir(folder);
  const languageFound = names.some((name) => /^wasm\.(?!unknown)/.test(name));
  const unused = names.filter(
    (name) =>
      /^pagefind-(.*-)?ui\.|^pagefind-highlight\./.test(name) || (languageFound && name === 'wasm.unknown.pagefind'),
  );
  for (const name of unused) await rm(join(folder, name));
}
