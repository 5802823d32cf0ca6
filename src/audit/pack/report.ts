/** report.json of an audit pack: every list flat, so that each is a table too. */

import type { ChangeLog, LoggedDocument } from '../../history/change-log.ts';
import { nameOf, type RemovedDocument } from '../../history/document-history.ts';
import type { ReleaseTag } from '../../history/release-tags.ts';
import type { Signature } from '../../history/signatures.ts';
import type { Version } from '../../history/version.ts';
import type { Document } from '../../model/document.ts';
import { documentsOf, type Plan } from '../../model/plan.ts';
import type { AuditReport, Change } from '../../model/schema-types.ts';
import type { DocumentApprovals } from '../approvals.ts';
import type { Assurance, Dated } from '../assurance.ts';
import type { OpenPoint } from '../open-points.ts';
import { isProven, type Proof } from '../records.ts';

/** What a report is made from. */
export interface ReportSource {
  /** The plan of the audience. */
  plan: Plan;
  version: Version;
  /** The day of the report, as 2026-11-24. */
  day: string;
  /** Version of the program. */
  engine: string;
  audience: string;
  /** How many documents of the whole plan are not in it. */
  leftOut: number;
  assurance: Assurance;
  openPoints: readonly OpenPoint[];
  tags: readonly ReleaseTag[];
  log: ChangeLog;
  /** Whose signature is under the commits of the log; empty where the plan lists no keys. */
  signatures: ReadonlyMap<string, Signature>;
  /** A change of a lesson in words. */
  sentence: (change: Change) => string;
}

/** Puts a report together. */
export function auditReport(source: ReportSource): AuditReport {
  const { plan, version, day, engine, audience, assurance, log } = source;
  const { settings } = plan;
  return {
    plan: settings.title,
    organisation: settings.organisation.name,
    ...(settings.example ? { example: true } : {}),
    day,
    audience,
    leftOut: source.leftOut,
    engine,
    commit: version.commit ?? null,
    committedAt: version.committedAt ?? null,
    reproducible: version.notReproducible.length === 0,
    ...(version.notReproducible.length > 0 ? { reasons: version.notReproducible } : {}),
    history: log.known,
    period: {
      ...(log.since ? { since: log.since.asked } : {}),
      ...(log.since?.commit ? { sinceCommit: log.since.commit } : {}),
      ...(log.until ? { until: log.until.asked } : {}),
      ...(log.until?.commit ? { untilCommit: log.until.commit } : {}),
    },
    openPoints: source.openPoints.map(({ condition, document, what, due }) => ({
      condition,
      ...named(document),
      what,
      ...(due ? { due } : {}),
    })),
    releases: source.tags.map(releaseRow),
    approvals: assurance.approvals.flatMap(approvalRows),
    holders: assurance.holders.map(holderRow),
    incidents: assurance.incidents.map(incidentRow),
    reviews: assurance.reviews.map((dated) => datedRow(dated, day)),
    runbooks: assurance.exercised.map((exercised) => runbookRow(exercised, day)),
    exercises: exerciseRows(plan, assurance),
    lessons: lessonRows(plan, assurance),
    lessonChanges: assurance.changes.map((loop) => changeRow(loop, day, source.sentence)),
    actionItems: assurance.items.map((item) => itemRow(item, day)),
    readiness: assurance.readiness.map((dated) => datedRow(dated, day)),
    trainings: assurance.trainings.map((dated) => datedRow(dated, day)),
    changes: log.documents.flatMap((logged) => versionRows(logged, source.signatures)),
    ...(log.removed ? { removed: log.removed.map(removedRow) } : {}),
  };
}

type Row<Section extends keyof AuditReport> = NonNullable<AuditReport[Section]> extends (infer R)[] ? R : never;

const named = (document: Document) => ({ document: nameOf(document), title: document.data.title });

/** Leaves out what is not known. */
function known<T extends Record<string, unknown>>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function proofRow(proof: Proof | undefined): AuditReport['reviews'][number]['proof'] {
  if (!proof) return { state: 'none', proven: false };
  return {
    state: proof.state,
    proven: isProven(proof),
    ...(proof.version ? { commit: proof.version.commit, on: proof.version.at.slice(0, 10) } : {}),
    ...(proof.evidence ? { evidence: proof.evidence } : {}),
  };
}

function releaseRow({ name, commit, at, subject, signature }: ReleaseTag): Row<'releases'> {
  return {
    tag: name,
    commit,
    on: at.slice(0, 10),
    ...(subject ? { subject } : {}),
    signature: signature.state,
    ...(signature.signer ? { signer: signature.signer } : {}),
  };
}

function approvalRows({ document, approvals, unapproved }: DocumentApprovals): Row<'approvals'>[] {
  const about = {
    ...named(document),
    ...known({ publishedOn: unapproved?.since, approvalDue: unapproved?.due }),
  };
  if (approvals.length === 0) return [{ ...about, state: 'none' }];
  return approvals.map(({ approval, state, by, reason, version, evidence }) => ({
    ...about,
    state,
    by: approval.by,
    role: approval.role,
    on: approval.on,
    ...(approval.digest ? { digest: approval.digest } : {}),
    ...(by ? { provenBy: by } : {}),
    ...(reason ? { reason } : {}),
    ...(version ? { commit: version.commit } : {}),
    ...(evidence ? { evidence } : {}),
  }));
}

