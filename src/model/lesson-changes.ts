/** How the changes that lessons ask for stand, and what they changed. */

import type { Document } from './document.ts';
import { documentsOf, type Plan } from './plan.ts';
import type { Change } from './schema-types.ts';

/** Proposed until it is in the plan; the loop closes when somebody has used the new text and says that it works. */
export type ChangeState = 'proposed' | 'applied' | 'confirmed';

export function stateOfChange({ applied, confirmed }: Change): ChangeState {
  return confirmed ? 'confirmed' : applied ? 'applied' : 'proposed';
}

/** Whether a lesson asks for changes that are not in the plan yet; a template only shows how to. */
export function isPending({ data: { from, status, changes = [] } }: Document<'lesson'>): boolean {
  return from !== 'template' && status !== 'retired' && changes.some((change) => stateOfChange(change) === 'proposed');
}

/**
 * How many days lie between the meeting that asked for a change and the day on which it came into the plan, in the middle
 * of all that did: as many took longer as took less.
 *
 * @param pairs days or moments, ISO 8601; what was applied before its meeting took no time
 * @returns undefined where there are none
 */
export function medianDays(pairs: readonly { asked: string; applied: string }[]): number | undefined {
  const day = (moment: string) => Date.parse(moment.slice(0, 10)) / 86_400_000;
  const days = pairs.map(({ asked, applied }) => Math.max(0, day(applied) - day(asked))).sort((a, b) => a - b);
  const [low, high] = [days[Math.floor((days.length - 1) / 2)], days[Math.floor(days.length / 2)]];
  return low === undefined || high === undefined ? undefined : Math.round((low + high) / 2);
}

/** A change with the lesson that asks for it. */
export interface AskedChange {
  lesson: Document<'lesson'>;
  change: Change;
}

/** A change that waits to be used, as the page of a record knows it: a file of the site. */
export interface OpenLoop {
  /** Id and title of the lesson, and the path of its page. */
  lesson: string;
  title: string;
  path: string;
  /** What the change does, in a sentence. */
  sentence: string;
  /** The steps by whose use it is confirmed. */
  refs: string[];
}

/** The changes of all lessons, those of the latest meeting first. */
export function askedChanges(plan: Plan): AskedChange[] {
  return documentsOf(plan, 'lesson')
    .flatMap((lesson) => (lesson.data.changes ?? []).map((change) => ({ lesson, change })))
    .sort((a, b) => compare(b.lesson.data.on ?? '', a.lesson.data.on ?? '') || compare(a.change.id, b.change.id));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What lessons have changed in a document: what is in the plan, not what is asked for. */
export function changesOf(plan: Plan, document: Pick<Document, 'kind' | 'id'>): AskedChange[] {
  const name = `${document.kind}:${document.id}`;
  return askedChanges(plan).filter(
    ({ change }) => stateOfChange(change) !== 'proposed' && change.of.split('#')[0] === name,
  );
}
