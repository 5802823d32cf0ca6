/** What the builder tells the scripts of a copy. */

export interface PackSettings {
  /** Path under which the site was built to be served, with a slash at both ends. */
  base: string;
  /** Day of the commit, `2026-11-24`; absent outside git. */
  day?: string;
  words: {
    /** What this copy is. */
    copy: string;
    /** How old it is, by days; the last one holds for more, and `{days}` stands for the number. */
    ages: readonly string[];
    /** That it stays as it is. */
    still: string;
    damaged: string;
    /** There is no such page. */
    noPage: string;
  };
}

/** Ids of the elements that hold the data of a copy. */
export const dataIds = {
  settings: 'pack-settings',
  home: 'pack-home',
  plan: 'pack-plan',
  search: 'pack-search',
} as const;

/** A script of the site as a function; see `pack/modules.ts`. */
type PackModule = (
  require: (name: string) => object,
  exports: object,
  location: object,
  history: object,
  load: (address: string) => Promise<object>,
) => void;

/** What the scripts of a copy leave for the one that starts it. */
export interface PackGlobal {
  modules: Record<string, PackModule>;
  pagefind: object;
}

/** Name of the global that holds it. */
export const packGlobal = 'firebreakPack';