function holderRow({ holder, acknowledged }: Assurance['holders'][number]): Row<'holders'> {
  return {
    role: holder.role,
    copy: holder.copy ?? 'site',
    ...(holder.place ? { place: holder.place } : {}),
    ...(acknowledged ? { version: acknowledged.version, acknowledgedOn: acknowledged.on } : {}),
    proof: proofRow(acknowledged?.proof),
  };
}

function incidentRow({ incident, proof }: Assurance['incidents'][number]): Row<'incidents'> {
  const { ticket, declared, closed, priority, runbooks, version, lesson } = incident;
  return {
    ticket,
    declared,
    ...known({ closed, priority, runbooks, version, lesson }),
    proof: proofRow(proof),
  };
}

function datedRow({ document, last, every, due, proof }: Dated, day: string): Row<'reviews'> {
  return { ...named(document), ...known({ last, every, due }), overdue: isOver(due, day), proof: proofRow(proof) };
}

const isOver = (due: string | undefined, day: string) => due !== undefined && due < day;

function runbookRow({ runbook, exercises, held, due }: Assurance['exercised'][number], day: string): Row<'runbooks'> {
  return {
    ...named(runbook as Document),
    exercises: exercises.map(({ id }) => id),
    ...known({ last: held[0]?.on, due }),
    overdue: isOver(due, day),
    proof: proofRow(held[0]?.proof),
  };
}

/** Each time once, though an exercise tests several runbooks; what was never held stands at the end. */
function exerciseRows(plan: Plan, { exercised }: Assurance): Row<'exercises'>[] {
  const held = new Map(
    exercised.flatMap(({ held: times }) => times).map((time) => [`${time.document.id} ${time.on}`, time]),
  );
  return documentsOf(plan, 'exercise')
    .flatMap((exercise): Row<'exercises'>[] => {
      const { title, form, runbooks } = exercise.data;
      const row = { exercise: exercise.id, title, ...known({ form }), runbooks: [...runbooks] };
      const times = [...held.values()].filter(({ document }) => document.id === exercise.id);
      if (times.length === 0) return [{ ...row, proof: proofRow(undefined) }];
      return times.map(({ on, lesson, proof }) => ({ ...row, on, ...known({ lesson }), proof: proofRow(proof) }));
    })
    .sort((a, b) => compare(b.on ?? '', a.on ?? '') || compare(a.exercise, b.exercise));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function lessonRows(plan: Plan, { changes, items }: Assurance): Row<'lessons'>[] {
  return documentsOf(plan, 'lesson')
    .filter(({ data }) => data.from !== 'template')
    .map((lesson) => {
      const { title, from, on, exercise, runbooks } = lesson.data;
      const count = (list: readonly { lesson: Document<'lesson'>; state: string }[], state: string) =>
        list.filter((one) => one.lesson.id === lesson.id && one.state === state).length;
      return {
        lesson: lesson.id,
        title,
        ...known({ from, on, exercise, runbooks: runbooks && [...runbooks] }),
        proposed: count(changes, 'proposed'),
        applied: count(changes, 'applied'),
        confirmed: count(changes, 'confirmed'),
        open: count(items, 'open'),
        done: count(items, 'done'),
        dropped: count(items, 'dropped'),
      };
    })
    .sort((a, b) => compare(b.on ?? '', a.on ?? '') || compare(a.lesson, b.lesson));
}

function changeRow(
  { lesson, change, state, proof }: Assurance['changes'][number],
  day: string,
  sentence: ReportSource['sentence'],
): Row<'lessonChanges'> {
  return {
    lesson: lesson.id,
    change: change.id,
    document: change.of,
    what: sentence(change),
    state,
    ...known({ due: change.due, confirmedOn: change.confirmed?.on }),
    overdue: state === 'proposed' && isOver(change.due, day),
    proof: proofRow(proof),
  };
}

function itemRow({ lesson, item, state, proof }: Assurance['items'][number], day: string): Row<'actionItems'> {
  return {
    lesson: lesson.id,
    item: item.id,
    owner: item.owner,
    due: item.due,
    state,
    ...known({ tracked: item.tracked }),
    overdue: state === 'open' && isOver(item.due, day),
    proof: proofRow(proof),
  };
}

function versionRows(
  { document, versions }: LoggedDocument,
  signatures: ReadonlyMap<string, Signature>,
): Row<'changes'>[] {
  return versions.map(({ version, day, lines, links, approvedBy }) => {
    const signature = signatures.get(version.commit);
    return {
      ...named(document),
      what: version.what,
      commit: version.commit,
      on: day,
      by: version.authors.map(({ name }) => name),
      why: version.subject,
      changed: lines,
      lessons: version.lessons,
      ...known({ pullRequest: version.pullRequest?.name, address: links[0]?.href, signer: signature?.signer }),
      ...(approvedBy.length > 0 ? { approvedBy } : {}),
      ...(signature ? { signature: signature.state } : {}),
    };
  });
}

function removedRow({ path, commit, at, authors, subject }: RemovedDocument): Row<'removed'> {
  return { path, commit, on: at.slice(0, 10), by: authors.map(({ name }) => name), why: subject };
}
