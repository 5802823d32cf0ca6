/** Which lessons do not go into the repository of the plan unless somebody answers for it: the same on the site and in a terminal. */

import { defaultLabel, labelsOf } from './audience.ts';
import type { LessonData, PlanSettings } from './schema-types.ts';

// TLP 2.0, from what anybody may read to what only those present may.
const marks = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'];

/** Who can read the repository, as marks. */
export interface RepositoryMarks {
  /** Mark of the plan for sharing. */
  tlp: string;
  /** The label that says who may read the repository. */
  label: string;
  /** Ids of the labels that fewer may read than that. */
  above: string[];
}

export function repositoryMarks(settings: PlanSettings): RepositoryMarks {
  const label = settings.repository?.label ?? defaultLabel(settings, 'plan');
  const ids = labelsOf(settings).map(({ id }) => id);
  return { tlp: settings.tlp ?? 'AMBER', label, above: ids.slice(0, Math.max(ids.indexOf(label), 0)) };
}

/** Why a lesson stays out of the repository; undefined where it may go there. */
export function keptOut(
  { tlp, label, hold }: { tlp?: string; label?: string; hold?: boolean },
  repository: RepositoryMarks,
): { why: 'hold' } | { why: 'mark'; mark: string; of: string } | undefined {
  if (hold) return { why: 'hold' };
  if (tlp !== undefined && marks.indexOf(tlp) > marks.indexOf(repository.tlp))
    return { why: 'mark', mark: `TLP:${tlp}`, of: `TLP:${repository.tlp}` };
  if (label !== undefined && repository.above.includes(label))
    return { why: 'mark', mark: `“${label}”`, of: `“${repository.label}”` };
  return undefined;
}

/** The marks in the text of a lesson that may still be at fault: each stands on a line of its own. */
export function marksIn(lesson: string): Pick<LessonData, 'tlp' | 'label' | 'hold'> {
  const value = (name: string) => new RegExp(`^${name}: *["']?([\\w+.-]+)`, 'm').exec(lesson)?.[1];
  const [tlp, label] = [value('tlp'), value('label')];
  return {
    ...(tlp ? { tlp: tlp as NonNullable<LessonData['tlp']> } : {}),
    ...(label ? { label } : {}),
    ...(value('hold') === 'true' ? { hold: true as const } : {}),
  };
}
