/** What the search is made from, taken from the plan, which is not needed any more then. */
import { documentOf } from '../../model/plan.ts';
import { documentPath } from '../addresses.ts';
import type { Site } from '../site.ts';
import { runbookPhrases, type SearchRecords, searchFacets, searchRecords } from './records.ts';
import { titlesOf } from './titles.ts';
import type { VocabularyFacts } from './vocabulary.ts';

/** Plain data: it can be sent to another process. */
export interface SearchContents {
  records: SearchRecords;
  facts: VocabularyFacts;
  /** In so many files lies what can be found; each is loaded whole. */
  files: number;
}

// One file for each record is two of five files of a site, and most of the requests of whoever stores it for the hour
// without a network. In files of this many characters a search loads fewer, and no more than a page has.
const perFile = 20_000;

/** What the search of a plan is made from. */
export function searchContents({ plan, text }: Pick<Site, 'plan' | 'text'>): SearchContents {
  const first = documentOf(plan, 'runbook', plan.settings.home.firstRunbook);
  const records = searchRecords(plan);
  return {
    records,
    files: Math.max(1, Math.ceil(charactersOf(records) / perFile)),
    facts: {
      language: plan.settings.language ?? 'en',
      ...runbookPhrases(plan),
      titles: titlesOf(records.pages),
      facets: searchFacets(plan, text.firstMinutes),
      first: first ? { title: first.data.title, path: documentPath(first) } : { title: '', path: '' },
    },
  };
}

function charactersOf({ pages, texts }: SearchRecords): number {
  const parts = [...pages, ...texts.flatMap((text) => text.parts)];
  return parts.reduce((sum, { text }) => sum + text.length, 0);
}
