/**
 * What has to be done by a day so that a plan stays true: approvals of what could not wait for them, reviews, rows compared with the law, contacts called,
 * resources tried, runbooks exercised, trainings held, and what lessons ask for. Nothing here knows what day it is.
 */

import type { Document } from './document.ts';
import { dayAfter } from './duration.ts';
import { stateOfChange } from './lesson-changes.ts';
import { documentsOf, isCurrent, type Plan } from './plan.ts';
import { reviewStateOf } from './review.ts';
import type { Change, PlanSettings } from './schema-types.ts';
import { unapprovedOf } from './unapproved.ts';

/** What can fall due, in the order in which it is told. */
export const upkeepKinds = [
  'approval',
  'review',
  'check',
  'contact',
  'resource',
  'exercise',
  'training',
  'action-item',
  'change',
  'confirmation',
] as const;
export type UpkeepKind = (typeof upkeepKinds)[number];

/** One thing that is to be done by a day. */
export interface UpkeepItem {
  kind: UpkeepKind;
  /** Absent for plan.yaml. */
  document?: Document;
  /** Id of the action item or change, where a lesson asks for it. */
  part?: string;
  /** The property that says so, as a JSON Pointer into the file. */
  place: string;
  /** The role that sees to it; absent where the plan names none. */
  owner?: string;
  /** The day on which it was done last; absent for never. */
  last?: string;
  /** How often; absent for what is done once. */
  every?: string;
  /** The last day on which it is in time. */
  due: string;
}

type Periods = Required<Omit<NonNullable<PlanSettings['upkeep']>, 'mention'>>;

/** How often things are done where plan.yaml says nothing. */
export const usualPeriods: Periods = {
  verifyContacts: '6 months',
  verifyResources: '12 months',
  checkNotifications: '6 months',
  exerciseRunbooks: '12 months',
  confirmChanges: '12 months',
  remindBefore: '30 days',
};

/** How often a plan wants things done. */
export function periodsOf({ upkeep }: PlanSettings): Periods {
  return { ...usualPeriods, ...upkeep };
}

/**
 * Everything that has a day, the soonest first.
 *
 * What was never done has a day once somebody relies on it: what was approved is exercised, taught and read again one
 * period later, and what it needs is tried at once. A draft has none: that it is one says enough.
 */
export function upkeepOf(plan: Plan): UpkeepItem[] {
  return [
    ...approvals(plan),
    ...reviews(plan),
    ...checks(plan),
    ...verifications(plan),
    ...exercises(plan),
    ...trainings(plan),
    ...lessons(plan),
  ].sort(
    (a, b) =>
      compare(a.due, b.due) ||
      upkeepKinds.indexOf(a.kind) - upkeepKinds.indexOf(b.kind) ||
      compare(nameOfItem(a), nameOfItem(b)),
  );
}

