/**
 * What is left to do once all pages are drawn, and needs no plan any more: the search index, the search for what must
 * not be in the site, and the manifest. Another
 * process can do it than the one that draws, which has a large memory by then.
 */
import type { Version } from '../history/version.ts';
import { scanSite } from './leaks/scan.ts';
import type { Secrets } from './leaks/secrets.ts';
import { digestsOf, writeManifest } from './manifest.ts';
import type { SearchContents } from './search/contents.ts';
import { openSearchIndex, type SearchIndex, type SearchRecord, searchFolder } from './search/write-index.ts';

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
  /** Id of the audience that it was made for. */
  audience: string;
  /** What it must not hold; absent where the audience reads the whole plan. */
  secrets?: Secrets | undefined;
}

/** Takes what is indexed while pages are drawn, and finishes the site after. */
export interface Finisher {
  begin: (contents: Pick<SearchContents, 'facts' | 'files'>) => void;
  add: (record: SearchRecord) => void;
  finish: (drawn: Drawn) => Promise<void>;
  /** Another process does it. */
  elsewhere?: true;
}

/**
 * Finishes a site in this process.
 *
 * @param whenTaken is called when the search index has taken all that was given to it so far
 */
export function finishHere(whenTaken?: () => void): Finisher {
  let search: SearchIndex | undefined;
  return {
    begin: (contents) => {
      search = openSearchIndex(contents, whenTaken);
    },
    add: (record) => search?.add(record),
    finish: async (drawn) => {
      // Pagefind writes in a process of its own; meanwhile this one reads the pages.
      const [pages] = await Promise.all([
        digestsOf(drawn.folder, (name) => name !== searchFolder),
        search?.write(drawn.folder),
      ]);
      const index = await digestsOf(drawn.folder, (name) => name === searchFolder);
      if (drawn.secrets) scanSite(drawn.folder, drawn.secrets);
      await writeManifest(drawn, { ...pages, ...index });
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
    begin: (contents) => send({ begin: contents }),
    add: (record) => send({ add: record }),
    finish: async (drawn) => send({ finish: drawn }),
    elsewhere: true,
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
