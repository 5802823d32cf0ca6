/**
 * What is left to do once all pages are drawn, and needs no plan any more: the search index and the manifest. Another
 * process can do it than the one that draws, which has a large memory by then.
 */
import type { Version } from '../history/version.ts';
import { writeManifest } from './manifest.ts';
import type { VocabularyFile } from './search/vocabulary.ts';
import { openSearchIndex, type SearchRecord } from './search/write-index.ts';

/** What is known of the site when its pages are drawn. */
export interface Drawn {
  /** Folder of the site. */
  folder: string;
  version: Version;
  title: string;
  /** Version of the schemas that the plan is written in. */
  schema: number;
  /** Path under which the site is served. */
  base: string;
}

/** Takes what is indexed while pages are drawn, and finishes the site after. */
export interface Finisher {
  begin: (vocabulary: VocabularyFile) => void;
  add: (record: SearchRecord) => void;
  finish: (drawn: Drawn) => Promise<void>;
}

/** Finishes a site in this process. */
export function finishHere(): Finisher {
  let search: { index: ReturnType<typeof openSearchIndex>; vocabulary: VocabularyFile } | undefined;
  return {
    begin: (vocabulary) => {
      search = { index: openSearchIndex(vocabulary.language), vocabulary };
    },
    add: (record) => search?.index.add(record),
    finish: async (drawn) => {
      await search?.index.write(drawn.folder, search.vocabulary);
      await writeManifest(drawn);
    },
  };
}

/** What a drawing process says to the one that finishes. */
export type FinishMessage =
  | { begin: Parameters<Finisher['begin']>[0] }
  | { add: Parameters<Finisher['add']>[0] }
  | { finish: Drawn };

/** Leaves it to the process at the other end of a channel. */
export function finishElsewhere(send: (message: FinishMessage) => void): Finisher {
  return {
    begin: (vocabulary) => send({ begin: vocabulary }),
    add: (record) => send({ add: record }),
    finish: async (drawn) => send({ finish: drawn }),
  };
}

// The integration is made by the project's own astro.config, so it is told here who finishes.
const key = Symbol.for('firebreak.finisher');

/** Tells the integration of this process who finishes its site. */
export function handFinisher(finisher: Finisher): void {
  (globalThis as Record<symbol, unknown>)[key] = finisher;
}

/** Who finishes the site: whoever was named, or this process. */
export function finisherOfSite(): Finisher {
  return ((globalThis as Record<symbol, unknown>)[key] as Finisher | undefined) ?? finishHere();
}
