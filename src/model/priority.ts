import type { PlanSettings } from './schema-types.ts';

type Priority = PlanSettings['priority']['levels'][number];

/**
 * Looks a priority up in the plan's matrix. Page, worksheet, check and print all call this one function.
 *
 * An unknown level counts as the worst, which is the first of its list: what nobody has found out yet may be bad.
 * Source: criticality, impact and recoverability as factors are those of SP 800-61r2 section 3.2.6 and CSF 2.0 RS.MA.
 *
 * @param criticality id of a criticality level, or undefined when not known
 * @param impact id of an impact level, or undefined when not known
 * @returns the priority, or undefined when the matrix has no such cell
 */
export function priorityOf(
  matrix: PlanSettings['priority'],
  criticality: string | undefined,
  impact: string | undefined,
): Priority | undefined {
  const row = known(matrix.criticality, criticality);
  const column = known(matrix.impact, impact);
  const cell = row && column ? matrix.cells[row]?.[column] : undefined;
  return matrix.levels.find((level) => level.id === cell);
}

function known(levels: readonly { id: string }[], id: string | undefined): string | undefined {
  return (levels.find((level) => level.id === id) ?? levels[0])?.id;
}
