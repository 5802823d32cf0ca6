/**
 * Whether somebody has used what a lesson changed, and the confirmation as an edit of the lesson. A record names with each
 * tick the digest of the runbook that the device had: so it is known which version of the plan was followed.
 */

import { forAudience } from '../compile/audience.ts';
import { newErrors, recompiled } from '../compile/edited.ts';
import { parseFragment } from '../compile/fragment.ts';
import type { Compiled } from '../compile/index.ts';
import { textDigest } from '../compile/text-digest.ts';
import type { AppliedIn } from '../history/applied-changes.ts';
import { type Git, GitFailed, GitMissing } from '../history/git.ts';
import { planAt } from '../history/plan-at.ts';
import type { ToldHistory } from '../history/read-history.ts';
import { kinds } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { audiencesOf } from '../model/audience.ts';
import { isBlock } from '../model/content.ts';
import type { Document } from '../model/document.ts';
import type { Verdict } from '../model/incident/exercise.ts';
import { type IncidentState, type Line, rolesOf, stateOf } from '../model/incident/state.ts';
import { documentOf, documentsOf, type Plan, resolve } from '../model/plan.ts';
import type { Change, Confirmation, IncidentEntry, IncidentRecord } from '../model/schema-types.ts';
import { editedData, type FileChange } from './changes.ts';
import { CannotEdit, setValue } from './yaml-edit.ts';

/** A step that somebody did. */
export interface StepUse {
  /** `runbook:ransomware#isolate-hosts` */
  ref: string;
  /** The day. */
  on: string;
  /** Digest of the runbook that was followed; absent where it was not recorded. */
  digest?: string;
  /** The role that did it, where it is known. */
  role?: string;
  /** What the facilitator of an exercise says of it. */
  verdict?: Verdict;
  /** How many things were noted to learn from it. */
  noted: number;
}

/** What a record, or an exercise that was held, shows of the steps of the plan. */
export interface Evidence {
  in: 'incident' | 'exercise';
  /** Id of the exercise in the plan. */
  exercise?: string;
  /** Whether it says of each step which text was followed; an exercise says only the day. */
  namesVersions: boolean;
  uses: StepUse[];
}

/** Why a change is not confirmed. */
type Unshown =
  | 'not-applied'
  | 'confirmed-before'
  | 'never-shown'
  | 'not-used'
  | 'no-version'
  | 'other-version'
  | 'before'
  | 'judged';

/** What is shown of one change. */
export type Shown = { change: Change } & ({ use: StepUse; changedSince: boolean } | { unshown: Unshown });

/** What a record shows: the steps that are done, by the names that they have now. */
export function evidenceOfRecord(record: IncidentRecord, plan: Plan): Evidence {
  const state = stateOf(record);
  const done = new Map<string, IncidentEntry>();
  for (const [ref, { state: how, line }] of state.steps)
    if (how === 'done' && !isWithdrawn(line)) done.set(ref, line.entry);
  for (const [ref, targets] of state.targetsDone) {
    const [first] = targets.values();
    if (first && !done.has(ref)) done.set(ref, first);
  }
  const id = state.exercise?.id;
  return {
    in: state.exercise ? 'exercise' : 'incident',
    ...(id && documentOf(plan, 'exercise', id) ? { exercise: id } : {}),
    namesVersions: true,
    uses: [...done].map(([ref, entry]) => useOf(ref, entry, state, plan)),
  };
}

const isWithdrawn = ({ correction }: Line) => correction !== undefined && correction.data.text === undefined;

