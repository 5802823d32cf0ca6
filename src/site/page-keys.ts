/**
 * What the pages of a site show of a plan, as the parts of their keys. A page is drawn again when its key is another one,
 * so each part holds what the page reads: no less, or a page would be stale, and no more, or an edit would draw them all.
 */

import { createHash } from 'node:crypto';
import type { Assurance } from '../audit/assurance.ts';
import { digestOf } from '../compile/digest.ts';
import { type AppliedChanges, nameOfChange } from '../history/applied-changes.ts';
import { kinds } from '../kinds/index.ts';
import type { Document } from '../model/document.ts';
import { changesOf } from '../model/lesson-changes.ts';
import { formerSteps, isCurrent, type Plan, referrersOf, resolve } from '../model/plan.ts';

/**
 * What a document's page shows: itself whole; what it names, whole, but of other runbooks only the head; who can be
 * called for its roles; and the heads of the documents that name it.
 */
export function shownBy(plan: Plan, document: Document): unknown {
  const named = new Map<string, Document>();
  const add = (of: Document) => {
    for (const target of namedBy(plan, of)) if (target !== document) named.set(`${target.kind}:${target.id}`, target);
  };
  add(document);
  // An action is drawn inside the runbook, so what it names is shown there too.
  for (const other of [...named.values()]) if (other.kind === 'action') add(other);
  const shown = [...named.values()].map((other) => (other.kind === 'runbook' ? headOf(other) : wholeOf(other)));
  const callable = [...named.values()]
    .filter((other) => other.kind === 'role')
    .flatMap((role) => referrersOf(plan, role, 'contact').map((contact) => wholeOf(contact)));
  return [
    wholeOf(document),
    shown,
    callable,
    referrersOf(plan, document)
      .filter((other) => isCurrent(other))
      .map((other) => headOf(other)),
    shownBeside(plan, document),
    changesOf(plan, document).map(({ lesson, change }) => [headOf(lesson), change]),
  ];
}

/** What pages of a kind show of documents that they do not name, as the kind tells. */
export const shownBeside = (plan: Plan, document: Document) =>
  once(besides, document, () =>
    kinds
      .get(document.kind)
      ?.showsBeside?.(plan, document)
      .map((shown) => ('whole' in shown ? wholeOf(shown.whole) : 'head' in shown ? headOf(shown.head) : shown.value)),
  );

/** The documents that a document names. */
export function namedBy(plan: Plan, document: Document): Document[] {
  return document.references.flatMap(
    ({ text, expected }) => resolve(plan, text, kinds.has(expected) ? expected : undefined)?.document ?? [],
  );
}

/** When a document is reviewed, and by whom. */
export function reviewOf({ data }: Document): unknown {
  return (data as { review?: unknown }).review;
}

// A document's part of a key is the same on every page that shows it: hashed once, not once for each of them.
const heads = new WeakMap<Document, string>();
const wholes = new WeakMap<Document, string>();
const besides = new WeakMap<Document, string>();

function once(known: WeakMap<Document, string>, document: Document, parts: (document: Document) => unknown): string {
  const digest = known.get(document) ?? digestOf(parts(document));
  known.set(document, digest);
  return digest;
}

/** Everything that a page can show of a document: what it says, and how it stands. */
export const wholeOf = (document: Document) => once(wholes, document, wholeParts);

/** What a list or a link shows: title, summary, and the numbers of steps, by which a link names one. */
export const headOf = (document: Document) => once(heads, document, headParts);

function wholeParts(document: Document): unknown {
  const { status, approvals, unapproved, review } = document.data as unknown as Record<string, unknown>;
  return [document.path, document.digest, status, approvals, unapproved, review];
}

function headParts(document: Document): unknown {
  const { title, summary, status, unapproved, code, criticality, impact, signals, shortTitle, order } =
    document.data as unknown as Record<string, unknown>;
  return [
    document.kind,
    document.id,
    title,
    summary,
    status,
    unapproved,
    code,
    criticality,
    impact,
    signals,
    shortTitle,
    order,
    (document.body?.steps ?? []).map((step) => [step.id, step.number, step.section.id]),
  ];
}

/** What the actions say that a runbook shows in place. */
export function actionsOf(plan: Plan, runbook: string): unknown {
  const document = plan.documents.get(`runbook:${runbook}`);
  return (document?.references ?? [])
    .filter(({ expected }) => expected === 'action')
    .map(({ text }) => plan.documents.get(`action:${text}`)?.digest);
}

/** The key of a page from what it shows; the plan's settings and its audience are part of every key. */
export function keyOf(plan: Plan, shown: unknown): string {
  // Canonical JSON leaves out `data`, which is right for trees; here it is only lists of values.
  return createHash('sha256')
    .update(digestOf([plan.settingsDigest, plan.audience, shown]))
    .digest('hex')
    .slice(0, 32);
}

/** The old names of a document's steps, which are places on its page. */
export function formerNames(plan: Plan, document: Document): unknown {
  return (document.body?.steps ?? []).map(({ id }) => formerSteps(plan, document, id));
}

/** Since when the changes of a lesson are in the plan, which its page tells. */
export function appliedIn(document: Document, applied: AppliedChanges): unknown {
  if (document.kind !== 'lesson') return [];
  const { changes = [] } = (document as Document<'lesson'>).data;
  return changes.map(({ id }) => applied.get(nameOfChange(document.id, id)));
}

/** An assurance without the documents that it is about, which are named in keys by what they say. */
export function shownOf(assurance: Assurance): unknown {
  return JSON.parse(
    JSON.stringify(assurance, (name, value: unknown) =>
      ['document', 'runbook', 'lesson', 'register'].includes(name) && typeof value === 'object' && value !== null
        ? [(value as Document).kind, (value as Document).id]
        : name === 'exercises' || name === 'drafts'
          ? (value as Document[]).map(({ id }) => id)
          : value,
    ),
  );
}
