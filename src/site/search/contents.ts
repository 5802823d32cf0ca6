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
}

/** What the search of a plan is made from. */
export function searchContents({ plan, text }: Pick<Site, 'plan' | 'text'>): SearchContents {
  const first = documentOf(plan, 'runbook', plan.settings.home.firstRunbook);
  const records = searchRecords(plan);
  return {
    records,
    facts: {
      language: plan.settings.language ?? 'en',
      ...runbookPhrases(plan),
      titles: titlesOf(records.pages),
      facets: searchFacets(plan, text.firstMinutes),
      first: first ? { title: first.data.title, path: documentPath(first) } : { title: '', path: '' },
    },
  };
}
