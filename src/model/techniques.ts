/** What the plan does about a technique. */
import type { Document, NumberedStep } from './document.ts';
import { documentsOf, isCurrent, type Plan } from './plan.ts';
import { linesOfSteps } from './steps.ts';

export interface AnswersToTechnique {
  /** Actions that say that they answer it. */
  actions: Document<'action'>[];
  /** Steps of the response that say so themselves, by runbook. A use of an action is found through the action. */
  steps: { runbook: Document<'runbook'>; steps: NumberedStep[] }[];
  /** Runbooks of incidents in which it occurs. */
  runbooks: Document<'runbook'>[];
}

/** What current documents do about each technique, by its id. Techniques of which nothing speaks have no entry. */
export function answersToTechniques(plan: Plan): ReadonlyMap<string, AnswersToTechnique> {
  const found = new Map<string, AnswersToTechnique>();
  const of = (technique: string) => {
    const answers = found.get(technique) ?? { actions: [], steps: [], runbooks: [] };
    found.set(technique, answers);
    return answers;
  };
  for (const action of documentsOf(plan, 'action').filter((document) => isCurrent(document)))
    for (const technique of action.data.techniques ?? []) of(technique).actions.push(action);
  for (const runbook of documentsOf(plan, 'runbook').filter((document) => isCurrent(document))) {
    for (const technique of runbook.data.techniques ?? []) of(technique).runbooks.push(runbook);
    const { response } = linesOfSteps(runbook.body?.steps ?? []);
    const named = response.flatMap((step) => techniquesOf(step).map((technique) => ({ technique, step })));
    for (const [technique, steps] of Map.groupBy(named, (each) => each.technique))
      of(technique).steps.push({ runbook, steps: steps.map(({ step }) => step) });
  }
  return found;
}

function techniquesOf({ block }: NumberedStep): readonly string[] {
  return (block.attributes as { techniques?: readonly string[] }).techniques ?? [];
}
