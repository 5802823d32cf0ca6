/** Techniques against runbooks: in which incidents each occurs, and which steps answer it there. */

import { effectiveAttributes } from '../../model/action.ts';
import { laneOf, type Tactic, tactics } from '../../model/backward.ts';
import { isBlock } from '../../model/content.ts';
import type { Document, NumberedStep } from '../../model/document.ts';
import { documentOf, documentsOf, isCurrent, type Plan } from '../../model/plan.ts';
import { linesOfSteps } from '../../model/steps.ts';

/**
 * How a technique is covered. `unnamed`: no runbook names it. `unanswered`: no step of those that name it answers it.
 * `partly`: steps of some of them do. `answered`: steps of all of them do.
 */
type TechniqueState = 'unnamed' | 'unanswered' | 'partly' | 'answered';

/** The worst first. */
const techniqueStates: readonly TechniqueState[] = ['unnamed', 'unanswered', 'partly', 'answered'];

/** A runbook that names a technique. */
interface NamedTechnique {
  runbook: Document<'runbook'>;
  /** Steps of its response that answer the technique, themselves or by the action that they use. None is a gap. */
  steps: NumberedStep[];
}

export interface TechniqueCoverage {
  technique: Document<'technique'>;
  state: TechniqueState;
  /** By the runbooks' codes. */
  runbooks: NamedTechnique[];
}

export interface TacticCoverage {
  tactic: Tactic;
  /** The worst first, then by id. */
  techniques: TechniqueCoverage[];
  /** Runbooks that name one of them, by code. */
  runbooks: Document<'runbook'>[];
}

/** The techniques of each tactic, each under its earliest; the tactics in the order of ATT&CK. */
export function techniquesOf(plan: Plan): TacticCoverage[] {
  const runbooks = documentsOf(plan, 'runbook')
    .filter((runbook) => isCurrent(runbook))
    .sort((a, b) => (a.data.code < b.data.code ? -1 : 1));
  const answering = new Map(runbooks.map((runbook) => [runbook, answeringSteps(plan, runbook)]));
  const covered = documentsOf(plan, 'technique')
    .filter((technique) => isCurrent(technique))
    .map((technique): TechniqueCoverage => {
      const named = runbooks
        .filter(({ data }) => data.techniques?.includes(technique.id))
        .map((runbook) => ({ runbook, steps: answering.get(runbook)?.get(technique.id) ?? [] }));
      return { technique, state: stateOf(named), runbooks: named };
    });
  return tactics.flatMap((tactic) => {
    const own = covered.filter(({ technique }) => laneOf(technique.data.tactics) === tactic).sort(byState);
    if (own.length === 0) return [];
    const naming = new Set(own.flatMap((each) => each.runbooks.map(({ runbook }) => runbook)));
    return [{ tactic, techniques: own, runbooks: runbooks.filter((runbook) => naming.has(runbook)) }];
  });
}

function stateOf(named: readonly NamedTechnique[]): TechniqueState {
  const answered = named.filter(({ steps }) => steps.length > 0).length;
  if (named.length === 0) return 'unnamed';
  if (answered === 0) return 'unanswered';
  return answered < named.length ? 'partly' : 'answered';
}

/** The steps of a runbook's response by the techniques that they answer. */
function answeringSteps(plan: Plan, { body }: Document<'runbook'>): Map<string, NumberedStep[]> {
  const found = new Map<string, NumberedStep[]>();
  for (const step of linesOfSteps(body?.steps ?? []).response)
    for (const technique of answeredBy(plan, step)) found.set(technique, [...(found.get(technique) ?? []), step]);
  return found;
}

function answeredBy(plan: Plan, { block }: NumberedStep): readonly string[] {
  const action = isBlock(block, 'use') ? documentOf(plan, 'action', block.attributes.action) : undefined;
  if (isBlock(block, 'use') && action) return effectiveAttributes(block, action).techniques ?? [];
  return (block.attributes as { techniques?: readonly string[] }).techniques ?? [];
}

function byState(a: TechniqueCoverage, b: TechniqueCoverage): number {
  const rank = ({ state }: TechniqueCoverage) => techniqueStates.indexOf(state);
  return rank(a) - rank(b) || (a.technique.id < b.technique.id ? -1 : 1);
}
