/** Rules that hold for every kind that is reviewed and approved, whatever it says. */

import { blanksIn } from '../model/blank.ts';
import type { Document } from '../model/document.ts';
import type { DocumentCheck, PlanCheck } from './kind.ts';

interface Governed {
  title: string;
  aliases?: string[];
  status?: 'draft' | 'approved' | 'retired';
  approvals?: unknown[];
  unapproved?: object;
}

export function checkGoverned({ document, source, report }: DocumentCheck): void {
  const data = document.data as Governed;
  if (data.status === 'approved') {
    // What could not wait says itself that the approval is to come.
    if (!data.approvals?.length && !data.unapproved) report('approved-without-approval', {}, '/status');
    for (const { text, index } of blanksIn(source))
      report('placeholder-text', { text }, rangeIn(source, index, text.length));
  }
}

/** The place of a text in a file, by its offset. */
export function rangeIn(source: string, offset: number, length: number) {
  const before = source.slice(0, offset).split('\n');
  const start = { line: before.length, column: (before.at(-1) as string).length + 1, offset };
  return { start, end: { line: start.line, column: start.column + length, offset: offset + length } };
}

/** A title or alias leads to one document of its kind. */
export function checkTitles({ documents, report }: PlanCheck): void {
  const seen = new Map<string, { document: Document; place: string }>();
  for (const document of documents) {
    const { title, aliases = [] } = document.data as Governed;
    const names: [string, string][] = [
      [title, '/title'],
      ...aliases.map((alias, index): [string, string] => [alias, `/aliases/${index}`]),
    ];
    for (const [name, place] of names) {
      const key = name.toLowerCase();
      const first = seen.get(key);
      if (first && (first.document !== document || first.place !== place))
        report(document, 'duplicate-title', { name }, place, first);
      else seen.set(key, { document, place });
    }
  }
}
