/**
 * The versions of the schemas, and what changed between them. A plan of an older version is read as if it were of the
 * newest; `firebreak migrate` makes the same changes in its files.
 */

import { valueAt } from '../text-digest.ts';
import { from1To2 } from './1-to-2.ts';
import type { Move, SchemaStep } from './step.ts';

/** Every step, the oldest first. */
export const schemaSteps: readonly SchemaStep[] = [from1To2];

/** The version that the schemas describe. */
export const newestSchema = 2;

/** What moved since a version: undefined where no step begins there, as for a version that is not known. */
export function movesSince(version: unknown, steps = schemaSteps): Move[] | undefined {
  const first = steps.findIndex(({ from }) => from === version);
  return first === -1 ? undefined : steps.slice(first).flatMap(({ moves }) => moves);
}

/** Data in the shape of the newest version, and where something stands in the text that it was read from. */
export interface ReadAsNewest {
  data: unknown;
  placeOf: (pointer: string) => string;
}

/** Reads data of an older version; what is given is not changed. */
export function readAsNewest(schema: Move['schema'], data: unknown, moves: readonly Move[]): ReadAsNewest {
  const applied = moves.filter((move) => move.schema === schema && valueAt(data, move.from) !== undefined);
  const result = structuredClone(data);
  const places: [string, string][] = [];
  for (const { from, to } of applied) {
    const value = valueAt(result, from);
    if (valueAt(result, to) === undefined && set(result, to, value)) places.push([to, from]);
    remove(result, from);
  }
  return {
    data: result,
    placeOf: (pointer) => {
      const moved = places.find(([to]) => pointer === to || pointer.startsWith(`${to}/`));
      return moved ? moved[1] + pointer.slice(moved[0].length) : pointer;
    },
  };
}

type Group = Record<string, unknown>;
const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Sets a property and the groups around it that are missing; not where something else is in the way. */
function set(data: unknown, pointer: string, value: unknown): boolean {
  const names = pointer.split('/').slice(1);
  const last = names.pop() as string;
  let group = data;
  for (const name of names) {
    if (!isGroup(group)) return false;
    group[name] ??= {};
    group = group[name];
  }
  if (!isGroup(group)) return false;
  group[last] = value;
  return true;
}

/** Takes a property out, and the groups around it that are empty then. */
function remove(data: unknown, pointer: string): void {
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  const group = valueAt(data, parent);
  if (!isGroup(group)) return;
  delete group[pointer.slice(parent.length + 1)];
  if (parent !== '' && Object.keys(group).length === 0) remove(data, parent);
}
