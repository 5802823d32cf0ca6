/** Indexes the starter plan into a temporary folder and opens the search in Node, as the browser does. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compile } from '../../src/compile/index.ts';
import { interfaceText } from '../../src/model/interface-text.ts';
import { createSearch, type Pagefind, type Search } from '../../src/site/client/search-engine.ts';
import { searchContents } from '../../src/site/search/contents.ts';
import type { VocabularyFile } from '../../src/site/search/vocabulary.ts';
import { openSearchIndex } from '../../src/site/search/write-index.ts';

export const content = fileURLToPath(new URL('../../content/', import.meta.url));

export async function buildSearch(): Promise<{
  search: Search;
  folder: string;
  records: number;
  remove: () => Promise<void>;
}> {
  const { plan } = await compile(content, new Date('2026-11-24T00:00:00Z'));
  if (!plan) throw new Error('plan.yaml has faults');
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-search-'));
  const { records, ...contents } = searchContents({ plan, text: interfaceText(plan.settings.language) });
  const index = openSearchIndex(contents);
  for (const page of records.pages) index.add({ page });
  for (const text of records.texts) index.add({ text });
  await index.write(folder);
  const restore = serveFromDisk(folder);
  const pagefind = (await import(pathToFileURL(join(folder, 'pagefind', 'pagefind.js')).href)) as Pagefind;
  const file = JSON.parse(await readFile(join(folder, 'pagefind', 'vocabulary.json'), 'utf8')) as VocabularyFile;
  const search = createSearch(async () => pagefind, file, `${origin}/plan/pagefind/`);
  return {
    search,
    folder,
    records: records.pages.length + records.texts.length,
    remove: async () => {
      restore();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const origin = 'https://plan.invalid';

/** Pagefind fetches its files; here they come from the folder. */
function serveFromDisk(folder: string): () => void {
  const original = globalThis.fetch;
  globalThis.fetch = async (input) => {
    const { pathname } = new URL(String(input));
    return new Response(await readFile(join(folder, pathname.replace('/plan/', ''))));
  };
  return () => {
    globalThis.fetch = original;
  };
}
