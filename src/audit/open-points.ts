/**
 * What is not as it should be on a day: what is overdue, what was never done, and what only the plan's own word speaks
 * for. Only here something fails because of the date.
 */

import { nameOf, settingsOf } from '../history/document-history.ts';
import { type AssuranceText, assuranceText } from '../model/assurance-text.ts';
import type { Document } from '../model/document.ts';
import { dayAfter } from '../model/duration.ts';
import type { Plan } from '../model/plan.ts';
import { periodsOf, type UpkeepKind } from '../model/upkeep.ts';
import { type DocumentApprovals, standingOf } from './approvals.ts';
import type { Assurance, Dated } from './assurance.ts';
import { isProven, type Proof } from './records.ts';
import { upkeepOn } from './upkeep.ts';

/** What `firebreak audit --fail-on` can name, in the order in which it is told. */
export const conditions = [
  'unapproved',
  'outdated-approval',
  'draft',
  'overdue-review',
  'overdue-check',
  'unexercised',
  'overdue-change',
  'overdue-action',
  'unverified',
  'overdue-training',
  'untrained',
  'unacknowledged',
  'claim',
] as const;

export type Condition = (typeof conditions)[number];

/** One thing that is not as it should be. */
export interface OpenPoint {
  condition: Condition;
  document: Document;
  /** In words. */
  what: string;
  /** Since when, where that is a day. */
  due?: string;
}

/** Which condition it is that something which has a day is over; approvals and exercises count only where they are proven. */
const overdue: Partial<Record<UpkeepKind, Condition>> = {
  review: 'overdue-review',
  check: 'overdue-check',
  contact: 'unverified',
  resource: 'unverified',
  training: 'overdue-training',
  'action-item': 'overdue-action',
  change: 'overdue-change',
  confirmation: 'overdue-change',
};

/**
 * The open points of a plan, by condition.
 *
 * @param today as 2026-11-24: what was due before is overdue
 */
export function openPointsOf(plan: Plan, assurance: Assurance, today: string): OpenPoint[] {
  const words = assuranceText(plan.settings.language);
  const points = [
    ...exampleApprovals(plan, assurance, words),
    ...assurance.approvals.flatMap((document) => approvalPoint(document, today, words)),
    ...assurance.drafts.map((document): OpenPoint => ({ condition: 'draft', document, what: words.open.draft })),
    ...overduePoints(plan, today, words),
    ...neverDone(assurance, today, words),
    ...assurance.exercised.flatMap((exercised) => exercisePoint(plan, exercised, today, words)),
    ...holderPoints(assurance, words),
    ...claims(plan, assurance, words),
  ];
  const rank = ({ condition }: OpenPoint) => conditions.indexOf(condition);
  return points.sort((a, b) => rank(a) - rank(b));
}

/** What only an example speaks for is told once: a list of it would hide what is open beside. */
function exampleApprovals(plan: Plan, { approvals }: Assurance, words: AssuranceText): OpenPoint[] {
  const count = approvals.filter((document) => standingOf(document) === 'example').length;
  return count === 0
    ? []
    : [{ condition: 'unapproved', document: settingsOf(plan), what: words.open.exampleApprovals(count) }];
}

function approvalPoint(
  { document, approvals, approved, unapproved }: DocumentApprovals,
  today: string,
  words: AssuranceText,
): OpenPoint[] {
  if (approved) return [];
  if (unapproved) {
    const { since, due } = unapproved;
    return [
      { condition: 'unapproved', document, what: words.open.published(since, due), ...(due < today ? { due } : {}) },
    ];
  }
  const outdated = approvals.find(({ state }) => state === 'outdated');
  if (outdated) {
    const { by, on } = outdated.approval;
    return [{ condition: 'outdated-approval', document, what: words.open.outdated(by, on) }];
  }
  const [first] = approvals;
  if (first?.state === 'example') return [];
  const what =
    first === undefined
      ? words.open.noApproval
      : words.open.claimedApproval(first.approval.by, first.reason && words.approvals.reasons[first.reason]);
  return [{ condition: 'unapproved', document, what }];
}

function overduePoints(plan: Plan, today: string, words: AssuranceText): OpenPoint[] {
  const what = (kind: UpkeepKind, due: string, part = '', last?: string) =>
    kind === 'confirmation' ? words.open.unconfirmed(due, part) : words.open.overdue(due, part || undefined, last);
  return upkeepOn(plan, today, today).flatMap(({ kind, document = settingsOf(plan), part, last, due, state }) => {
    const condition = overdue[kind];
    return condition && state === 'overdue' ? [{ condition, document, what: what(kind, due, part, last), due }] : [];
  });
}

