/**
 * Which duties to notify an incident brings, and by when. It never says more than the plan: what a fact does not settle
 * stays "may apply". Runs in a browser. Not legal advice.
 */

import { type Calendar, type Deadline, deadlineOf, endOfYear } from './deadlines.ts';
import { parseDuration } from './duration.ts';
import type { InterfaceText } from './interface-text.ts';
import type { AppliesWhen, IncidentFact, NotificationData, PlanSettings } from './schema-types.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** What somebody answered about a fact, and who settled it. */
export interface FactAnswer {
  answer: Answer;
  /** When it was found or decided: clocks can start here. */
  at?: Date;
  by?: string;
  why?: string;
}

type Clock = NotificationData['clocks'][number];
type ClockEvent = NonNullable<Clock['countedFrom']>['event'];

/** Events that the incident has once; the others belong to one clock. */
export type Moment = Extract<ClockEvent, 'suspicion' | 'awareness' | 'discovery' | 'payment' | 'remedy' | 'handled'>;

/** The moments in the order in which they are asked for. */
export const moments: readonly Moment[] = ['awareness', 'suspicion', 'discovery', 'payment', 'remedy', 'handled'];

/** What is known of an incident. What is absent is not known. */
export interface IncidentFacts {
  answers: Readonly<Record<string, FactAnswer>>;
  /** All people concerned, of every country. */
  people?: number;
  moments: Readonly<Partial<Record<Moment, Date>>>;
  /** A start that counsel set for one clock, by `notification#clock`; it stands before everything else. */
  starts: Readonly<Record<string, Date>>;
  /** When a stage was sent, by `notification#clock`. */
  sent: Readonly<Record<string, Date>>;
  calendar: Calendar;
}

/** What `dutiesFor` reads of a notification. */
export type NotificationFacts = Pick<NotificationData, 'appliesWhen' | 'standing' | 'effectiveFrom'> & {
  id: string;
  clocks: Pick<Clock, 'id' | 'appliesWhen' | 'within' | 'counting' | 'countedFrom'>[];
};

/** What a plan says of duties, as the page of clocks and the hand-over judge by it. */
export interface DutyRules {
  facts: Pick<IncidentFact, 'id' | 'name' | 'partOf' | 'known'>[];
  notifications: NotificationFacts[];
}

type Verdict = 'applies' | 'may-apply' | 'does-not-apply';

/** One thing that speaks for or against a duty, or that is not known. */
type Reason =
  | { about: 'facts' /** One of these is enough. */; facts: readonly string[] }
  | { about: 'people'; atLeast?: number; fewerThan?: number; among?: string };

/** Why a duty at most may apply, whatever the facts say. */
type Caveat =
  | { about: 'standing'; standing: 'possible' | 'proposal' }
  | { about: 'not-in-force'; from: string }
  | { about: 'uncertain'; text: string }
  | { about: 'nothing-said' };

/** One stage of one notification, judged against the facts. */
export interface Duty {
  notification: string;
  clock: string;
  verdict: Verdict;
  /** What holds (applies, may apply), or what does not (does not apply). */
  because: Reason[];
  /** What is not known; empty unless the duty may apply. */
  missing: Reason[];
  caveats: Caveat[];
  /** When the clock started, and by which event; absent while that is not known. */
  start?: { at: Date; event: ClockEvent | 'own' };
  /** Absent for a clock without a fixed length, and while its start is not known. */
  deadline?: Deadline;
}

/** The name by which facts and records call one stage. */
export function dutyName({ notification, clock }: Pick<Duty, 'notification' | 'clock'>): string {
  return `${notification}#${clock}`;
}

/** All facts that a plan asks for, in order. */
export function factsOf(settings: Pick<PlanSettings, 'incidentFacts'>): IncidentFact[] {
  const { jurisdictions = [], organisations = [], data = [], findings = [] } = settings.incidentFacts ?? {};
  return [...jurisdictions, ...organisations, ...data, ...findings];
}

/**
 * The answers with all that follows from them: the answers that the plan knows, and those of facts that contain others
 * or are contained. What somebody answered stays as it is.
 */
export function completeAnswers(
  given: Readonly<Record<string, FactAnswer>>,
  facts: readonly Pick<IncidentFact, 'id' | 'partOf' | 'known' | 'basis'>[],
): Record<string, FactAnswer> {
  const answers: Record<string, FactAnswer> = { ...given };
  const isOpen = (id: string) => (answers[id]?.answer ?? 'unknown') === 'unknown';
  // "Not known" that somebody chose stands against what the plan knows, and not against what follows.
  for (const { id, known, basis } of facts)
    if (known && given[id] === undefined) answers[id] = { answer: known, ...(basis ? { why: basis } : {}) };
  for (let changed = true; changed; ) {
    changed = false;
    for (const { id, partOf } of facts) {
      if (partOf === undefined) continue;
      if (answers[id]?.answer === 'yes' && isOpen(partOf)) {
        answers[partOf] = { ...answers[partOf], answer: 'yes' };
        changed = true;
      }
      if (answers[partOf]?.answer === 'no' && isOpen(id)) {
        answers[id] = { ...answers[id], answer: 'no' };
        changed = true;
      }
    }
  }
  return answers;
}

