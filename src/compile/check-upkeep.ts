/** What had to be done again by a day that is over. */

import type { VFile } from 'vfile';
import { report } from '../diagnostics/report.ts';
import type { Plan } from '../model/plan.ts';
import { type UpkeepItem, upkeepOf } from '../model/upkeep.ts';
import type { Parsed } from './parse.ts';

/**
 * Reports everything that is overdue, where the day stands. The days of an example are examples: nobody owes anything
 * for them, and the same plan is as right in a year.
 *
 * @param now today
 */
export function checkUpkeep(plan: Plan, settings: Parsed, fileOf: (path: string) => VFile, now: Date): void {
  if (plan.settings.example) return;
  const today = now.toISOString().slice(0, 10);
  for (const item of upkeepOf(plan)) {
    if (item.due >= today) continue;
    const file = item.document ? fileOf(item.document.path) : settings.file;
    reportItem(file, item, (item.document ?? settings.yaml).rangeOf(item.place));
  }
}

function reportItem(file: VFile, item: UpkeepItem, range: ReturnType<Parsed['yaml']['rangeOf']>): void {
  const { kind, part = '', due, last } = item;
  switch (kind) {
    case 'approval':
      return void report(file, 'approval-overdue', { due }, range);
    case 'review':
      return void report(file, 'review-overdue', { due }, range);
    case 'check':
      return void report(file, 'check-overdue', { due, last: last ?? '' }, range);
    case 'contact':
    case 'resource':
      return void report(file, 'verification-overdue', { what: kind, due, last }, range);
    case 'exercise':
      return void report(file, 'exercise-overdue', { due, last }, range);
    case 'training':
      return void report(file, 'training-overdue', { due, last }, range);
    case 'action-item':
    case 'change':
      return void report(file, 'lesson-overdue', { name: part, due }, range);
    case 'confirmation':
      return void report(file, 'confirmation-overdue', { name: part, due }, range);
  }
}
