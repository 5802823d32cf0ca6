/** What is left until a plan is adopted, in words: one line, or the whole list. */

import { type OpenKind, type OpenPoint, openKinds } from '../audit/adoption.ts';

const headings: Record<OpenKind, string> = {
  contacts: 'Contacts without a number or another way to reach them',
  blanks: 'Blanks to fill in',
  facts: 'Facts about the organisation that counsel answers once (incidentFacts in plan.yaml)',
  drafts: 'Documents that are still a draft',
  approval: 'The plan as a whole has no approval',
};

const counted: Record<OpenKind, (count: number) => string> = {
  contacts: (count) => `${count} ${count === 1 ? 'contact' : 'contacts'} without a number`,
  blanks: (count) => `${count} ${count === 1 ? 'blank' : 'blanks'}`,
  facts: (count) => `${count} open ${count === 1 ? 'fact' : 'facts'}`,
  drafts: (count) => `${count} ${count === 1 ? 'draft' : 'drafts'}`,
  approval: () => 'the approval of the plan',
};

/** How many of each kind are left; kinds with none are left out. */
export function openCounts(points: readonly OpenPoint[]): Partial<Record<OpenKind, number>> {
  const groups = Map.groupBy(points, ({ kind }) => kind);
  return Object.fromEntries(openKinds.flatMap((kind) => (groups.has(kind) ? [[kind, groups.get(kind)?.length]] : [])));
}

/** The countdown in a sentence; undefined where nothing is left. */
export function countdown(points: readonly OpenPoint[]): string | undefined {
  const parts = Object.entries(openCounts(points)).map(([kind, count]) => counted[kind as OpenKind](count));
  if (parts.length === 0) return undefined;
  return `Until the plan is adopted: ${parts.join(', ')}.`;
}

/**
 * The whole list for a person.
 *
 * @param prefix what stands before a path, to make it one that an editor opens
 */
export function adoptionList(points: readonly OpenPoint[], prefix: string): string {
  const groups = Map.groupBy(points, ({ kind }) => kind);
  const blocks = openKinds.flatMap((kind) => {
    const group = groups.get(kind) ?? [];
    if (group.length === 0) return [];
    const rows = group.map(({ path, line, text }) => [`${prefix}${path}${line === undefined ? '' : `:${line}`}`, text]);
    const width = Math.min(60, Math.max(...rows.map(([place = '']) => place.length)));
    return [
      `${headings[kind]} (${group.length})\n${rows.map(([place = '', text]) => `  ${place.padEnd(width)}  ${text}`).join('\n')}\n`,
    ];
  });
  return `${[...blocks, countdown(points) ?? 'Nothing is left to fill in.'].join('\n')}\n`;
}
