/**
 * Whether what a document says that somebody did on a day is written down anywhere but in that field: a commit that was
 * made about that day, or a record outside. Everything else is a claim.
 */

import { type DocumentVersion, nameOf, type PlanHistory } from '../history/document-history.ts';
import type { FieldDifference } from '../history/plan-difference.ts';
import { differenceKey, type VersionDifferences } from '../history/version-difference.ts';
import type { Document } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';

export interface AuditSource {
  plan: Plan;
  history: PlanHistory;
  differences: VersionDifferences;
}

/**
 * `example`: the plan is one. `evidence`: a record outside is named. `recorded`: a commit made at the time says so.
 * `late`: the commit was made long after. `unknown`: git does not tell who wrote it. `no-version`: it is about a version
 * of the plan that there never was.
 */
type ProofState = 'example' | 'evidence' | 'recorded' | 'late' | 'unknown' | 'no-version';

export interface Proof {
  state: ProofState;
  /** The version that wrote it. */
  version?: DocumentVersion;
  /** Address of the record outside. */
  evidence?: string;
}

/** Whether a proof is more than the word of the field. */
export const isProven = ({ state }: Proof): boolean => state === 'evidence' || state === 'recorded';

// A meeting on the last day of a month is written down in the next; what is written a season later is remembered.
const daysToWriteDown = 31;
const day = 86_400_000;

/**
 * How far a statement about a day can be relied on.
 *
 * @param on the day; undefined for what is true without one, such as that an item is done
 * @param brings whether a difference of properties brought the statement
 */
export function proofOf(
  { plan, history, differences }: AuditSource,
  document: Document,
  on: string | undefined,
  brings: (difference: FieldDifference) => boolean,
  evidence?: string,
): Proof {
  if (plan.settings.example) return { state: 'example' };
  const version = versionThatBrought(history, differences, document, brings);
  const known = version ? { version } : {};
  if (evidence) return { state: 'evidence', evidence, ...known };
  if (!version) return { state: 'unknown' };
  if (on === undefined) return { state: 'recorded', ...known };
  const after = (Date.parse(version.at.slice(0, 10)) - Date.parse(on)) / day;
  // A day that lies after the commit was announced by it, not recorded.
  return { state: after >= 0 && after <= daysToWriteDown ? 'recorded' : 'late', ...known };
}

/** The newest version that brought a statement; undefined where none did, as of what is in no commit. */
export function versionThatBrought(
  history: PlanHistory,
  differences: VersionDifferences,
  document: Document,
  brings: (difference: FieldDifference) => boolean,
): DocumentVersion | undefined {
  const versions = history.versions.get(nameOf(document)) ?? [];
  return versions.find((version) => differences.get(differenceKey(version))?.records.some(brings));
}

/** A property at a path became a value. */
export const becomes =
  (path: readonly string[], value: unknown) =>
  (difference: FieldDifference): boolean =>
    isAt(difference, path) && inside(difference.after, path.slice(difference.path.length)) === value;

/** A list at a path got an entry. */
export const gains =
  (path: readonly string[], isIt: (entry: unknown) => boolean) =>
  (difference: FieldDifference): boolean => {
    if (!isAt(difference, path)) return false;
    const rest = path.slice(difference.path.length);
    const entries = (side: unknown) => {
      const list = inside(side, rest);
      return Array.isArray(list) ? list : [];
    };
    return entries(difference.after).some(isIt) && !entries(difference.before).some(isIt);
  };

/** A difference is told at the outermost property that is new: at the path, or above it. */
const isAt = ({ path }: FieldDifference, wanted: readonly string[]) =>
  path.every((name, index) => wanted[index] === name);

/** What is at a path below a value; entries of a list are found by their ids, as differences name them. */
function inside(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((outer, name) => {
    if (Array.isArray(outer)) return outer.find((entry) => (entry as { id?: unknown } | null)?.id === name);
    return typeof outer === 'object' && outer !== null ? (outer as Record<string, unknown>)[name] : undefined;
  }, value);
}
