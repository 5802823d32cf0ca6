/** A plan of an older version of the schemas, brought to the newest by text edits. */

import { parse, parseDocument } from 'yaml';
import type { Compiled } from '../compile/index.ts';
import { movesSince, newestSchema, schemaSteps } from '../compile/schema-versions/index.ts';
import type { Move, SchemaStep } from '../compile/schema-versions/step.ts';
import { pointerParts, valueAt } from '../compile/text-digest.ts';
import { kinds } from '../kinds/index.ts';
import { editedData } from './changes.ts';
import { CannotEdit, removeValue, setValue } from './yaml-edit.ts';

export interface Migration {
  from: number;
  to: number;
  files: { path: string; before: string; after: string; moves: Move[] }[];
}

/**
 * What the files of a plan become in the newest version; undefined where they are of it.
 *
 * @throws RangeError for a version from which no step leads on
 * @throws CannotEdit when a file cannot be edited
 */
export function migrate(
  { files }: Pick<Compiled, 'files'>,
  steps: readonly SchemaStep[] = schemaSteps,
): Migration | undefined {
  const settings = String(files.find(({ path }) => path === 'plan.yaml') ?? '');
  const version = (dataOf(settings, 'plan.yaml') as { schema?: unknown } | null)?.schema;
  const to = steps.at(-1)?.to ?? newestSchema;
  if (version === to) return undefined;
  const moves = movesSince(version, steps);
  if (!moves) throw new RangeError(`There is no way from schema version ${String(version)} to ${to}.`);
  const migrated = files.flatMap((file) => {
    const schema = schemaOf(file.path);
    const before = String(file);
    const own = moves.filter((move) => move.schema === schema);
    if (schema !== 'plan' && own.length === 0) return [];
    const done: Move[] = [];
    const after = editedData(before, file.path, (yaml) => {
      const moved = own.reduce((text, move) => {
        const next = withMove(text, move, file.path);
        if (next !== text) done.push(move);
        return next;
      }, yaml);
      return schema === 'plan' ? setValue(moved, '/schema', to) : moved;
    });
    return after === before ? [] : [{ path: file.path, before, after, moves: done }];
  });
  return { from: version as number, to, files: migrated };
}

function dataOf(yaml: string, path: string): unknown {
  try {
    return parse(yaml, { logLevel: 'error' });
  } catch {
    throw new CannotEdit(`The YAML of ${path} has a fault.`);
  }
}

function schemaOf(path: string): Move['schema'] | undefined {
  if (path === 'plan.yaml') return 'plan';
  return [...kinds.values()].find(({ folder }) => path.startsWith(`${folder}/`))?.name;
}

/** The text with a property where it stands now; its comment goes with it. */
function withMove(yaml: string, { from, to }: Move, path: string): string {
  const data = dataOf(yaml, path);
  const value = valueAt(data, from);
  if (value === undefined) return yaml;
  const kept = valueAt(data, to) !== undefined;
  const moved = kept ? yaml : withComment(setValue(yaml, to, value), to, commentAt(yaml, from));
  return removeValue(moved, outermostAlone(data, from));
}

/** The comment on the line of a value. */
function commentAt(yaml: string, pointer: string): string | undefined {
  const node = parseDocument(yaml).getIn(pointerParts(pointer), true) as { comment?: string | null } | undefined;
  return node?.comment?.split('\n')[0];
}

function withComment(yaml: string, pointer: string, comment: string | undefined): string {
  if (comment === undefined) return yaml;
  const node = parseDocument(yaml).getIn(pointerParts(pointer), true) as
    | { range?: [number, number, number] }
    | undefined;
  const end = node?.range?.[1];
  if (end === undefined || !/^[ \t]*(\r?\n|$)/.test(yaml.slice(end))) return yaml;
  return `${yaml.slice(0, end)} #${comment}${yaml.slice(end)}`;
}

/** The property itself, or the group around it that holds nothing else. */
function outermostAlone(data: unknown, pointer: string): string {
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  const group = valueAt(data, parent);
  return parent !== '' && Object.keys(group as object).length === 1 ? outermostAlone(data, parent) : pointer;
}
