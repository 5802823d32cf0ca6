/** The steps of the plan as an open incident needs them: who does them, in which order, and by when. */

import { addDuration, parseDuration } from '../duration.ts';
import type { IncidentEntry } from '../schema-types.ts';
import { instantOf } from './record.ts';
import { type IncidentState, rolesOf } from './state.ts';
import type { Tlp } from './stix.ts';

/** What every page of an open incident must know of the plan; a file of the site. */
export interface IncidentPlan {
  title: string;
  organisation: string;
  /** IANA name. */
  timeZone: string;
  /** The organisation's own. */
  domains: string[];
  /** Mark for sharing, where nobody says another. */
  tlp: Tlp;
  roles: { id: string; title: string }[];
  priorities: { id: string; name: string }[];
  /** `path` from the base: `runbooks/ransomware/`; the steps of each are in `steps.json` there. */
  runbooks: { id: string; code: string; title: string; path: string }[];
  /** Exercises, with what their injects are called; what they say is in `exercise.json` beside the page of each. */
  exercises: { id: string; title: string; path: string; injects: { id: string; title: string }[] }[];
}

/** The steps of one runbook; a file of the site beside its page. */
export interface RunbookSteps {
  id: string;
  code: string;
  title: string;
  /** Absent where the steps were read off the page, because the file could not be had. */
  digest?: string;
  /** In the order of doing; Preparation, which is not part of a response, is left out of what is open. */
  steps: IncidentStep[];
}

export interface IncidentStep {
  id: string;
  number: string;
  /** Instruction or question. */
  text: string;
  /** Who does or decides it; for a decision also the deputy. */
  roles: string[];
  within?: string;
  from?: 'detection' | 'declaration' | 'previous-step';
  /** For a decision; `to` is where an answer leads, if not to the next step: the id of one here, or another document. */
  options?: { id: string; answer: string; to?: string }[];
  /** Where the step leads, if not to the next one. */
  next?: string;
  /** What it is done for one by one, where the record keeps a list of those. */
  targets?: 'host' | 'account' | 'indicator';
  preparation?: true;
  /** The action of the library that it uses. */
  action?: string;
}

export function stepReference(runbook: string, step: string): string {
  return `runbook:${runbook}#${step}`;
}

/** Where another step of the incident, of this or another runbook, did the same action for a target. */
export interface DoneElsewhere {
  entry: IncidentEntry;
  /** `SE 4` */
  name: string;
  ref: string;
  digest?: string;
}

/**
 * What other steps with the same action have done, by target: a host is isolated once, whichever runbook says so.
 *
 * @param runbooks those of the incident, this one among them or not
 */
export function doneElsewhere(
  state: IncidentState,
  runbooks: readonly RunbookSteps[],
  here: RunbookSteps,
  step: IncidentStep,
): Map<string, DoneElsewhere> {
  const found = new Map<string, DoneElsewhere>();
  if (!step.action) return found;
  for (const runbook of runbooks)
    for (const other of runbook.steps) {
      if (other.action !== step.action || (runbook.id === here.id && other.id === step.id)) continue;
      const ref = stepReference(runbook.id, other.id);
      const { digest } = runbook;
      for (const [target, entry] of state.targetsDone.get(ref) ?? [])
        found.set(target, { entry, name: `${runbook.code} ${other.number}`, ref, ...(digest ? { digest } : {}) });
    }
  return found;
}

/** The steps of the response that are not done, not decided, not skipped and not passed over. */
export function openSteps(state: IncidentState, runbook: RunbookSteps): IncidentStep[] {
  const passed = passedOver(state, runbook);
  return runbook.steps.filter(
    (step) => !step.preparation && stateOfStep(state, runbook, step) === 'open' && !passed.has(step.id),
  );
}

/**
 * The open steps that the answers so far lead past, by id: after "No" to powering a host off, nobody is to be led to the
 * step that does it. Where nothing was decided yet every answer is possible; what was done all the same leads on from
 * where it is, and an answer that leads to another runbook passes over nothing here.
 */
export function passedOver(state: IncidentState, runbook: RunbookSteps): ReadonlySet<string> {
  const line = responseOf(runbook);
  const isOpen = (step: IncidentStep) => stateOfStep(state, runbook, step) === 'open';
  const reached = new Set<number>();
  const waiting = [0, ...[...line.keys()].filter((at) => !isOpen(line[at] as IncidentStep))];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const step = line[at];
    if (!step || reached.has(at)) continue;
    reached.add(at);
    waiting.push(...leadsFrom(at, step, line, state.steps.get(stepReference(runbook.id, step.id))?.option));
  }
  return new Set(line.filter((step, at) => isOpen(step) && !reached.has(at)).map(({ id }) => id));
}

/** The places in the line where a step can lead, with the answer that was given to it. */
function leadsFrom(
  at: number,
  step: IncidentStep,
  line: readonly IncidentStep[],
  answer: string | undefined,
): number[] {
  const place = (to: string | undefined) => (to === undefined ? at + 1 : line.findIndex(({ id }) => id === to));
  const chosen = step.options?.find(({ id }) => id === answer);
  // Nobody knows yet which answer it will be; that one could lead back is no reason to be there.
  if (step.options && !chosen) return step.options.map(({ to }) => place(to)).filter((to) => to > at);
  const to = place(chosen ? chosen.to : step.next);
  // Whoever goes to another document may come back anywhere, and whoever is sent back comes here again.
  if (to < 0) return [...line.keys()].slice(at + 1);
  return to > at ? [to] : [to, at + 1];
}

const responseOf = ({ steps }: RunbookSteps) => steps.filter(({ preparation }) => !preparation);

const stateOfStep = (state: IncidentState, runbook: RunbookSteps, { id }: IncidentStep) =>
  state.steps.get(stepReference(runbook.id, id))?.state ?? 'open';

/** Those of them that a person has to do, by the roles that the person holds. */
export function openStepsOf(state: IncidentState, runbook: RunbookSteps, person: string): IncidentStep[] {
  const mine = rolesOf(state, person);
  return openSteps(state, runbook).filter(({ roles }) => roles.some((role) => mine.includes(role)));
}

/**
 * When a step must be done, or undefined where that is not known: it has no time box, it was passed over, or what the
 * box runs from has not happened or was not recorded. "The step before" is the nearest one above that was neither
 * skipped nor passed over.
 */
export function dueAt(state: IncidentState, runbook: RunbookSteps, step: IncidentStep): Date | undefined {
  if (!step.within || step.preparation) return undefined;
  const passed = passedOver(state, runbook);
  if (passed.has(step.id)) return undefined;
  const start = startOf(state, runbook, step, passed);
  return start === undefined ? undefined : addDuration(new Date(instantOf(start)), parseDuration(step.within));
}

function startOf(
  state: IncidentState,
  runbook: RunbookSteps,
  step: IncidentStep,
  passed: ReadonlySet<string>,
): string | undefined {
  if (step.from === 'detection') return state.facts.get('detected')?.data.time;
  if (step.from === 'declaration') return state.facts.get('declared')?.data.time;
  const line = responseOf(runbook);
  for (const before of line.slice(0, line.indexOf(step)).reverse()) {
    const known = state.steps.get(stepReference(runbook.id, before.id));
    if (known?.state === 'skipped' || passed.has(before.id)) continue;
    const entry = known?.line.entry;
    // A tick from before the record began has no time of its own.
    if (known?.state !== 'done' || (entry?.type === 'step-ticked' && entry.data.timeUnknown)) return undefined;
    return entry?.at;
  }
  return undefined;
}