function useOf(ref: string, entry: IncidentEntry, state: IncidentState, plan: Plan): StepUse {
  const role = rolesOf(state, entry.by).find((held) => documentOf(plan, 'role', held));
  const judged = state.timeline.findLast((line) => line.entry.type === 'expectation-judged' && line.entry.ref === ref);
  const noted = (state.notes.get(ref) ?? []).filter((line) => line.entry.type === 'lesson-noted' && !isWithdrawn(line));
  return {
    ref: plan.moved.get(ref) ?? ref,
    // Moments are written with the local time first.
    on: entry.at.slice(0, 10),
    ...('digest' in entry && entry.digest ? { digest: entry.digest } : {}),
    ...(role ? { role } : {}),
    ...(judged?.entry.type === 'expectation-judged' ? { verdict: judged.entry.data.verdict } : {}),
    noted: noted.length,
  };
}

/**
 * What an exercise shows: that the steps which it leads to were played on a day.
 *
 * @param on default: the last time that it was held
 * @returns undefined where it was not held, or not on that day
 */
export function evidenceOfExercise({ id, data }: Document<'exercise'>, on?: string): Evidence | undefined {
  const days = (data.held ?? []).map((held) => held.on).sort();
  const day = on === undefined ? days.at(-1) : days.find((held) => held === on);
  if (day === undefined) return undefined;
  const refs = [...new Set(data.injects.flatMap(({ expects = [] }) => expects))];
  return {
    in: 'exercise',
    exercise: id,
    namesVersions: false,
    uses: refs.map((ref) => ({ ref, on: day, noted: 0 })),
  };
}

/** Finds the plan that a device followed: the version, not older than a commit, in which a runbook has a digest. */
export type Followed = (runbook: string, digest: string, since: AppliedIn | undefined) => Promise<Plan | undefined>;

/**
 * Looks through the versions of a plan, the newest first.
 *
 * @param plan as it is in the working tree
 * @param git in the folder of the plan
 */
export function followedIn(plan: Plan, { changes }: Pick<ToldHistory, 'changes'>, git: Git, now: Date): Followed {
  const known = new Map<string, Promise<Plan | undefined>>();
  const at = (commit: string) => {
    const read = known.get(commit) ?? planAt(git, commit, now).then((compiled) => compiled?.plan);
    known.set(commit, read);
    return read;
  };
  return async (runbook, digest, since) => {
    // What is in the working tree holds the change, or the lesson would not say so.
    if (hasDigest(plan, runbook, digest)) return plan;
    const first = changes.findIndex(({ commit }) => commit === since?.commit);
    for (const { commit, documents } of changes.slice(0, first + 1)) {
      if (!documents.some((name) => name === runbook || name.startsWith('action:'))) continue;
      const then = await at(commit).catch(unlessGit);
      if (then && hasDigest(then, runbook, digest)) return then;
    }
    return undefined;
  };
}

function unlessGit(reason: unknown): undefined {
  if (reason instanceof GitMissing || reason instanceof GitFailed) return undefined;
  throw reason;
}

/** Whether a runbook says so in a plan, as a whole or as one of its audiences reads it. */
function hasDigest(plan: Plan, runbook: string, digest: string): boolean {
  if (plan.documents.get(runbook)?.digest === digest) return true;
  return audiencesOf(plan.settings).some(({ id }) => forAudience(plan, id).documents.get(runbook)?.digest === digest);
}

/**
 * What is shown of each change of a lesson.
 *
 * @param since when each change came into the plan, by its id
 */
export async function shownOf(
  changes: readonly Change[],
  evidence: Evidence,
  plan: Plan,
  since: (change: Change) => AppliedIn | undefined,
  followed: Followed,
): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const change of changes) shown.push(await shownOfOne(change, evidence, plan, since(change), followed));
  return shown;
}

