import type { Document, NumberedStep } from '../model/document.ts';
import type { DocumentVersion } from './document-history.ts';
import { differenceKey, type VersionDifferences } from './version-difference.ts';

/** A step of today with the versions in which it came, and in which it was last changed. */
export interface StepHistory {
  step: NumberedStep;
  /** Undefined where a shallow clone does not reach back to it. */
  since?: DocumentVersion;
  /** Undefined for a step that says what it always said. */
  changed?: DocumentVersion;
}

/** The history of each step of a document, in the order of the steps. */
export function stepHistories(
  document: Document,
  versions: readonly DocumentVersion[],
  differences: VersionDifferences,
): StepHistory[] {
  const first = versions.at(-1);
  return (document.body?.steps ?? []).map((step) => {
    const touched = versions.flatMap((version) => {
      const found = differences.get(differenceKey(version))?.steps.filter(({ id }) => id === step.id) ?? [];
      return found.map(({ what }) => ({ version, what }));
    });
    // What was taken out and came back is as old as its coming back.
    const added = touched.findIndex(({ what }) => what === 'added');
    const since = added >= 0 ? touched[added]?.version : first?.what === 'added' ? first : undefined;
    const changed = touched.slice(0, added >= 0 ? added : undefined)[0]?.version;
    return { step, ...(since ? { since } : {}), ...(changed ? { changed } : {}) };
  });
}
