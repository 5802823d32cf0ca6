/** From techniques that were seen back to those that commonly come before them: hypotheses, laid out by tactic. */
import type { TechniqueData } from './schema-types.ts';

export type Tactic = TechniqueData['tactics'][number];

/** The tactics of ATT&CK Enterprise in its own order, since version 19. */
export const tactics: readonly Tactic[] = [
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'stealth',
  'defense-impairment',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
];

/** The lane of a technique: the earliest of its tactics, since whoever works backward looks for the beginning. */
export function laneOf(of: readonly Tactic[]): Tactic | undefined {
  return tactics.find((tactic) => of.includes(tactic));
}

/** A technique that may have come before. */
export interface Hypothesis {
  technique: string;
  /** How many steps lie between it and the nearest technique that was seen; 1 for what comes right before one. */
  steps: number;
  /** The techniques one step nearer to what was seen before which it commonly comes. */
  before: string[];
}

/**
 * Follows `precededBy` back from what was seen, nearest first; what comes before more of the techniques found so far
 * stands before what comes before fewer, then by id. What was seen is no hypothesis, even where something else that was
 * seen commonly follows it. Ids that the plan does not have are passed over; circles end where they began.
 *
 * @param precededBy the plan's techniques by id, each with the ids of those that commonly come before it
 * @param seen ids of techniques
 * @param most steps back
 */
export function walkBackward(
  precededBy: ReadonlyMap<string, readonly string[]>,
  seen: readonly string[],
  most: number,
): Hypothesis[] {
  const known = new Set(seen.filter((id) => precededBy.has(id)));
  const found: Hypothesis[] = [];
  let near: readonly string[] = [...known].sort();
  for (let steps = 1; steps <= most && near.length > 0; steps += 1) {
    const before = new Map<string, string[]>();
    for (const later of near)
      for (const earlier of precededBy.get(later) ?? [])
        if (precededBy.has(earlier) && !known.has(earlier))
          before.set(earlier, [...(before.get(earlier) ?? []), later]);
    const layer = [...before]
      .map(([technique, follows]) => ({ technique, steps, before: follows }))
      .sort((a, b) => b.before.length - a.before.length || (a.technique < b.technique ? -1 : 1));
    found.push(...layer);
    for (const { technique } of layer) known.add(technique);
    near = layer.map(({ technique }) => technique).sort();
  }
  return found;
}