async function shownOfOne(
  change: Change,
  evidence: Evidence,
  plan: Plan,
  since: AppliedIn | undefined,
  followed: Followed,
): Promise<Shown> {
  if (change.applied === undefined) return { change, unshown: 'not-applied' };
  if (change.confirmed) return { change, unshown: 'confirmed-before' };
  const [kind] = change.of.split(':');
  if (kind !== 'runbook' && kind !== 'action') return { change, unshown: 'never-shown' };
  let unshown: Unshown = 'not-used';
  for (const use of [...evidence.uses].sort((a, b) => (a.on < b.on ? 1 : -1))) {
    const runbook = use.ref.split('#')[0] as string;
    if (kind === 'runbook' && runbook !== change.of.split('#')[0]) continue;
    if (!evidence.namesVersions) {
      if (!isUseOf(change, plan, use.ref)) continue;
      if (since && use.on >= since.at.slice(0, 10)) return { change, use, changedSince: false };
      unshown = 'before';
      continue;
    }
    const then = use.digest === undefined ? undefined : await followed(runbook, use.digest, since);
    if (!isUseOf(change, then ?? plan, use.ref)) continue;
    if (!then) unshown = use.digest === undefined ? 'no-version' : 'other-version';
    else if (use.verdict === 'missed' || use.verdict === 'unclear') unshown = 'judged';
    else return { change, use, changedSince: saysOther(change, then) };
  }
  return { change, unshown };
}

/** Whether whoever did a step has used what a change left. */
function isUseOf(change: Change, plan: Plan, ref: string): boolean {
  const [document = '', named] = change.of.split('#');
  if (change.of.startsWith('action:')) {
    const block = resolve(plan, ref)?.step?.block;
    if (!block || !isBlock(block, 'use') || `action:${block.attributes.action}` !== document) return false;
    const part = change.do === 'insert' ? insertedId(change) : named;
    return part === undefined || !block.attributes.leavesOut?.includes(part);
  }
  if (ref.split('#')[0] !== document) return false;
  // Without a step, and where one was taken out, the runbook itself is what is used.
  if (named === undefined || change.do === 'retire') return true;
  return ref === `${document}#${(change.do === 'insert' && insertedId(change)) || named}`;
}

/** The steps of runbooks by whose use a change that is in the plan is confirmed; none where no record shows it. */
export function stepsThatUse(change: Change, plan: Plan): string[] {
  if (!/^(?:runbook|action):/.test(change.of)) return [];
  return documentsOf(plan, 'runbook')
    .flatMap(({ id, body }) => (body?.steps ?? []).map((step) => `runbook:${id}#${step.id}`))
    .filter((ref) => isUseOf(change, plan, ref));
}

/** The id of a step that a change puts in; none for a caution, which is used with its step. */
function insertedId({ of, text }: Extract<Change, { do: 'insert' }>): string | undefined {
  const kind = kinds.get(of.split(':')[0] as string) as KindDefinition;
  return (parseFragment(text, kind).block?.attributes as { id?: string } | undefined)?.id;
}

/** Whether a plan holds a later text than the one that a change left. */
function saysOther(change: Change, plan: Plan): boolean {
  const document = change.of.split('#')[0];
  switch (change.do) {
    case 'set':
      return textDigest(plan, change.of, change.field) !== change.applied;
    case 'insert': {
      const id = insertedId(change);
      return id !== undefined && textDigest(plan, `${document}#${id}`) !== change.applied;
    }
    case 'replace':
    case 'reword':
    case 'move':
      return textDigest(plan, change.of) !== change.applied;
    default:
      return false;
  }
}

/**
 * Writes confirmations into their lesson.
 *
 * @throws CannotEdit when the lesson would have an error that it did not have
 */
export function confirmedLesson(
  compiled: Compiled,
  lesson: Document<'lesson'>,
  confirmations: ReadonlyMap<Change, Confirmation>,
  now: Date,
): FileChange {
  const before = String(compiled.files.find(({ path }) => path === lesson.path));
  let after = before;
  for (const [index, change] of (lesson.data.changes ?? []).entries()) {
    const confirmed = confirmations.get(change);
    if (confirmed)
      after = editedData(after, lesson.path, (yaml) => setValue(yaml, `/changes/${index}/confirmed`, confirmed));
  }
  const [fault] = newErrors(compiled, recompiled(compiled, new Map([[lesson.path, after]]), now));
  if (fault) throw new CannotEdit(fault.reason);
  return { path: lesson.path, before, after };
}
