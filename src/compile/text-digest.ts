import type { Document, NumberedStep } from '../model/document.ts';
import { documentOf, type Plan } from '../model/plan.ts';
import { parseReference } from '../model/reference.ts';
import { digestOf, documentDigest } from './digest.ts';

/**
 * The digest of what a place of the plan says, by which a lesson tells the text that its change was written against.
 * Where steps stand, how lines are wrapped and how values are quoted does not matter to it.
 *
 * @param reference `kind:id`, `kind:id#step`, or `plan` for plan.yaml
 * @param field JSON Pointer of a property; a property that is missing has the digest of nothing
 * @returns undefined when nothing has the name
 */
export function textDigest(plan: Plan, reference: string, field?: string): string | undefined {
  const place = placeIn(plan, reference);
  if (!place) return undefined;
  if (field !== undefined) return digestOf(valueAt(place.data, field));
  if (place.step) return digestOf(place.step.block);
  if (place.document) return documentDigest(place.document.data, place.document.body?.tree.children);
  return plan.settingsDigest;
}

/** The digest of nothing: of a property that is missing, and of a step that was retired. */
export const digestOfNothing = digestOf(undefined);

/** A place of the plan by its name. */
export interface PlanPlace {
  /** Path from the plan's folder. */
  path: string;
  /** Undefined for plan.yaml. */
  document?: Document;
  step?: NumberedStep;
  data: object;
}

/** What a reference names, `plan` included; undefined when nothing has the name. */
export function placeIn(plan: Plan, reference: string): PlanPlace | undefined {
  if (reference === 'plan') return { path: 'plan.yaml', data: plan.settings };
  const named = parseReference(reference);
  const document = named && documentOf(plan, named.kind as Document['kind'], named.id);
  if (!document) return undefined;
  const { path, data } = document;
  if (named.step === undefined) return { path, document, data };
  const step = document.body?.steps.find(({ id }) => id === named.step);
  return step && { path, document, data, step };
}

/** The names in a JSON Pointer (RFC 6901), without their escapes. */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a JSON Pointer; undefined where there is none. */
export function valueAt(data: unknown, pointer: string): unknown {
  let value = data;
  for (const part of pointerParts(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
