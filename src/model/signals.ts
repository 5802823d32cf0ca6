import type { Document } from './document.ts';
import { documentOf, documentsOf, isCurrent, type Plan } from './plan.ts';

const known = new WeakMap<Plan, ReadonlyMap<string, Document<'runbook'>[]>>();

/**
 * The current runbooks that a signal speaks for, those first in which it stands highest: a runbook lists its signals
 * with the strongest first. What many share tells little of any of them.
 *
 * @param signal id of the signal
 */
export function runbooksConfirmedBy(plan: Plan, signal: string): readonly Document<'runbook'>[] {
  const all = known.get(plan) ?? gather(plan);
  known.set(plan, all);
  return all.get(signal) ?? [];
}

function gather(plan: Plan): ReadonlyMap<string, Document<'runbook'>[]> {
  const found = new Map<string, { runbook: Document<'runbook'>; place: number }[]>();
  for (const runbook of documentsOf(plan, 'runbook').filter((document) => isCurrent(document)))
    for (const [place, signal] of runbook.data.signals.confirm.entries())
      if (documentOf(plan, 'signal', signal)) found.set(signal, [...(found.get(signal) ?? []), { runbook, place }]);
  return new Map(
    [...found].map(([signal, entries]) => [
      signal,
      entries
        .sort((a, b) => a.place - b.place || (a.runbook.data.title < b.runbook.data.title ? -1 : 1))
        .map(({ runbook }) => runbook),
    ]),
  );
}
