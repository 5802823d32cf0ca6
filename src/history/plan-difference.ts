/** What changed between two versions of a plan: documents, steps and properties, by their ids and not by lines. */

import { isDeepStrictEqual } from 'node:util';
import type { VFile } from 'vfile';
import { digestOf } from '../compile/digest.ts';
import { readLock } from '../compile/ids.ts';
import type { Document, KindName, NumberedStep } from '../model/document.ts';
import { type Plan, referrersOf } from '../model/plan.ts';

/** A version of a plan with its list of ids, which says what was renamed. */
export interface PlanVersion {
  plan: Plan;
  lock?: VFile;
}

export interface FieldDifference {
  /** Names from the outside in: `signals`, `confirm`. */
  path: string[];
  before?: unknown;
  after?: unknown;
}

export type StepDifference = {
  id: string;
  /** Title of the part in which it stands, or stood. */
  section: string;
} & (
  | { what: 'added'; text: string; after?: string }
  | { what: 'removed'; text: string; instead?: string }
  | { what: 'moved'; text: string; after?: string; from?: string }
  | { what: 'reworded'; before: string; after: string }
  | { what: 'detailed'; text: string }
);

export interface DocumentDifference {
  what: 'added' | 'removed' | 'renamed' | 'changed';
  kind: KindName | 'plan';
  id: string;
  title: string;
  /** The id before, of one that was renamed. */
  from?: string;
  fields: FieldDifference[];
  steps: StepDifference[];
  /** Text that is neither a property nor a step changed. */
  prose: boolean;
  /** References of documents that use it, where it is an action: they change with it. */
  usedBy: string[];
}

/** Compares two versions; documents in the order of their references. */
export function planDifference(before: PlanVersion, after: PlanVersion): DocumentDifference[] {
  const moved = after.lock ? readLock(after.lock).moved : new Map<string, string>();
  const [old, now] = [before.plan.documents, after.plan.documents];
  const renamed = renamedDocuments(old, now, moved);
  const found: DocumentDifference[] = [];
  const settings = fieldDifferences(before.plan.settings, after.plan.settings);
  if (settings.length > 0) found.push({ ...blank('changed', 'plan', 'plan', ''), fields: settings });
  for (const [reference, document] of now) {
    const was = old.get(renamed.get(reference) ?? reference);
    if (!was) found.push(blank('added', document.kind, document.id, document.data.title));
    else {
      const difference = documentDifference(was, document, after.plan, moved);
      if (difference) found.push(difference);
    }
  }
  const kept = new Set(renamed.values());
  for (const [reference, { kind, id, data }] of old)
    if (!now.has(reference) && !kept.has(reference)) found.push(blank('removed', kind, id, data.title));
  return found.sort((a, b) => compare(nameOf(a), nameOf(b)));
}

const nameOf = ({ kind, id }: DocumentDifference) => (kind === 'plan' ? '' : `${kind}:${id}`);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function blank(
  what: DocumentDifference['what'],
  kind: DocumentDifference['kind'],
  id: string,
  title: string,
): DocumentDifference {
  return { what, kind, id, title, fields: [], steps: [], prose: false, usedBy: [] };
}

/** New references by old ones: those that ids.lock says have moved, and what says the same under another name. */
function renamedDocuments(
  old: ReadonlyMap<string, Document>,
  now: ReadonlyMap<string, Document>,
  moved: ReadonlyMap<string, string>,
): Map<string, string> {
  const gone = [...old].filter(([reference]) => !now.has(reference));
  const come = [...now].filter(([reference]) => !old.has(reference));
  const renamed = new Map<string, string>();
  for (const [reference, document] of gone) {
    const named = moved.get(reference);
    const same = come.find(
      ([candidate, other]) =>
        !renamed.has(candidate) &&
        (candidate === named ||
          (named === undefined &&
            other.kind === document.kind &&
            (other.digest === document.digest || other.data.title === document.data.title))),
    );
    if (same) renamed.set(same[0], reference);
  }
  return renamed;
}

/** What changed in one document; undefined where both versions say the same. */
export function documentDifference(
  was: Document,
  is: Document,
  plan: Plan,
  moved: ReadonlyMap<string, string>,
): DocumentDifference | undefined {
  const fields = fieldDifferences(was.data, is.data);
  const steps = stepDifferences(was, is, moved);
  const prose = !isDeepStrictEqual(proseOf(was), proseOf(is));
  const isRenamed = was.id !== is.id;
  if (!isRenamed && fields.length === 0 && steps.length === 0 && !prose) return undefined;
  return {
    ...blank(isRenamed ? 'renamed' : 'changed', is.kind, is.id, is.data.title),
    ...(isRenamed ? { from: was.id } : {}),
    fields,
    steps,
    prose,
    usedBy: is.kind === 'action' ? referrersOf(plan, is).map(({ kind, id }) => `${kind}:${id}`) : [],
  };
}