/** What was never done, and is not overdue: where nobody relies on it yet, it has no day. */
function neverDone({ readiness, trainings }: Assurance, today: string, words: AssuranceText): OpenPoint[] {
  const never = (rows: readonly Dated[], condition: Condition, what: string) =>
    rows
      .filter(({ last, due }) => last === undefined && (due === undefined || due >= today))
      .map(({ document }): OpenPoint => ({ condition, document, what }));
  return [
    ...never(readiness, 'unverified', words.open.neverTried),
    ...never(trainings, 'untrained', words.open.neverHeld),
  ];
}

/** An exercise counts only where it is proven, and no longer than the plan says. */
function exercisePoint(
  plan: Plan,
  { runbook, exercises, held }: Assurance['exercised'][number],
  today: string,
  words: AssuranceText,
): OpenPoint[] {
  const point = (what: string, due?: string): OpenPoint[] => [
    { condition: 'unexercised', document: runbook as Document, what, ...(due ? { due } : {}) },
  ];
  const last = held.find(({ proof }) => isProven(proof));
  if (last) {
    const due = dayAfter(last.on, periodsOf(plan.settings).exerciseRunbooks);
    return due < today ? point(words.open.exercisedLast(last.on, due), due) : [];
  }
  const [claimed] = held;
  if (claimed) return point(words.open.exerciseClaimed(claimed.on));
  return point(exercises.length > 0 ? words.open.exerciseNotHeld(exercises.length) : words.open.noExercise);
}

function holderPoints({ holders }: Assurance, words: AssuranceText): OpenPoint[] {
  return holders.flatMap(({ register, holder, acknowledged }): OpenPoint[] =>
    acknowledged
      ? []
      : [{ condition: 'unacknowledged', document: register as Document, what: words.open.holder(holder.role) }],
  );
}

/** Every day that somebody wrote down and nothing proves; of an example, how many there are. */
function claims(plan: Plan, assurance: Assurance, words: AssuranceText): OpenPoint[] {
  const points = claimPoints(assurance, words);
  if (!plan.settings.example || points.length === 0) return points;
  return [{ condition: 'claim', document: settingsOf(plan), what: words.open.exampleClaims(points.length) }];
}

function claimPoints(assurance: Assurance, words: AssuranceText): OpenPoint[] {
  const { reviews, exercised, changes, items, incidents, holders, readiness, trainings } = assurance;
  const claim = (document: Document, proof: Proof | undefined, what: string): OpenPoint[] =>
    proof && !isProven(proof)
      ? [{ condition: 'claim', document, what: words.open.claimed(what, words.open.claims[proof.state]) }]
      : [];
  const held = new Map(
    exercised.flatMap(({ held: times }) => times).map((time) => [`${nameOf(time.document)} ${time.on}`, time]),
  );
  return [
    ...reviews.flatMap(({ document, last, proof }) => claim(document, proof, words.open.told.review(last))),
    ...[...held.values()].flatMap(({ document, on, proof }) => claim(document, proof, words.open.told.held(on))),
    ...changes.flatMap(({ lesson, change, proof }) =>
      claim(lesson as Document, proof, words.open.told.change(change.id)),
    ),
    ...items.flatMap(({ lesson, item, proof }) => claim(lesson as Document, proof, words.open.told.item(item.id))),
    ...incidents.flatMap(({ register, incident, proof }) =>
      claim(register as Document, proof, words.open.told.incident(incident.ticket)),
    ),
    ...incidents.flatMap(({ register, incident, changesSince }): OpenPoint[] =>
      changesSince === 'none'
        ? [
            {
              condition: 'claim',
              document: register as Document,
              what: words.open.claimed(words.open.told.incident(incident.ticket), words.open.claims['no-version']),
            },
          ]
        : [],
    ),
    ...holders.flatMap(({ register, holder, acknowledged }) =>
      claim(register as Document, acknowledged?.proof, words.open.told.holder(holder.role)),
    ),
    ...readiness.flatMap(({ document, last, proof }) => claim(document, proof, words.open.told.tried(last))),
    ...trainings.flatMap(({ document, held: times }) =>
      times.flatMap(({ on, proof }) => claim(document, proof, words.open.told.held(on))),
    ),
  ];
}
