/**
 * What an auditor asks of a plan, with what proves each answer. Nothing here knows what day it is: days on which
 * something falls due are given, and whoever reads them says what is overdue.
 */

import { isDraft } from '../compile/status.ts';
import { changesSince, nameOf, settingsOf } from '../history/document-history.ts';
import type { Signature } from '../history/signatures.ts';
import type { Document } from '../model/document.ts';
import { dayAfter } from '../model/duration.ts';
import { type AskedChange, askedChanges, type ChangeState, stateOfChange } from '../model/lesson-changes.ts';
import { documentsOf, isCurrent, type Plan } from '../model/plan.ts';
import type { LessonData, RegisterData } from '../model/schema-types.ts';
import { nameOfItem, periodsOf, type UpkeepKind, upkeepOf } from '../model/upkeep.ts';
import { approvalsOf, type DocumentApprovals } from './approvals.ts';
import { type AuditSource, becomes, gains, type Proof, proofOf } from './records.ts';

/** Something that was done on a day and is to be done again by another. */
export interface Dated {
  document: Document;
  /** The last time; undefined for never. */
  last?: string;
  /** How often. */
  every?: string;
  /** The day after which it is overdue; undefined where it has no period, or nobody relies on it yet. */
  due?: string;
  proof?: Proof;
}

/** One time at which an exercise or a training was held. */
export interface Held {
  document: Document;
  on: string;
  proof: Proof;
  lesson?: string;
  people?: number;
  /** Roles that took part in an exercise. */
  roles?: readonly string[];
}

interface ExercisedRunbook {
  runbook: Document<'runbook'>;
  /** Exercises that name it, whether they were held or not. */
  exercises: Document<'exercise'>[];
  /** The newest first. */
  held: Held[];
  /** Until when the last one counts, as plan.yaml says how often. */
  due?: string;
}

interface ActionItemState {
  lesson: Document<'lesson'>;
  item: NonNullable<LessonData['actionItems']>[number];
  state: 'open' | 'done' | 'dropped';
  /** What proves that it is done. */
  proof?: Proof;
}

interface ChangeLoop extends AskedChange {
  state: ChangeState;
  /** The version in which the change came into the plan. */
  proof?: Proof;
}

interface PastIncident {
  register: Document<'register'>;
  incident: NonNullable<RegisterData['incidents']>[number];
  /** How many changes of the plan came after the version that was followed, as far as that is known. */
  changesSince?: ReturnType<typeof changesSince>;
  proof: Proof;
}

interface Holder {
  register: Document<'register'>;
  holder: NonNullable<RegisterData['holders']>[number];
  /** The version that it acknowledged last. */
  acknowledged?: { version: string; on: string; changesSince: ReturnType<typeof changesSince>; proof: Proof };
}

export interface Assurance {
  approvals: DocumentApprovals[];
  /** Documents that nobody says are approved. */
  drafts: Document[];
  reviews: Dated[];
  exercised: ExercisedRunbook[];
  changes: ChangeLoop[];
  items: ActionItemState[];
  incidents: PastIncident[];
  holders: Holder[];
  /** Contacts that were called and resources that were tried. */
  readiness: Dated[];
  trainings: (Dated & { held: Held[] })[];
}

/** What is known of everything that an auditor asks. */
export function assuranceOf(source: AuditSource, signatures: ReadonlyMap<string, Signature>): Assurance {
  return {
    approvals: approvalsOf(source, signatures),
    drafts: [...source.plan.documents.values()].filter(isDraft),
    reviews: reviewsOf(source),
    exercised: exercisedOf(source),
    changes: changesOf(source),
    items: itemsOf(source),
    incidents: incidentsOf(source),
    holders: holdersOf(source),
    readiness: readinessOf(source),
    trainings: trainingsOf(source),
  };
}

/** By which day what was never done is to be done for the first time, by the names of documents. */
function firstDays(plan: Plan, kinds: readonly UpkeepKind[]): ReadonlyMap<string, string> {
  return new Map(
    upkeepOf(plan).flatMap((item) =>
      kinds.includes(item.kind) && item.last === undefined ? [[nameOfItem(item), item.due]] : [],
    ),
  );
}

function dated(
  first: ReturnType<typeof firstDays>,
  document: Document,
  last: string | undefined,
  every: string | undefined,
  proof?: Proof,
): Dated {
  const due = last && every ? dayAfter(last, every) : first.get(nameOf(document));
  return {
    document,
    ...(last ? { last } : {}),
    ...(every ? { every } : {}),
    ...(due ? { due } : {}),
    ...(proof ? { proof } : {}),
  };
}

/** What is reviewed, soonest due first; what has no day comes before. */
function reviewsOf(source: AuditSource): Dated[] {
  const { plan } = source;
  const first = firstDays(plan, ['review']);
  return [settingsOf(plan), ...plan.documents.values()]
    .filter((document) => isCurrent(document))
    .flatMap((document) => {
      const { review } = document.data as { review?: { last?: string; every?: string } };
      const every = review?.every ?? plan.settings.reviewEvery?.[document.kind];
      if (!every || !reviewed(document)) return [];
      const last = review?.last;
      return [
        dated(
          first,
          document,
          last,
          every,
          last ? proofOf(source, document, last, becomes(['review', 'last'], last)) : undefined,
        ),
      ];
    })
    .sort(bySoonest);
}

// Lists of ids, numbers and words are kept right by whoever changes what they serve.
const reviewed = ({ data }: Document) => 'review' in data || ('status' in data && data.status === 'approved');

const bySoonest = (a: Dated, b: Dated) =>
  compare(a.due ?? '', b.due ?? '') || compare(nameOf(a.document), nameOf(b.document));
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const onDay = (on: string) => (entry: unknown) => (entry as { on?: string }).on === on;