/**
 * Judges every stage of every notification. The order is that of the notifications; `byDeadline` sorts.
 *
 * @param facts with complete answers (`completeAnswers`)
 */
export function dutiesFor(facts: IncidentFacts, notifications: readonly NotificationFacts[]): Duty[] {
  return notifications.flatMap((notification) => {
    const whole = judge(notification.appliesWhen, facts);
    return notification.clocks.map((clock) => {
      const duty = verdictOf(notification, whole, judge(clock.appliesWhen, facts), clock, facts);
      const start = startOf(notification, clock, facts, new Set());
      const deadline = start && deadlineFrom(start.at, clock, facts);
      return { ...duty, ...(start ? { start } : {}), ...(deadline ? { deadline } : {}) };
    });
  });
}

/** Earliest deadline first; what has none comes last, in its order. */
export function byDeadline(a: Duty, b: Duty): number {
  return (a.deadline?.at.getTime() ?? Number.MAX_VALUE) - (b.deadline?.at.getTime() ?? Number.MAX_VALUE);
}

interface Judgement {
  truth: Answer;
  because: Reason[];
  missing: Reason[];
  uncertain: string[];
}

/** Whether one of the cases holds, as far as is known. Without cases nothing more is asked. */
function judge(cases: AppliesWhen | undefined, facts: IncidentFacts): Judgement {
  const judged = (cases ?? [{}]).map((each) => judgeCase(each, facts));
  const holding = judged.filter(({ truth }) => truth === 'yes');
  // A case without a doubt of its own settles more than one that has one.
  const certain = holding.find(({ uncertain }) => uncertain.length === 0) ?? holding[0];
  if (certain) return certain;
  const open = judged.filter(({ truth }) => truth === 'unknown');
  const shown = open.length > 0 ? open : judged;
  return {
    truth: open.length > 0 ? 'unknown' : 'no',
    because: shown.flatMap(({ because }) => because),
    missing: shown.flatMap(({ missing }) => missing),
    uncertain: shown.flatMap(({ uncertain }) => uncertain),
  };
}

function judgeCase(each: AppliesWhen[number], facts: IncidentFacts): Judgement {
  const parts: { reason: Reason; truth: Answer }[] = [];
  for (const list of [each.jurisdictions, each.organisations, each.data, each.findings])
    if (list) parts.push(judgeList(list, facts));
  if (each.people) parts.push({ reason: { about: 'people', ...each.people }, truth: judgePeople(each.people, facts) });
  const failed = parts.filter(({ truth }) => truth === 'no');
  const open = parts.filter(({ truth }) => truth === 'unknown');
  const uncertain = each.uncertain === undefined ? [] : [each.uncertain];
  const reasons = (of: typeof parts) => of.map(({ reason }) => reason);
  if (failed.length > 0) return { truth: 'no', because: reasons(failed), missing: [], uncertain };
  return {
    truth: open.length > 0 ? 'unknown' : 'yes',
    because: reasons(parts.filter(({ truth }) => truth === 'yes')),
    missing: reasons(open),
    uncertain,
  };
}

function judgeList(list: readonly string[], { answers }: IncidentFacts): { reason: Reason; truth: Answer } {
  const answered = (answer: Answer) => list.filter((id) => (answers[id]?.answer ?? 'unknown') === answer);
  for (const truth of ['yes', 'unknown'] as const) {
    const those = answered(truth);
    if (those.length > 0) return { reason: { about: 'facts', facts: those }, truth };
  }
  return { reason: { about: 'facts', facts: list }, truth: 'no' };
}

/** A threshold over a part of the people is ruled out by too small a total, and never reached by a large one. */
function judgePeople(
  { atLeast, fewerThan, among }: NonNullable<AppliesWhen[number]['people']>,
  { people }: IncidentFacts,
): Answer {
  if (people === undefined) return 'unknown';
  if (atLeast !== undefined && people < atLeast) return 'no';
  if (among === undefined) return fewerThan !== undefined && people >= fewerThan ? 'no' : 'yes';
  return atLeast === undefined && fewerThan !== undefined && people < fewerThan ? 'yes' : 'unknown';
}

function verdictOf(
  notification: NotificationFacts,
  whole: Judgement,
  stage: Judgement,
  clock: NotificationFacts['clocks'][number],
  facts: IncidentFacts,
): Duty {
  const name = { notification: notification.id, clock: clock.id };
  const failed = [whole, stage].filter(({ truth }) => truth === 'no');
  if (failed.length > 0) {
    const because = unique(failed.flatMap((judged) => judged.because));
    return { ...name, verdict: 'does-not-apply', because, missing: [], caveats: [] };
  }
  const missing = unique([...whole.missing, ...stage.missing]);
  const caveats = caveatsOf(notification, [...whole.uncertain, ...stage.uncertain], facts);
  if (!notification.appliesWhen && !clock.appliesWhen) caveats.push({ about: 'nothing-said' });
  return {
    ...name,
    verdict: missing.length > 0 || caveats.length > 0 ? 'may-apply' : 'applies',
    because: unique([...whole.because, ...stage.because]),
    missing,
    caveats,
  };
}

