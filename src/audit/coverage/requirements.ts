/** What frameworks ask for, and which documents of the plan answer it. */

import type { Document, NumberedStep } from '../../model/document.ts';
import { documentsOf, isCurrent, type Plan, resolve } from '../../model/plan.ts';

/**
 * How a requirement is answered. `nobody`: no document is named. `drafts`: only drafts answer it, which nobody has to
 * follow. `gap`: documents answer it, and the plan says what is missing. `withheld`: what answers it is not for this
 * audience.
 */
type RequirementState = 'nobody' | 'drafts' | 'gap' | 'answered' | 'withheld';

/** The worst first. */
const requirementStates: readonly RequirementState[] = ['nobody', 'drafts', 'gap', 'withheld', 'answered'];

/** A document that answers a requirement, or one step of it. */
interface Answer {
  document: Document;
  step?: NumberedStep;
}

interface Answered {
  state: RequirementState;
  /** Current documents, in the order in which they are named. */
  answers: Answer[];
  /** What is not addressed, in Markdown. */
  gap?: string;
}

/** One of the things that a requirement asks for. */
export interface ItemCoverage extends Answered {
  item: string;
  asks: string;
}

export interface RequirementCoverage extends Answered {
  control: Document<'control'>;
  /** In the order of the framework. */
  items: ItemCoverage[];
}

export interface FrameworkCoverage {
  framework: string;
  /** The worst first, then by number. */
  requirements: RequirementCoverage[];
}

/** The requirements of each framework; the frameworks by name. */
export function requirementsOf(plan: Plan): FrameworkCoverage[] {
  const controls = documentsOf(plan, 'control').filter((control) => isCurrent(control));
  return [...Map.groupBy(controls, ({ data }) => data.framework)]
    .map(([framework, own]) => ({
      framework,
      requirements: own.map((control) => requirementOf(plan, control)).sort(byState),
    }))
    .sort((a, b) => (a.framework < b.framework ? -1 : 1));
}

function requirementOf(plan: Plan, control: Document<'control'>): RequirementCoverage {
  const { addressedBy = [], gap, items = [] } = control.data;
  const covered = items.map(({ item, asks, ...rest }): ItemCoverage => ({ item, asks, ...answered(plan, rest) }));
  const named = [...addressedBy, ...items.flatMap((item) => item.addressedBy ?? [])];
  const whole = answered(plan, { addressedBy: [...new Set(named)], ...(gap ? { gap } : {}) });
  const isOpen = covered.some(({ state }) => state !== 'answered' && state !== 'withheld');
  return { control, ...whole, state: isOpen && whole.state === 'answered' ? 'gap' : whole.state, items: covered };
}

function answered(plan: Plan, { addressedBy = [], gap }: { addressedBy?: string[]; gap?: string }): Answered {
  const answers = addressedBy
    .flatMap((name) => resolve(plan, name) ?? [])
    .filter(({ document }) => isCurrent(document));
  const state = stateOf(plan, answers, gap, addressedBy.length > answers.length);
  return { state, answers, ...(gap ? { gap } : {}) };
}

function stateOf(
  plan: Plan,
  answers: readonly Answer[],
  gap: string | undefined,
  hasOthers: boolean,
): RequirementState {
  if (answers.length === 0) return isElsewhere(plan, hasOthers) ? 'withheld' : 'nobody';
  if (answers.every(({ document }) => isDraft(document))) return 'drafts';
  return gap ? 'gap' : 'answered';
}

/** What an audience may not read is no gap; where its names are left out too, nobody can tell. */
function isElsewhere({ audience }: Plan, hasOthers: boolean): boolean {
  if (!audience || audience.withheld.length === 0) return false;
  return !audience.says || hasOthers;
}

const isDraft = ({ data }: Document) => 'status' in data && data.status === 'draft';

function byState(a: RequirementCoverage, b: RequirementCoverage): number {
  const rank = ({ state }: RequirementCoverage) => requirementStates.indexOf(state);
  return rank(a) - rank(b) || byNumber(a.control.data.identifier, b.control.data.identifier);
}

/** 12.10.2 before 12.10.10. */
const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
