/** What only some pages of an open incident know of the plan: its forms, and an exercise. */

import type { Exercise } from '../../../model/incident/exercise.ts';
import type { IncidentForms } from '../../../model/incident/forms.ts';
import { loadPlan, read } from './plan.ts';

let formsOnce: Promise<IncidentForms | undefined> | undefined;

/** What forms are called and duties are judged by; undefined where it cannot be had now. */
export function loadForms(): Promise<IncidentForms | undefined> {
  formsOnce ??= read<IncidentForms>('_firebreak/incident-forms.json').then((found) => {
    if (!found) formsOnce = undefined;
    return found;
  });
  return formsOnce;
}

/** What the injects of an exercise say and expect; undefined where it cannot be had now. */
export async function loadExercise(id: string): Promise<Exercise | undefined> {
  const path = (await loadPlan()).exercises.find((exercise) => exercise.id === id)?.path;
  return path === undefined ? undefined : read<Exercise>(`${path}exercise.json`);
}
