/**
 * What the plan covers and what it does not: what frameworks ask for, techniques, and the runbooks themselves. Gaps come
 * first everywhere. A pure function of the plan of an audience and of what is known of its approvals and exercises.
 */

import type { Document } from '../model/document.ts';
import { type Plan, phasesOf } from '../model/plan.ts';
import type { Assurance } from './assurance.ts';
import { type FrameworkCoverage, requirementsOf } from './coverage/requirements.ts';
import { type RunbookCoverage, runbooksOf } from './coverage/runbooks.ts';
import { type TacticCoverage, techniquesOf } from './coverage/techniques.ts';

export interface Coverage {
  frameworks: FrameworkCoverage[];
  tactics: TacticCoverage[];
  /** In their order. */
  phases: Document<'phase'>[];
  runbooks: RunbookCoverage[];
}

/** What the plan covers. */
export function coverageOf(plan: Plan, assurance: Assurance): Coverage {
  return {
    frameworks: requirementsOf(plan),
    tactics: techniquesOf(plan),
    phases: phasesOf(plan),
    runbooks: runbooksOf(plan, assurance),
  };
}
