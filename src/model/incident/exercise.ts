/** An exercise while it is played: its clock, what the players were told, and how the expected steps went. */

import { addDuration, parseDuration } from '../duration.ts';
import { type EntryOf, instantOf } from './record.ts';
import type { IncidentState } from './state.ts';

/** An exercise as whoever runs it needs it; a file of the site beside its page. */
export interface Exercise {
  id: string;
  title: string;
  /** Ids of the runbooks that it tests. */
  runbooks: string[];
  injects: ExerciseInject[];
}

export interface ExerciseInject {
  id: string;
  title: string;
  /** Milliseconds on the clock of the exercise. */
  at: number;
  expects: ExpectedStep[];
}

export interface ExpectedStep {
  /** `runbook:ransomware#isolate-hosts` */
  ref: string;
  /** `RW 3` */
  name: string;
  /** Its instruction. */
  text: string;
  /** Its time box: `15 min`. */
  within?: string;
}

export type Verdict = EntryOf<'expectation-judged'>['data']['verdict'];

/** How an expected step went so far. `overdue` is late and not done; `missed` is never said by a machine. */
type How = 'waiting' | 'open' | 'overdue' | Verdict;

export interface Expectation {
  how: How;
  /** When it was done, decided or skipped. */
  at?: string;
  /** When its time box ends, counted from the inject. */
  due?: Date;
  /** What the facilitator says; it outweighs the clock. */
  judged?: EntryOf<'expectation-judged'>;
}

/** Milliseconds on the clock of an exercise: how long it has run, without the time for which it stood still. */
export function elapsed(state: IncidentState, now: Date): number {
  const end = state.exercise?.ended ? instantOf(state.exercise.ended.at) : now.getTime();
  let total = 0;
  let since: number | undefined;
  for (const { entry } of state.timeline) {
    if (entry.type !== 'exercise-clock') continue;
    const at = instantOf(entry.at);
    if (since !== undefined) total += Math.max(0, Math.min(at, end) - since);
    since = entry.data.running ? at : undefined;
  }
  return since === undefined ? total : total + Math.max(0, end - since);
}

/** Whether the clock of an exercise runs. */
export function isRunning(state: IncidentState): boolean {
  if (state.exercise?.ended) return false;
  const last = state.timeline.findLast(({ entry }) => entry.type === 'exercise-clock')?.entry;
  return last?.type === 'exercise-clock' && last.data.running;
}

/** What the players were told, by inject; told twice, the first time counts. */
export function releases(state: IncidentState): Map<string, EntryOf<'inject-released'>> {
  const found = new Map<string, EntryOf<'inject-released'>>();
  for (const { entry } of state.timeline)
    if (entry.type === 'inject-released' && !found.has(entry.data.inject)) found.set(entry.data.inject, entry);
  return found;
}

/** The injects whose time has come and that nobody was told yet, in the order in which they come. */
export function injectsDue(exercise: Exercise, state: IncidentState, now: Date): ExerciseInject[] {
  const told = releases(state);
  const clock = elapsed(state, now);
  return inOrder(exercise).filter(({ id, at }) => at <= clock && !told.has(id));
}

/** The inject that comes next, or undefined after the last. */
export function nextInject(exercise: Exercise, state: IncidentState): ExerciseInject | undefined {
  const told = releases(state);
  return inOrder(exercise).find(({ id }) => !told.has(id));
}

function inOrder({ injects }: Exercise): ExerciseInject[] {
  return [...injects].sort((a, b) => a.at - b.at);
}

/**
 * How a step went that an inject should lead to. Its time box counts from the moment at which the inject was told,
 * since in an exercise nothing else has happened; what was done before that is in time.
 */
export function expectationOf(
  state: IncidentState,
  inject: ExerciseInject,
  expected: ExpectedStep,
  now: Date,
): Expectation {
  const told = releases(state).get(inject.id);
  const judged = judgements(state).get(judgedKey(inject.id, expected.ref));
  const step = state.steps.get(expected.ref);
  const at = step && step.state !== 'open' ? step.line.entry.at : undefined;
  const due =
    told && expected.within ? addDuration(new Date(instantOf(told.at)), parseDuration(expected.within)) : undefined;
  // Where the clock of an exercise has stopped, nothing becomes late any more.
  const until = state.exercise?.ended ? new Date(instantOf(state.exercise.ended.at)) : now;
  const isLate = due !== undefined && (at === undefined ? until : new Date(instantOf(at))) > due;
  const how =
    judged?.data.verdict ?? (at ? (isLate ? 'late' : 'done') : !told ? 'waiting' : isLate ? 'overdue' : 'open');
  return { how, ...(at ? { at } : {}), ...(due ? { due } : {}), ...(judged ? { judged } : {}) };
}

/** What the facilitator said last of each expected step. */
function judgements(state: IncidentState): Map<string, EntryOf<'expectation-judged'>> {
  const found = new Map<string, EntryOf<'expectation-judged'>>();
  for (const { entry } of state.timeline)
    if (entry.type === 'expectation-judged') found.set(judgedKey(entry.data.inject, entry.ref), entry);
  return found;
}

function judgedKey(inject: string, ref: string): string {
  return `${inject} ${ref}`;
}

/** `1:05:09` of so many milliseconds, with hours only where there are some: `05:09`. */
export function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (amount: number) => String(amount).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
}
