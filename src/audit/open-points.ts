/**
 * What is not as it should be on a day: what is overdue, what was never done, and what only the plan's own word speaks
 * for. Only here something fails because of the date.
 */

import { nameOf } from '../history/document-history.ts';
import { type AssuranceText, assuranceText } from '../model/assurance-text.ts';
import type { Document } from '../model/document.ts';
import { addDuration, parseDuration } from '../model/duration.ts';
import type { Plan } from '../model/plan.ts';
import type { DocumentApprovals } from './approvals.ts';
import type { Assurance, Dated } from './assurance.ts';
import { isProven, type Proof } from './records.ts';

/** What `firebreak audit --fail-on` can name, in the order in which it is told. */
export const conditions = [
  'unapproved',
  'outdated-approval',
  'overdue-review',
  'unexercised',
  'overdue-change',
  'overdue-action',
  'unverified',
  'overdue-training',
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

/**
 * The open points of a plan, by condition.
 *
 * @param today as 2026-11-24: what was due before is overdue
 */
export function openPointsOf(plan: Plan, assurance: Assurance, today: string): OpenPoint[] {
  const words = assuranceText(plan.settings.language);
  return [
    ...assurance.approvals.flatMap((document) => approvalPoint(document, today, words)),
    ...assurance.reviews.flatMap((dated) => datedPoint('overdue-review', dated, today, words)),
    ...assurance.exercised.flatMap((exercised) => exercisePoint(exercised, today, words)),
    ...changePoints(assurance, today, words),
    ...assurance.readiness.flatMap((dated) => datedPoint('unverified', dated, today, words)),
    ...assurance.trainings.flatMap((dated) => datedPoint('overdue-training', dated, today, words)),
    ...holderPoints(assurance, words),
    ...claims(assurance, words),
  ];
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
  const what =
    first === undefined
      ? words.open.noApproval
      : first.state === 'example'
        ? words.open.exampleApproval
        : words.open.claimedApproval(first.approval.by, first.reason && words.approvals.reasons[first.reason]);
  return [{ condition: 'unapproved', document, what }];
}

type DatedCondition = 'overdue-review' | 'unverified' | 'overdue-training';

/** What nobody asks to be done again cannot be overdue. */
function datedPoint(
  condition: DatedCondition,
  { document, last, every, due }: Dated,
  today: string,
  words: AssuranceText,
): OpenPoint[] {
  if (!every) return [];
  if (!last) return [{ condition, document, what: words.open.never[condition] }];
  if (due === undefined || due >= today) return [];
  return [{ condition, document, what: words.open.overdue[condition](due, last), due }];
}

/** An exercise counts for twelve months, and only one that is proven. */
function exercisePoint(
  { runbook, exercises, held }: Assurance['exercised'][number],
  today: string,
  words: AssuranceText,
): OpenPoint[] {
  const point = (what: string, due?: string): OpenPoint[] => [
    { condition: 'unexercised', document: runbook as Document, what, ...(due ? { due } : {}) },
  ];
  const last = held.find(({ proof }) => isProven(proof));
  if (last) {
    const due = countsUntil(last.on);
    return due < today ? point(words.open.exercisedLast(last.on, due), due) : [];
  }
  const [claimed] = held;
  if (claimed) return point(words.open.exerciseClaimed(claimed.on));
  return point(exercises.length > 0 ? words.open.exerciseNotHeld(exercises.length) : words.open.noExercise);
}

/** Until when an exercise counts. */
function countsUntil(on: string): string {
  return addDuration(new Date(`${on}T00:00:00Z`), parseDuration('12 months'))
    .toISOString()
    .slice(0, 10);
}

function changePoints({ changes, items }: Assurance, today: string, words: AssuranceText): OpenPoint[] {
  const isOver = (due: string | undefined): due is string => due !== undefined && due < today;
  return [
    ...changes.flatMap(({ lesson, change: { id, due }, state }): OpenPoint[] =>
      state === 'proposed' && isOver(due)
        ? [{ condition: 'overdue-change', document: lesson as Document, what: words.open.change(id, due), due }]
        : [],
    ),
    ...items.flatMap(({ lesson, item: { id, due }, state }): OpenPoint[] =>
      state === 'open' && isOver(due)
        ? [{ condition: 'overdue-action', document: lesson as Document, what: words.open.item(id, due), due }]
        : [],
    ),
  ];
}

function holderPoints({ holders }: Assurance, words: AssuranceText): OpenPoint[] {
  return holders.flatMap(({ register, holder, acknowledged }): OpenPoint[] =>
    acknowledged
      ? []
      : [{ condition: 'unacknowledged', document: register as Document, what: words.open.holder(holder.role) }],
  );
}

/** Every day that somebody wrote down and nothing proves. */
function claims(assurance: Assurance, words: AssuranceText): OpenPoint[] {
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
    ...holders.flatMap(({ register, holder, acknowledged }) =>
      claim(register as Document, acknowledged?.proof, words.open.told.holder(holder.role)),
    ),
    ...readiness.flatMap(({ document, last, proof }) => claim(document, proof, words.open.told.tried(last))),
    ...trainings.flatMap(({ document, held: times }) =>
      times.flatMap(({ on, proof }) => claim(document, proof, words.open.told.held(on))),
    ),
  ];
}