function heldOf(source: AuditSource, document: Document<'exercise'> | Document<'training'>): Held[] {
  return (document.data.held ?? [])
    .map((held) => ({
      document: document as Document,
      on: held.on,
      proof: proofOf(source, document as Document, held.on, gains(['held'], onDay(held.on)), held.evidence),
      ...('lesson' in held && held.lesson ? { lesson: held.lesson } : {}),
      ...('players' in document.data ? { roles: ('roles' in held && held.roles) || document.data.players } : {}),
      ...('people' in held && held.people ? { people: held.people } : {}),
    }))
    .sort((a, b) => compare(b.on, a.on));
}

function exercisedOf(source: AuditSource): ExercisedRunbook[] {
  const exercises = documentsOf(source.plan, 'exercise').filter((exercise) => isCurrent(exercise));
  return currentRunbooks(source.plan).map((runbook) => {
    const own = exercises.filter(({ data }) => data.runbooks.includes(runbook.id));
    const held = own.flatMap((exercise) => heldOf(source, exercise)).sort((a, b) => compare(b.on, a.on));
    const last = held[0]?.on;
    const due = last && dayAfter(last, periodsOf(source.plan.settings).exerciseRunbooks);
    return { runbook, exercises: own, held, ...(due ? { due } : {}) };
  });
}

function currentRunbooks(plan: Plan): Document<'runbook'>[] {
  return documentsOf(plan, 'runbook')
    .filter((runbook) => isCurrent(runbook))
    .sort((a, b) => compare(a.data.title, b.data.title));
}

function changesOf(source: AuditSource): ChangeLoop[] {
  return askedChanges(source.plan).map(({ lesson, change }) => {
    const state = stateOfChange(change);
    const path = ['changes', change.id, state === 'confirmed' ? 'confirmed' : 'applied'];
    const proof =
      state === 'proposed'
        ? undefined
        : proofOf(source, lesson as Document, change.confirmed?.on, (difference) => isAbout(difference.path, path));
    return { lesson, change, state, ...(proof ? { proof } : {}) };
  });
}

const isAbout = (path: readonly string[], wanted: readonly string[]) =>
  path.every((name, index) => wanted[index] === name);

function itemsOf(source: AuditSource): ActionItemState[] {
  return documentsOf(source.plan, 'lesson')
    .filter(({ data }) => data.from !== 'template')
    .flatMap((lesson) =>
      (lesson.data.actionItems ?? []).map((item): ActionItemState => {
        const state = item.state ?? 'open';
        if (state === 'open') return { lesson, item, state };
        const brings = becomes(['actionItems', item.id, 'state'], state);
        return { lesson, item, state, proof: proofOf(source, lesson as Document, undefined, brings, item.tracked) };
      }),
    )
    .sort((a, b) => compare(a.item.due, b.item.due));
}

function incidentsOf(source: AuditSource): PastIncident[] {
  return documentsOf(source.plan, 'register')
    .flatMap((register) =>
      (register.data.incidents ?? []).map((incident) => {
        const isIt = (entry: unknown) => (entry as { ticket?: string }).ticket === incident.ticket;
        const brings = gains(['incidents'], isIt);
        return {
          register,
          incident,
          ...(incident.version ? { changesSince: changesSince(source.history, incident.version) } : {}),
          proof: proofOf(source, register as Document, incident.declared, brings, incident.evidence),
        };
      }),
    )
    .sort((a, b) => compare(b.incident.declared, a.incident.declared));
}

function holdersOf(source: AuditSource): Holder[] {
  return documentsOf(source.plan, 'register').flatMap((register) =>
    (register.data.holders ?? []).map((holder) => {
      const [last] = [...(holder.acknowledged ?? [])].sort((a, b) => compare(b.on, a.on));
      if (!last) return { register, holder };
      const brings = gains(['holders'], (entry) => {
        const other = entry as typeof holder;
        return (
          other.role === holder.role && Boolean(other.acknowledged?.some(({ version }) => version === last.version))
        );
      });
      const proof = proofOf(source, register as Document, last.on, brings, last.evidence);
      const since = changesSince(source.history, last.version);
      // A slip that was signed for a plan that there never was proves nothing about this one.
      const sound: Proof = since === 'none' && proof.state !== 'example' ? { ...proof, state: 'no-version' } : proof;
      return {
        register,
        holder,
        acknowledged: { version: last.version, on: last.on, changesSince: since, proof: sound },
      };
    }),
  );
}

function readinessOf(source: AuditSource): Dated[] {
  const { plan } = source;
  const { verifyContacts, verifyResources } = periodsOf(plan.settings);
  const first = firstDays(plan, ['contact', 'resource']);
  const contacts = documentsOf(plan, 'contact').map((document) => ({
    document: document as Document,
    last: document.data.verifiedOn,
    every: verifyContacts,
  }));
  const resources = documentsOf(plan, 'resource').map((document) => ({
    document: document as Document,
    last: document.data.verifiedOn,
    every: document.data.verifyEvery ?? verifyResources,
  }));
  return [...contacts, ...resources]
    .filter(({ document }) => isCurrent(document))
    .map(({ document, last, every }) =>
      dated(
        first,
        document,
        last,
        every,
        last ? proofOf(source, document, last, becomes(['verifiedOn'], last)) : undefined,
      ),
    )
    .sort(bySoonest);
}

function trainingsOf(source: AuditSource): Assurance['trainings'] {
  const first = firstDays(source.plan, ['training']);
  return documentsOf(source.plan, 'training')
    .filter((training) => isCurrent(training))
    .map((training) => {
      const held = heldOf(source, training);
      return { ...dated(first, training as Document, held[0]?.on, training.data.every, held[0]?.proof), held };
    })
    .sort(bySoonest);
}
