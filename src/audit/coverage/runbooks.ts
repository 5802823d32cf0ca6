/** Runbooks against phases, exercises, owners and approvals. */

import { isBlock } from '../../model/content.ts';
import type { Document, Section } from '../../model/document.ts';
import { documentsOf, isCurrent, type Plan, phasesOf } from '../../model/plan.ts';
import { type ApprovalStanding, standingOf } from '../approvals.ts';
import type { Assurance, Held } from '../assurance.ts';

/** How a runbook covers one phase, or its first minutes. */
export interface CoveredPhase {
  /** The section, where the runbook has it. */
  section?: Section;
  /** Steps, actions in use and decisions. */
  steps: number;
  /** Whether the runbook says why it has no step there. */
  reason: boolean;
}

export interface RunbookCoverage {
  runbook: Document<'runbook'>;
  firstMinutes: CoveredPhase;
  /** In the order of the phases. */
  phases: CoveredPhase[];
  /** Current exercises that name it. */
  exercises: Document<'exercise'>[];
  /** The times at which one of them was held, the newest first. */
  held: Held[];
  /** Until when the last one counts. */
  due?: string;
  approval: ApprovalStanding;
  /** Phases without a step and without a reason. */
  gaps: number;
}

/** The coverage of all current runbooks: those with gaps first, then those that were never exercised, then by title. */
export function runbooksOf(plan: Plan, { exercised, approvals }: Assurance): RunbookCoverage[] {
  const phases = phasesOf(plan);
  const exercisedOf = new Map(exercised.map((each) => [each.runbook, each]));
  const approvalsOf = new Map(approvals.map((each) => [each.document, each]));
  return documentsOf(plan, 'runbook')
    .filter((runbook) => isCurrent(runbook))
    .map((runbook) => {
      const firstMinutes = coveredIn(runbook, ({ part }) => part === 'first-minutes');
      const covered = phases.map(({ id }) => coveredIn(runbook, ({ part, phase }) => part === 'phase' && phase === id));
      const { exercises = [], held = [], due } = exercisedOf.get(runbook) ?? {};
      return {
        runbook,
        firstMinutes,
        phases: covered,
        exercises,
        held,
        ...(due ? { due } : {}),
        approval: standingOf(approvalsOf.get(runbook as Document)),
        gaps: [firstMinutes, ...covered].filter(isGap).length,
      };
    })
    .sort(
      (a, b) =>
        b.gaps - a.gaps ||
        Math.sign(a.held.length) - Math.sign(b.held.length) ||
        (a.runbook.data.title < b.runbook.data.title ? -1 : 1),
    );
}

/** Whether a runbook has nothing to say about a phase, and does not say why. */
export const isGap = ({ steps, reason }: CoveredPhase): boolean => steps === 0 && !reason;

function coveredIn({ body }: Document<'runbook'>, isIt: (section: Section) => boolean): CoveredPhase {
  const section = body?.sections.find(isIt);
  if (!section) return { steps: 0, reason: false };
  return {
    section,
    steps: (body?.steps ?? []).filter((step) => step.section.id === section.id).length,
    reason: section.children.some((node) => isBlock(node, 'no-steps')),
  };
}
