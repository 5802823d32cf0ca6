/** How the changes that lessons ask for stand, and what they changed. */

import type { Document } from './document.ts';
import { documentsOf, type Plan } from './plan.ts';
import type { Change } from './schema-types.ts';

/** Proposed until it is in the plan; the loop closes when somebody has used the new text and says that it works. */
export type ChangeState = 'proposed' | 'applied' | 'confirmed';

export function stateOfChange({ applied, confirmed }: Change): ChangeState {
  return confirmed ? 'confirmed' : applied ? 'applied' : 'proposed';
}

/** A change with the lesson that asks for it. */
export interface AskedChange {
  lesson: Document<'lesson'>;
  change: Change;
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
