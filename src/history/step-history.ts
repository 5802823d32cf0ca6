import type { Document, NumberedStep } from '../model/document.ts';
import type { DocumentVersion } from './document-history.ts';
import type { StepDifference } from './plan-difference.ts';
import { differenceKey, type VersionDifferences } from './version-difference.ts';

/** A step of today with the versions in which it came, and in which it was last changed. */
export interface StepHistory {
  step: NumberedStep;
  /** Undefined where a shallow clone does not reach back to it. */
  since?: DocumentVersion;
  /** Undefined for a step that says what it always said. */
  changed?: DocumentVersion;
  /** A newer version than these is not told to the audience, so the step may have been changed in it. */
  untold?: true;
}

/** What a version did to a step; where it is kept from the audience, perhaps nothing. */
interface Touch {
  version: DocumentVersion;
  what: StepDifference['what'] | 'untold';
}

/** The history of each step of a document, in the order of the steps. */
export function stepHistories(
  document: Document,
  versions: readonly DocumentVersion[],
  differences: VersionDifferences,
): StepHistory[] {
  const first = versions.at(-1);
  return (document.body?.steps ?? []).map((step) => {
    const touched = versions.flatMap((version): Touch[] => {
      const difference = differences.get(differenceKey(version));
      if (difference?.untold) return [{ version, what: 'untold' }];
      const found = difference?.steps.filter(({ id }) => id === step.id) ?? [];
      return found.map(({ what }) => ({ version, what }));
    });
    // What was taken out and came back is as old as its coming back.
    const added = touched.findIndex(({ what }) => what === 'added');
    const untold = touched.findIndex(({ what }) => what === 'untold');
    const begins = first?.what === 'added' && untold < 0 ? first : undefined;
    const since = added >= 0 ? touched[added]?.version : begins;
    const newest = touched.slice(0, added >= 0 ? added : undefined)[0];
    if (newest?.what === 'untold') return { step, ...(since ? { since } : {}), untold: true };
    return { step, ...(since ? { since } : {}), ...(newest ? { changed: newest.version } : {}) };
  });
}
