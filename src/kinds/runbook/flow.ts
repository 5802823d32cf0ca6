/**
 * Where a responder can get to. Steps follow each other in the order of reading; a decision leads where its options
 * say; `next` leads elsewhere. Preparation is apart: it is done before an incident, so the flow of the response starts
 * at the first minutes and passes it over.
 */

import { isBlock } from '../../model/content.ts';
import type { NumberedStep } from '../../model/document.ts';
import { leadsTo, linesOfSteps } from '../../model/steps.ts';
import type { DocumentCheck } from '../kind.ts';

// A step that leads out of the runbook: to its end, or to another document.
const out = '';

export function checkFlow({ document, report }: DocumentCheck<'runbook'>): void {
  const steps = document.body?.steps ?? [];
  // Where an id is used twice, which is told already, nobody can say where a step leads.
  if (new Set(steps.map((step) => step.id)).size < steps.length) return;
  const { preparation, response } = linesOfSteps(steps);
  const exits = new Map([...exitsOf(preparation, document.id), ...exitsOf(response, document.id)]);

  const reached = reachable([preparation[0]?.id, response[0]?.id], exits);
  for (const step of steps)
    if (!reached.has(step.id)) report('unreachable-step', { name: step.id }, step.block.position);

  for (const circle of circles(steps, exits)) {
    const first = steps.find((step) => step.id === circle[0]);
    if (first) report('endless-loop', { steps: circle }, first.block.position);
  }
  const waiting = waitingForEachOther(steps);
  if (waiting) report('circular-after', { steps: waiting.map((step) => step.id) }, waiting[0]?.block.position);
}

/** Where each step leads. */
function exitsOf(steps: readonly NumberedStep[], runbook: string): Map<string, string[]> {
  return new Map(
    steps.map((step, index) => {
      const following = steps[index + 1]?.id ?? out;
      const leads = (written: string | undefined) => {
        const to = leadsTo(written, runbook) ?? following;
        return /[:#]/.test(to) ? out : to;
      };
      const options = step.block.children.filter((child) => isBlock(child, 'option'));
      if (step.block.schema === 'decision' && options.length > 0)
        return [step.id, options.map((option) => leads(option.attributes.to))];
      return [step.id, [leads((step.block.attributes as { next?: string }).next)]];
    }),
  );
}

function reachable(starts: readonly (string | undefined)[], exits: ReadonlyMap<string, string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = starts.filter((start) => start !== undefined);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(exits.get(id) ?? []));
  }
  return reached;
}

/** Groups of steps from which no path leads out of the runbook, each named once. */
function circles(steps: readonly NumberedStep[], exits: ReadonlyMap<string, string[]>): string[][] {
  const stuck = steps.map((step) => step.id).filter((id) => !reachable([id], exits).has(out));
  const groups = new Map<string, string[]>();
  for (const id of stuck) {
    const circle = [...reachable([id], exits)].filter((other) => reachable([other], exits).has(id)).sort();
    const key = circle.join(' ');
    if (key) groups.set(key, circle);
  }
  // A step that only leads into a circle is not part of it; the circle itself is reported.
  return [...groups.values()].filter(
    (circle) => circle.length > 1 || (exits.get(circle[0] as string) ?? []).includes(circle[0] as string),
  );
}

/** Steps whose `after` form a circle, in order; undefined when there is none. */
function waitingForEachOther(steps: readonly NumberedStep[]): NumberedStep[] | undefined {
  const waitsFor = new Map(steps.map((step) => [step.id, (step.block.attributes as { after?: string[] }).after ?? []]));
  for (const step of steps) {
    const before = reachable(waitsFor.get(step.id) ?? [], waitsFor);
    if (before.has(step.id))
      return steps.filter(
        (other) => before.has(other.id) && reachable(waitsFor.get(other.id) ?? [], waitsFor).has(step.id),
      );
  }
  return undefined;
}
