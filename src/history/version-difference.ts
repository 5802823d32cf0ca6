/** The difference of two versions of a document as pages show it; apart from how it is worked out, which needs the compiler. */

import type { DocumentVersion } from './document-history.ts';
import type { FieldDifference, StepDifference } from './plan-difference.ts';

/** What one version changed against the one before. */
export interface VersionDifference {
  /** A sentence each; none for a first version, and where only the form of the file changed. */
  lines: string[];
  /** The steps that it added, reworded, detailed, moved or took out. */
  steps: Pick<StepDifference, 'id' | 'what'>[];
  /** Properties that say what somebody did on a day: by these it is known which commit wrote it down. */
  records: FieldDifference[];
  /** What it changed is kept from the audience: nothing here says that a step stayed as it was. */
  untold?: true;
}

/** Differences by `before after`, the ids of both contents. */
export type VersionDifferences = ReadonlyMap<string, VersionDifference>;

/** Under what a version's difference is kept. */
export const differenceKey = ({ before, after }: Pick<DocumentVersion, 'before' | 'after'>): string =>
  `${before} ${after}`;
