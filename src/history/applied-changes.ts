/** Since when the changes that lessons ask for are in the plan. */

import type { Document } from '../model/document.ts';
import { documentsOf, type Plan } from '../model/plan.ts';
import { nameOf } from './document-history.ts';
import type { ToldHistory } from './read-history.ts';
import { differenceKey, type VersionDifference } from './version-difference.ts';

/** The commit of the main branch with which a change came into the plan. */
export interface AppliedIn {
  commit: string;
  /** ISO 8601 in UTC. */
  at: string;
}

/** By lesson and change: `right-device-first/proof-at-night`. A change that git does not know of is not in it. */
export type AppliedChanges = ReadonlyMap<string, AppliedIn>;

/** The name under which a change stands in `AppliedChanges`. */
export const nameOfChange = (lesson: string, change: string) => `${lesson}/${change}`;

/**
 * Finds the version of each lesson that first said of a change that it is applied: the same commit holds the change
 * itself. Of a merge it is the merge, since from then on people read the new text.
 */
export function appliedChanges(plan: Plan, { versions, differences }: Omit<ToldHistory, 'changes'>): AppliedChanges {
  return new Map(
    documentsOf(plan, 'lesson').flatMap((lesson) => {
      const written = versions.get(nameOf(lesson as Document)) ?? [];
      return (lesson.data.changes ?? []).flatMap(({ id, applied }) => {
        const first = written.findLast(
          (version) => applied !== undefined && says(differences.get(differenceKey(version)), applied),
        );
        return first ? [[nameOfChange(lesson.id, id), { commit: first.commit, at: first.at }] as const] : [];
      });
    }),
  );
}

/** Whether a version wrote that a change is applied, by the digest of what it left: the change may have had another id. */
function says(difference: VersionDifference | undefined, digest: string): boolean {
  return (difference?.records ?? []).some(
    ({ path, after }) =>
      path[0] === 'changes' && (path.at(-1) === 'applied' ? after === digest : appliedIn(after).includes(digest)),
  );
}

/** The digests that are written as applied in a list of changes, or in one of them. */
function appliedIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(appliedIn);
  const { applied } = (value ?? {}) as { applied?: unknown };
  return typeof applied === 'string' ? [applied] : [];
}