function caveatsOf(
  { standing, effectiveFrom }: NotificationFacts,
  uncertain: readonly string[],
  { moments: { awareness } }: IncidentFacts,
): Caveat[] {
  const caveats: Caveat[] = uncertain.map((text) => ({ about: 'uncertain', text }));
  if (standing !== 'confirmed') caveats.push({ about: 'standing', standing });
  if (effectiveFrom !== undefined && awareness && awareness.toISOString().slice(0, 10) < effectiveFrom)
    caveats.push({ about: 'not-in-force', from: effectiveFrom });
  return caveats;
}

function unique(reasons: readonly Reason[]): Reason[] {
  const seen = new Map(reasons.map((reason) => [JSON.stringify(reason), reason]));
  return [...seen.values()];
}

function deadlineFrom(
  start: Date,
  { within, counting = 'exact' }: NotificationFacts['clocks'][number],
  { calendar }: IncidentFacts,
): Deadline | undefined {
  return within === undefined ? undefined : deadlineOf(start, parseDuration(within), counting, calendar);
}

function startOf(
  notification: NotificationFacts,
  clock: NotificationFacts['clocks'][number],
  facts: IncidentFacts,
  asked: Set<string>,
): Duty['start'] {
  const own = facts.starts[dutyName({ notification: notification.id, clock: clock.id })];
  if (own) return { at: own, event: 'own' };
  const from = clock.countedFrom;
  // Two clocks that wait for each other never start; the check reports them.
  if (!from || asked.has(clock.id)) return undefined;
  asked.add(clock.id);
  const { suspicion, awareness, discovery } = facts.moments;
  const started = (at: Date | undefined, event: ClockEvent = from.event) => (at ? { at, event } : undefined);
  switch (from.event) {
    case 'awareness':
    case 'payment':
    case 'remedy':
    case 'handled':
      return started(facts.moments[from.event]);
    // What is due from a suspicion or discovery is not without a deadline because only the awareness was written down.
    case 'suspicion':
      return started(suspicion) ?? started(awareness, 'awareness');
    case 'discovery':
      return started(discovery) ?? started(awareness, 'awareness');
    case 'year-end': {
      const known = discovery ?? awareness;
      return started(known && endOfYear(known, facts.calendar.timeZone));
    }
    case 'finding': {
      const found = from.finding === undefined ? undefined : facts.answers[from.finding];
      return found?.answer === 'yes' ? started(found.at) : undefined;
    }
    case 'sent':
      return started(facts.sent[dutyName({ notification: notification.id, clock: from.clock ?? '' })]);
    case 'due': {
      const before = notification.clocks.find(({ id }) => id === from.clock);
      const start = before && startOf(notification, before, facts, asked);
      return started(start && before && deadlineFrom(start.at, before, facts)?.at);
    }
    // Only the person who is asked, or who learns something, can say when: it is set as the clock's own start.
    case 'request':
    case 'more-facts':
      return undefined;
  }
}

/** Names of facts for sentences, by id. */
export type FactNames = ReadonlyMap<string, string>;

/** Reasons as one sentence: "European Union; Personal data". */
function reasonsInWords(reasons: readonly Reason[], names: FactNames, text: InterfaceText): string {
  return reasons.map((reason) => reasonInWords(reason, names, text)).join('; ');
}

function reasonInWords(reason: Reason, names: FactNames, { clocks }: InterfaceText): string {
  if (reason.about === 'facts') return reason.facts.map((id) => names.get(id) ?? id).join(clocks.or);
  return clocks.people(reason.atLeast, reason.fewerThan, reason.among);
}

/** Why a duty stands as it does, in sentences. */
export function dutyInWords(duty: Duty, names: FactNames, text: InterfaceText): string[] {
  const { clocks } = text;
  const words = (reasons: readonly Reason[]) => reasonsInWords(reasons, names, text);
  if (duty.verdict === 'does-not-apply') return [clocks.notSo(words(duty.because))];
  return [
    ...(duty.missing.length > 0 ? [clocks.missing(words(duty.missing))] : []),
    ...(duty.because.length > 0 ? [clocks.because(words(duty.because))] : []),
    ...duty.caveats.map((caveat) => caveatInWords(caveat, text)),
  ];
}

function caveatInWords(caveat: Caveat, { clocks }: InterfaceText): string {
  switch (caveat.about) {
    case 'standing':
      return clocks.standing[caveat.standing];
    case 'not-in-force':
      return clocks.notInForce(caveat.from);
    case 'uncertain':
      return clocks.uncertain(caveat.text);
    case 'nothing-said':
      return clocks.nothingSaid;
  }
}
