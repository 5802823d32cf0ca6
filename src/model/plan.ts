import type { PlanAudience } from './audience.ts';
import type { Document, KindName, NumberedStep } from './document.ts';
import { formatReference, parseReference } from './reference.ts';
import type { PlanSettings } from './schema-types.ts';

/** A whole plan: loaded, checked and linked once. Everything that Firebreak shows or writes is a function of it. */
export interface Plan {
  settings: PlanSettings;
  /** SHA-256 of plan.yaml's content. */
  settingsDigest: string;
  /** All documents by `kind:id`, in the order of kind and id. */
  documents: ReadonlyMap<string, Document>;
  /** Which documents name a document: from `kind:id` to the `kind:id` of each that refers to it, sorted. */
  referrers: ReadonlyMap<string, readonly string[]>;
  /** Values that `{name}` stands for. */
  variables: ReadonlyMap<string, string>;
  /** Images of the plan, by path from its folder. */
  images: ReadonlySet<string>;
  /** Names that documents and steps had before, with those that they have now: from ids.lock. */
  moved: ReadonlyMap<string, string>;
  /** Kinds whose documents are expected from an overlay that was not given. */
  awaited?: ReadonlySet<string>;
  /** For whom it was made; absent in a plan as it was written, which no output may receive. */
  audience?: PlanAudience;
}

/** All documents of a kind, by id. Retired ones are included; lists leave them out with `isCurrent`. */
export function documentsOf<K extends KindName>(plan: Plan, kind: K): Document<K>[] {
  let kinds = byKind.get(plan);
  if (!kinds) {
    kinds = Map.groupBy(plan.documents.values(), (document) => document.kind);
    byKind.set(plan, kinds);
  }
  return [...(kinds.get(kind) ?? [])] as Document<K>[];
}

// Every page asks for every kind, and a plan never changes.
const byKind = new WeakMap<Plan, Map<KindName, Document[]>>();

/** Whether a document may still be followed. */
export function isCurrent(document: Document): boolean {
  return !('status' in document.data) || document.data.status !== 'retired';
}

/** The document of a kind and id, or undefined. */
export function documentOf<K extends KindName>(plan: Plan, kind: K, id: string): Document<K> | undefined {
  return plan.documents.get(`${kind}:${id}`) as Document<K> | undefined;
}

/** The documents that name a document, optionally of one kind. */
export function referrersOf<K extends KindName>(plan: Plan, document: Document, kind?: K): Document<K>[] {
  const name = formatReference(document);
  const known = referring.get(plan) ?? new Map<string, Map<KindName, Document[]>>();
  referring.set(plan, known);
  let found = known.get(name);
  if (!found) {
    const documents = (plan.referrers.get(name) ?? []).flatMap((other) => plan.documents.get(other) ?? []);
    found = Map.groupBy(documents, (other) => other.kind);
    known.set(name, found);
  }
  // Names begin with the kind, and are sorted: so are the groups.
  return (kind === undefined ? [...found.values()].flat() : [...(found.get(kind) ?? [])]) as Document<K>[];
}

// Hundreds of runbooks name a role, and each of them asks who can be called for it.
const referring = new WeakMap<Plan, Map<string, Map<KindName, Document[]>>>();

/** What a reference names: a document, and the step where one is meant. Undefined when nothing has the name. */
export function resolve(
  plan: Plan,
  text: string,
  defaultKind?: string,
): { document: Document; step?: NumberedStep } | undefined {
  const reference = parseReference(text, defaultKind);
  const document = reference && plan.documents.get(`${reference.kind}:${reference.id}`);
  if (!reference || !document) return undefined;
  if (!reference.step) return { document };
  const step = document.body?.steps.find((candidate) => candidate.id === reference.step);
  return step && { document, step };
}

/** The ids that a step had before, in this document or in one that is now this. Old links name them. */
export function formerSteps(plan: Plan, document: Pick<Document, 'kind' | 'id'>, step: string): readonly string[] {
  let former = formerIds.get(plan);
  if (!former) {
    former = new Map();
    for (const [before, now] of plan.moved) {
      const [, id] = before.split('#');
      if (id === undefined || now.endsWith(`#${id}`)) continue;
      former.set(now, [...new Set([...(former.get(now) ?? []), id])]);
    }
    formerIds.set(plan, former);
  }
  return former.get(`${document.kind}:${document.id}#${step}`) ?? [];
}

const formerIds = new WeakMap<Plan, Map<string, string[]>>();

/** The phase documents in their order. */
export function phasesOf(plan: Plan): Document<'phase'>[] {
  return documentsOf(plan, 'phase').sort((a, b) => a.data.order - b.data.order);
}