/** A digest for each part of what stands beside the steps. */
function proseOf({ body }: Document): string[] {
  const blocks = new Set<unknown>(body?.steps.map(({ block }) => block));
  return (body?.sections ?? []).map(({ title, children }) =>
    digestOf([title, children.filter((child) => !blocks.has(child))]),
  );
}

function stepDifferences(was: Document, is: Document, moved: ReadonlyMap<string, string>): StepDifference[] {
  const old = (was.body?.steps ?? []).map(unwrapped);
  const now = (is.body?.steps ?? []).map(unwrapped);
  const before = new Map(old.map((step) => [step.id, step]));
  const after = new Map(now.map((step) => [step.id, step]));
  // Steps that are in both, in the longest order that they share; the others have moved.
  const common = now.filter(({ id }) => before.has(id));
  const settled = longestRising(common.map(({ id }) => old.findIndex((step) => step.id === id)));
  const hasMoved = new Set(common.filter((_, index) => !settled.has(index)).map(({ id }) => id));
  const differences: StepDifference[] = [];
  for (const [index, step] of now.entries()) {
    const place = { id: step.id, section: step.section.title };
    const previous = now[index - 1];
    const behind = previous?.section.title === step.section.title ? { after: previous.instruction } : {};
    const known = before.get(step.id);
    if (!known) {
      differences.push({ ...place, what: 'added', text: step.instruction, ...behind });
      continue;
    }
    const from = known.section.title === step.section.title ? undefined : known.section.title;
    if (hasMoved.has(step.id) || from !== undefined)
      differences.push({ ...place, what: 'moved', text: step.instruction, ...behind, ...(from ? { from } : {}) });
    if (known.instruction !== step.instruction)
      differences.push({ ...place, what: 'reworded', before: known.instruction, after: step.instruction });
    else if (digestOf(known.block) !== digestOf(step.block))
      differences.push({ ...place, what: 'detailed', text: step.instruction });
  }
  for (const step of old)
    if (!after.has(step.id)) {
      const target = moved.get(`${was.kind}:${was.id}#${step.id}`)?.split('#')[1];
      const instead = target === undefined ? undefined : after.get(target)?.instruction;
      differences.push({
        id: step.id,
        section: sectionNow(step, is),
        what: 'removed',
        text: step.instruction,
        ...(instead ? { instead } : {}),
      });
    }
  return differences;
}

/** Where lines break is a matter of editors. */
const unwrapped = (step: NumberedStep): NumberedStep => ({
  ...step,
  instruction: step.instruction.replace(/\s+/g, ' ').trim(),
});

const sectionNow = (step: NumberedStep, is: Document) =>
  is.body?.sections.find(({ id }) => id === step.section.id)?.title ?? step.section.title;

/** Places of the longest rising row in a list of numbers. */
function longestRising(numbers: readonly number[]): Set<number> {
  // For each length the place at which the row with the lowest end stops, and for each place the one before it.
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  numbers.forEach((number, place) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] as number] as number) < number) low = middle + 1;
      else high = middle;
    }
    previous[place] = ends[low - 1];
    ends[low] = place;
  });
  const row = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) row.add(at);
  return row;
}

/**
 * The properties that differ, as deep as both sides are objects. Entries of lists that have ids are told apart by them;
 * other lists are compared as a whole.
 */
function fieldDifferences(before: unknown, after: unknown, path: string[] = []): FieldDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  const [old, now] = [byName(before), byName(after)];
  if (old && now) {
    const inner = [...new Set([...Object.keys(old), ...Object.keys(now)])]
      .sort(compare)
      .flatMap((key) => fieldDifferences(old[key], now[key], [...path, key]));
    // Entries that are the same in another order.
    if (inner.length > 0) return inner;
  }
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

/** What has names of its own: an object, or a list whose entries have ids. */
function byName(value: unknown): Record<string, unknown> | undefined {
  if (!Array.isArray(value)) return isObject(value) ? value : undefined;
  const named = value.flatMap((entry) =>
    isObject(entry) && typeof entry['id'] === 'string' ? [[entry['id'], entry] as const] : [],
  );
  return value.length > 0 && named.length === value.length ? Object.fromEntries(named) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
