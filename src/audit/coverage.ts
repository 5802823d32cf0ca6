/** Which phases each runbook covers, and which exercises have it among theirs. */
import { isBlock } from '../model/content.ts';
import type { Document, Section } from '../model/document.ts';
import { documentsOf, isCurrent, type Plan, phasesOf, referrersOf } from '../model/plan.ts';

/** How a runbook covers one phase, or its first minutes. */
interface Covered {
  /** The section, where the runbook has it. */
  section?: Section;
  /** Steps, actions in use and decisions. */
  steps: number;
  /** Whether the runbook says why it has no step there. */
  reason: boolean;
}

export interface RunbookCoverage {
  runbook: Document<'runbook'>;
  firstMinutes: Covered;
  /** In the order of the phases. */
  phases: Covered[];
  exercises: Document[];
}

/** The coverage of all current runbooks, by title. A phase without a step and without a reason is a gap. */
export function coverageOf(plan: Plan): { phases: Document<'phase'>[]; runbooks: RunbookCoverage[]; gaps: number } {
  const phases = phasesOf(plan);
  const runbooks = documentsOf(plan, 'runbook')
    .filter((runbook) => isCurrent(runbook))
    .sort((a, b) => (a.data.title < b.data.title ? -1 : 1))
    .map((runbook) => ({
      runbook,
      firstMinutes: coveredIn(runbook, ({ part }) => part === 'first-minutes'),
      phases: phases.map(({ id }) => coveredIn(runbook, ({ part, phase }) => part === 'phase' && phase === id)),
      exercises: referrersOf(plan, runbook, 'exercise').filter((exercise) => isCurrent(exercise)),
    }));
  const gaps = runbooks
    .flatMap(({ firstMinutes, phases: covered }) => [firstMinutes, ...covered])
    .filter(({ steps, reason }) => steps === 0 && !reason).length;
  return { phases, runbooks, gaps };
}

function coveredIn({ body }: Document<'runbook'>, isIt: (section: Section) => boolean): Covered {
  const section = body?.sections.find(isIt);
  if (!section) return { steps: 0, reason: false };
  return {
    section,
    steps: (body?.steps ?? []).filter((step) => step.section.id === section.id).length,
    reason: section.children.some((node) => isBlock(node, 'no-steps')),
  };
}
