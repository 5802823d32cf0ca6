/** The steps of the runbooks, seen from elsewhere: those that a role does or decides, and those that use an action. */

import { isBlock } from './content.ts';
import type { Document, NumberedStep } from './document.ts';
import { documentOf, documentsOf, isCurrent, type Plan, referrersOf } from './plan.ts';

export interface StepOfRole {
  step: NumberedStep;
  /** `does` it, `decides` it, or is the `deputy` who decides when the decider cannot be reached. */
  part: 'does' | 'decides' | 'deputy';
}

/** What a role does in each runbook, in the order of the runbook; runbooks without a step of it are left out. */
export function stepsOfRole(plan: Plan, role: string): { runbook: Document<'runbook'>; steps: StepOfRole[] }[] {
  return documentsOf(plan, 'runbook')
    .filter((runbook) => isCurrent(runbook))
    .map((runbook) => ({
      runbook,
      steps: (runbook.body?.steps ?? []).flatMap((step) => {
        const part = partOf(plan, step, role);
        return part ? [{ step, part }] : [];
      }),
    }))
    .filter(({ steps }) => steps.length > 0);
}

/** The steps of the runbooks that are this action. */
export function usesOfAction(plan: Plan, action: string): { runbook: Document<'runbook'>; steps: NumberedStep[] }[] {
  const document = documentOf(plan, 'action', action);
  return (document ? referrersOf(plan, document, 'runbook') : [])
    .filter((runbook) => isCurrent(runbook))
    .map((runbook) => ({
      runbook,
      steps: (runbook.body?.steps ?? []).filter(
        ({ block }) => isBlock(block, 'use') && block.attributes.action === action,
      ),
    }))
    .filter(({ steps }) => steps.length > 0);
}

function partOf(plan: Plan, { block }: NumberedStep, role: string): StepOfRole['part'] | undefined {
  if (isBlock(block, 'decision')) {
    if (block.attributes.decider === role) return 'decides';
    return block.attributes.deputy === role ? 'deputy' : undefined;
  }
  if (isBlock(block, 'step')) return block.attributes.role === role ? 'does' : undefined;
  if (isBlock(block, 'use')) {
    const action = documentOf(plan, 'action', block.attributes.action);
    // The role alone: all attributes of all steps are asked for each role of a plan.
    return action && (block.attributes.role ?? action.data.role) === role ? 'does' : undefined;
  }
  return undefined;
}

/**
 * Where an answer or a step leads, as it is written in a runbook: undefined for the step that follows, the bare id of another
 * step of the same runbook, which may also be named in full, or the reference of another document.
 */
export function leadsTo(to: string | undefined, runbook: string): string | undefined {
  const own = `runbook:${runbook}#`;
  if (to === 'next') return undefined;
  return to?.startsWith(own) ? to.slice(own.length) : to;
}

/**
 * The steps of a document in the two lines in which they are done: what is prepared before an incident, and the
 * response. Neither leads into the other.
 */
export function linesOfSteps(steps: readonly NumberedStep[]): {
  preparation: NumberedStep[];
  response: NumberedStep[];
} {
  const isPreparation = (step: NumberedStep) => step.number.startsWith('P');
  return { preparation: steps.filter(isPreparation), response: steps.filter((step) => !isPreparation(step)) };
}
