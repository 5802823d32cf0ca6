/** What the search is made from, taken from the plan, which is not needed any more then. */
import { documentOf } from '../../model/plan.ts';
import { documentPath } from '../addresses.ts';
import type { Site } from '../site.ts';
import { searchLanguage } from './language.ts';
import { wordsOfPhrases } from './phrases.ts';
import { runbookPhrases, type SearchRecords, searchFacets, searchRecords } from './records.ts';
import { type VocabularyFile, vocabularyOf } from './vocabulary.ts';

/** Plain data: it can be sent to another process. */
export interface SearchContents {
  records: SearchRecords;
  vocabulary: VocabularyFile;
}

/** What the search of a plan is made from. */
export function searchContents({ plan, text }: Pick<Site, 'plan' | 'text'>): SearchContents {
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
  return { records, vocabulary };
}