/** What an item is about: `runbook:ransomware`, `lesson:first-exercise#buy-cards`, or `plan`. */
export function nameOfItem({ document, part }: Pick<UpkeepItem, 'document' | 'part'>): string {
  if (!document) return 'plan';
  return `${document.kind}:${document.id}${part === undefined ? '' : `#${part}`}`;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What an item says, without the day; the day comes from when it was last done, or else from what starts the time. */
interface Repeated extends Omit<UpkeepItem, 'due' | 'owner'> {
  /** The day from which the first time counts; undefined where nobody waits for it. */
  since?: string | undefined;
  /** What was never done is due on that very day. */
  atOnce?: boolean;
}

function repeated(plan: Plan, { since, atOnce, ...item }: Repeated): UpkeepItem[] {
  const from = item.last ?? since;
  if (from === undefined || item.every === undefined) return [];
  const due = item.last === undefined && atOnce ? from : dayAfter(from, item.every);
  return [withOwner(plan, { ...item, due })];
}

function withOwner(plan: Plan, item: UpkeepItem): UpkeepItem {
  const owner = item.owner ?? (item.document?.data as { owner?: string } | undefined)?.owner ?? plan.settings.owner;
  return owner === undefined ? item : { ...item, owner };
}

/**
 * The day by which a change that is in the plan has been used and confirmed. It counts from what the lesson says, since
 * when the change was merged is known only to git: from the day by which it was to be in the plan, or else from the
 * meeting that asked for it.
 *
 * @returns undefined where the lesson names neither day, and for what is not in the plan or confirmed already
 */
export function confirmationDue(plan: Plan, { data }: Document<'lesson'>, change: Change): string | undefined {
  const from = [data.on, change.due]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
  if (from === undefined || stateOfChange(change) !== 'applied') return undefined;
  return dayAfter(from, periodsOf(plan.settings).confirmChanges);
}

interface Approved {
  status?: string;
  approvals?: { on: string }[];
}

/** Since when somebody relies on a document, or on plan.yaml: the day of the last approval. A draft waits for it. */
function reliedOnSince({ settings }: Plan, document?: Document): string | undefined {
  if (!document) return newest(settings.approvals);
  const { status, approvals } = document.data as Approved;
  return status === 'approved' ? newest(approvals) : undefined;
}

function newest(entries: readonly { on: string }[] = []): string | undefined {
  return entries
    .map(({ on }) => on)
    .reduce<string | undefined>((last, on) => (!last || on > last ? on : last), undefined);
}

const current = <D extends Document>(documents: Iterable<D>) =>
  [...documents].filter((document) => isCurrent(document as Document));

/** What was published before it was approved. */
function approvals(plan: Plan): UpkeepItem[] {
  return current(plan.documents.values()).flatMap((document): UpkeepItem[] => {
    const unapproved = unapprovedOf(document);
    return unapproved
      ? [{ kind: 'approval', document, place: '/unapproved/due', owner: unapproved.role, due: unapproved.due }]
      : [];
  });
}

function reviews(plan: Plan): UpkeepItem[] {
  return [undefined, ...current(plan.documents.values())].flatMap((document) => {
    const { last, every } = reviewStateOf(plan, document);
    return repeated(plan, {
      kind: 'review',
      place: last ? '/review/last' : document ? '/status' : '/approvals',
      since: reliedOnSince(plan, document),
      ...(document ? { document } : {}),
      ...(last ? { last } : {}),
      ...(every ? { every } : {}),
    });
  });
}

function checks(plan: Plan): UpkeepItem[] {
  const every = periodsOf(plan.settings).checkNotifications;
  return current(documentsOf(plan, 'notification')).flatMap((document) =>
    repeated(plan, { kind: 'check', document, place: '/checkedOn', last: document.data.checkedOn, every }),
  );
}

function verifications(plan: Plan): UpkeepItem[] {
  const { verifyContacts, verifyResources } = periodsOf(plan.settings);
  const inUse = reliedOnSince(plan);
  const contacts = current(documentsOf(plan, 'contact')).map((document) => ({
    kind: 'contact' as const,
    document,
    every: verifyContacts,
    // Contacts carry no approval of their own: they are relied on with the plan.
    since: inUse,
  }));
  const resources = current(documentsOf(plan, 'resource')).map((document) => ({
    kind: 'resource' as const,
    document,
    every: document.data.verifyEvery ?? verifyResources,
    since: reliedOnSince(plan, document as Document),
  }));
  return [...contacts, ...resources].flatMap((item) => {
    const last = item.document.data.verifiedOn;
    const done = last ? { last, place: '/verifiedOn' } : { place: '/title' };
    return repeated(plan, { ...item, ...done, atOnce: true });
  });
}

function exercises(plan: Plan): UpkeepItem[] {
  const every = periodsOf(plan.settings).exerciseRunbooks;
  const held = new Map<string, string>();
  for (const { data } of current(documentsOf(plan, 'exercise'))) {
    const last = newest(data.held);
    for (const runbook of last ? data.runbooks : [])
      if ((held.get(runbook) ?? '') < (last as string)) held.set(runbook, last as string);
  }
  return current(documentsOf(plan, 'runbook')).flatMap((document) => {
    const last = held.get(document.id);
    const since = reliedOnSince(plan, document as Document);
    return repeated(plan, { kind: 'exercise', document, place: '/title', every, since, ...(last ? { last } : {}) });
  });
}

function trainings(plan: Plan): UpkeepItem[] {
  return current(documentsOf(plan, 'training')).flatMap((document) => {
    const last = newest(document.data.held);
    const since = reliedOnSince(plan, document as Document);
    const { every } = document.data;
    return repeated(plan, { kind: 'training', document, place: '/every', every, since, ...(last ? { last } : {}) });
  });
}

/** Action items that are open, changes with a day that are not in the plan yet, and changes that nobody has confirmed. */
function lessons(plan: Plan): UpkeepItem[] {
  return current(documentsOf(plan, 'lesson'))
    .filter(({ data }) => data.from !== 'template')
    .flatMap((document) => {
      const { actionItems = [], changes = [] } = document.data;
      return [
        ...actionItems.flatMap(({ id, due, owner, state = 'open' }, index): UpkeepItem[] =>
          state === 'open'
            ? [{ kind: 'action-item', document, part: id, place: `/actionItems/${index}/due`, owner, due }]
            : [],
        ),
        ...changes.flatMap(({ id, due, applied }, index): UpkeepItem[] =>
          due !== undefined && applied === undefined
            ? [withOwner(plan, { kind: 'change', document, part: id, place: `/changes/${index}/due`, due })]
            : [],
        ),
        ...changes.flatMap((change, index): UpkeepItem[] => {
          const due = confirmationDue(plan, document, change);
          const place = `/changes/${index}/applied`;
          return due === undefined
            ? []
            : [withOwner(plan, { kind: 'confirmation', document, part: change.id, place, due })];
        }),
      ];
    });
}
