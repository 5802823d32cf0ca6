/**
 * Evidence is preserved before it is destroyed. RFC 3227 section 2.1 gives the order of volatility, and section 2.2
 * warns of shutting down or changing a system before its evidence is collected.
 */

import { effectiveAttributes } from '../../model/action.ts';
import type { NumberedStep } from '../../model/document.ts';
import { interfaceText } from '../../model/interface-text.ts';
import { documentOf, type Plan } from '../../model/plan.ts';
import type { BlockAttributes } from '../../model/schema-types.ts';
import type { DocumentCheck } from '../kind.ts';

type Attributes = Partial<BlockAttributes['step']>;
type EvidenceKind = BlockAttributes['evidence']['kind'];

// Lost all the time in normal operation; nobody preserves them apart from memory, disk and the state of the network.
const implied: Partial<Record<EvidenceKind, EvidenceKind[]>> = {
  memory: ['processes', 'network-state'],
  disk: ['temporary-files', 'logs'],
};

export function checkEvidenceOrder({ plan, document, report }: DocumentCheck<'runbook'>): void {
  const steps = (document.body?.steps ?? []).map((step) => ({ step, attributes: attributesOf(step, plan) }));
  const text = interfaceText(plan.settings.language);
  steps.forEach(({ step, attributes }, index) => {
    if (!attributes.destroys?.length || attributes.stopsActiveHarm) return;
    const before = [
      ...steps.slice(0, index),
      ...steps.filter((other) => waitsFor(step.id, other.step.id, steps)),
    ].filter((other) => other.step.id !== step.id && !waitsFor(other.step.id, step.id, steps));
    const preserved = new Set(
      before
        .filter((other) => sameTargets(other.attributes, attributes))
        .flatMap((other) => other.attributes.preserves ?? [])
        .flatMap((kind) => [kind, ...(implied[kind] ?? [])]),
    );
    const lost = attributes.destroys.filter((kind) => !preserved.has(kind));
    if (lost.length > 0)
      report(
        'evidence-destroyed',
        {
          evidence: lost.map((kind) => text.evidenceKinds[kind]),
          targets: attributes.targets ? text.targetKinds[attributes.targets] : 'its target',
        },
        step.block.position,
      );
  });
}

function attributesOf(step: NumberedStep, plan: Plan): Attributes {
  const { block } = step;
  if (block.schema === 'step') return block.attributes as Attributes;
  if (block.schema !== 'use') return {};
  const use = block as Extract<NumberedStep['block'], { schema: 'use' }>;
  const action = documentOf(plan, 'action', use.attributes.action);
  if (!action) return use.attributes;
  // What a part does, its action does.
  const parts = (action.body?.steps ?? []).map((part) => part.block.attributes as Attributes);
  const attributes = effectiveAttributes(use, action);
  const all = (effect: 'preserves' | 'destroys') =>
    use.attributes[effect]
      ? attributes[effect]
      : [...new Set([...(attributes[effect] ?? []), ...parts.flatMap((part) => part[effect] ?? [])])];
  return { ...attributes, preserves: all('preserves') ?? [], destroys: all('destroys') ?? [] };
}

// A step that names no targets is taken to concern all of them.
function sameTargets(a: Attributes, b: Attributes): boolean {
  return a.targets === undefined || b.targets === undefined || a.targets === b.targets;
}

/** Whether a step waits for another through `after`, directly or through others. */
function waitsFor(
  id: string,
  other: string,
  steps: readonly { step: NumberedStep; attributes: Attributes }[],
): boolean {
  const seen = new Set<string>();
  const waiting = [id];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (seen.has(current)) continue;
    seen.add(current);
    const after = steps.find(({ step }) => step.id === current)?.attributes.after ?? [];
    if (after.includes(other)) return true;
    waiting.push(...after);
  }
  return false;
}
