/** Coverage as files beside its pages, for spreadsheets. */
import { coverageCsv } from '../audit/coverage/files.ts';
import { coverageText } from '../model/coverage-text.ts';
import type { Site } from './site.ts';

/** Every such file by its path from the site's folder. */
export function coverageFiles({ coverage, plan, text }: Pick<Site, 'coverage' | 'plan' | 'text'>): Map<string, string> {
  const files = coverageCsv(coverage, coverageText(plan.settings.language), text);
  return new Map([...files].map(([name, file]) => [`coverage/${name}`, file]));
}
