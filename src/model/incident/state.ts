/** The state of an incident: a fold over the entries of its record, whatever the order in which they came. */

import { parseReference } from '../reference.ts';
import type { IncidentEntry, IncidentRecord, IndicatorType } from '../schema-types.ts';
import { isSameValue } from './forms.ts';
import { type Deed, deviceOf, type EntryOf, type EntryType, withEntries } from './record.ts';

/** An entry with what later ones say about it. */
export interface Line {
  entry: IncidentEntry;
  /** Why: its own reason, or one that followed later. */
  reason?: string;
  /** The last correction; without a text the entry is withdrawn. */
  correction?: EntryOf<'corrected'>;
}

export interface StepState {
  state: 'open' | 'done' | 'skipped';
  /** The entry that says so; the latest, where there is a conflict. */
  line: Line;
  /** Option that was chosen, for a decision. */
  option?: string;
}

/** Entries that contradict each other, written without knowledge of each other. A person decides. */
interface Conflict {
  /** What they are about: a step by its reference, a role by its id. */
  about:
    | { kind: 'step' | 'role'; name: string }
    | { kind: 'name' | 'priority' | 'closing' | 'hold' }
    | { kind: 'fact'; name: string }
    /** An answer on a form: which form, and the name of the place. */
    | { kind: 'form'; name: string; field: string }
    | { kind: 'id'; name: string };
  entries: IncidentEntry[];
}

export interface Target {
  kind: 'host' | 'account' | 'indicator';
  value: string;
  note?: string;
  /** Which kind of indicator it is, where that was said and not left to be told from the value. */
  indicator?: IndicatorType;
}

export interface IncidentState {
  incident: string;
  /** What it is called. That of an exercise begins with a mark, so that no page, file or print can leave it out. */
  name: string;
  /** Only where nothing of it is real. */
  exercise?: {
    /** Id of the exercise in the plan, where it is one of those. */
    id?: string;
    /** Nothing after this is play. */
    ended?: EntryOf<'exercise-ended'>;
  };
  /** Moment of the first entry. */
  startedAt: string;
  priority?: Line & { entry: EntryOf<'priority-set'> };
  closed?: Line & { entry: EntryOf<'incident-closed'> };
  /** A legal hold in force: nothing of the record may be wiped. */
  hold?: Line & { entry: EntryOf<'hold-placed'> };
  /** Who holds each role: more than one person only where that is a conflict. */
  roles: Map<string, string[]>;
  /** By reference; a step without an entry is open and not in here. */
  steps: Map<string, StepState>;
  /** Notes, and what to learn from, by the step or document that they are about; the general ones under the empty text. */
  notes: Map<string, Line[]>;
  targets: Target[];
  /** For each step the targets that it is done for, as `host fs-plant-01`. */
  targetsDone: Map<string, Map<string, IncidentEntry>>;
  facts: Map<string, EntryOf<'fact'>>;
  /** What was written on forms: by form and by the name of the place, in the order in which they were first written. */
  forms: Map<string, Map<string, EntryOf<'form-written'>>>;
  /** The last comparison of each device's clock. */
  clocks: Map<string, EntryOf<'clock-compared'>>;
  /** Runbooks that some entry names, in the order of their first one. */
  runbooks: string[];
  /** Every entry, in order. */
  timeline: Line[];
  conflicts: Conflict[];
}

/** Stands before the name of an exercise: written large, as it is called out on a radio. */
const exerciseMark = 'EXERCISE: ';

/** A target as one text, by which it is told apart. */
export function targetKey({ kind, value }: Pick<Target, 'kind' | 'value'>): string {
  return `${kind} ${value}`;
}

/**
 * What an entry says something about: entries of one register replace each other, those of different ones never do.
 * Undefined for entries that stand for themselves.
 */
function registerOf(entry: { type: EntryType; ref?: string; data: object }): string | undefined {
  const data = entry.data as { role?: string; name?: string; target?: Target; form?: string; field?: string };
  switch (entry.type) {
    case 'incident-started':
    case 'incident-named':
      return 'name';
    case 'priority-set':
      return 'priority';
    case 'incident-closed':
    case 'incident-reopened':
      return 'closing';
    case 'hold-placed':
    case 'hold-lifted':
      return 'hold';
    case 'role-taken':
    case 'role-left':
      return `role ${data.role}`;
    case 'step-ticked':
    case 'step-unticked':
    case 'step-skipped':
    case 'decision-taken':
      return `step ${entry.ref}`;
    case 'target-done':
    case 'target-undone':
      return `target ${entry.ref} ${data.target ? targetKey(data.target) : ''}`;
    case 'fact':
      return `fact ${data.name}`;
    case 'form-written':
      return `form ${data.form} ${data.field}`;
    default:
      return undefined;
  }
}

/** The entries of a register that no other of it replaces. */
function headsOf(entries: readonly IncidentEntry[]): IncidentEntry[] {
  const replaced = new Set<string>();
  for (const { id, data } of entries)
    for (const other of 'replaces' in data ? (data.replaces ?? []) : []) if (other !== id) replaced.add(other);
  const heads = entries.filter(({ id }) => !replaced.has(id));
  // Entries that replace each other in a ring were not written by us; the last one holds.
  return heads.length > 0 ? heads : entries.slice(-1);
}

/** What a new entry takes the place of: what is in force of its register at this moment. */
export function replacedBy(record: IncidentRecord, deed: Deed): string[] {
  const register = registerOf(deed);
  if (register === undefined) return [];
  const heads = headsOf(record.entries.filter((entry) => registerOf(entry) === register));
  return [...new Set(heads.map(({ id }) => id))];
}

/** Works out the state. The order of the entries does not matter. */
export function stateOf(record: IncidentRecord): IncidentState {
  const { incident, entries } = withEntries(record, []);
  const lines = linesOf(entries);
  const registers = Map.groupBy(entries, (entry) => registerOf(entry) ?? '');
  const state: IncidentState = {
    incident,
    name: '',
    startedAt: entries[0]?.at ?? '',
    roles: new Map(),
    steps: new Map(),
    notes: new Map(),
    targets: [],
    targetsDone: new Map(),
    facts: new Map(),
    forms: new Map(),
    clocks: new Map(),
    runbooks: runbooksOf(entries),
    timeline: [...lines.values()],
    conflicts: [],
  };
  for (const [register, members] of registers) if (register !== '') readRegister(state, headsOf(members), lines);
  for (const line of lines.values()) readEntry(state, line);
  if (state.exercise && !state.name.startsWith(exerciseMark)) state.name = `${exerciseMark}${state.name}`;
  for (const same of Map.groupBy(entries, ({ id }) => id).values())
    if (same.length > 1) state.conflicts.push({ about: { kind: 'id', name: same[0]?.id ?? '' }, entries: same });
  return state;
}

function linesOf(entries: readonly IncidentEntry[]): Map<IncidentEntry, Line> {
  const reasons = new Map<string, string>();
  const corrections = new Map<string, EntryOf<'corrected'>>();
  for (const entry of entries) {
    if (entry.type === 'reason-given') reasons.set(entry.data.of, entry.data.text);
    if (entry.type === 'corrected') corrections.set(entry.data.of, entry);
  }
  return new Map(
    entries.map((entry) => {
      const own = 'reason' in entry.data ? entry.data.reason : undefined;
      const reason = reasons.get(entry.id) ?? own;
      const correction = corrections.get(entry.id);
      return [entry, { entry, ...(reason ? { reason } : {}), ...(correction ? { correction } : {}) }];
    }),
  );
}

/** Runbooks count as in use from the first entry that names one of their steps, or that opens the record with them. */
function runbooksOf(entries: readonly IncidentEntry[]): string[] {
  const names = entries.flatMap((entry) => {
    const reference = 'ref' in entry && entry.ref ? parseReference(entry.ref) : undefined;
    return reference?.kind === 'runbook' ? [reference.id] : [];
  });
  return [...new Set(names)];
}

function readRegister(
  state: IncidentState,
  heads: readonly IncidentEntry[],
  lines: ReadonlyMap<IncidentEntry, Line>,
): void {
  const last = heads.at(-1);
  if (!last) return;
  const line = lines.get(last) ?? { entry: last };
  const differs = (says: (entry: IncidentEntry) => unknown) => new Set(heads.map((head) => says(head))).size > 1;
  const conflict = (about: Conflict['about']) => void state.conflicts.push({ about, entries: [...heads] });
  switch (last.type) {
    case 'incident-started':
    case 'incident-named': {
      const nameOf = (entry: IncidentEntry) => (entry.data as { name: string }).name;
      state.name = nameOf(last);
      if (differs(nameOf)) conflict({ kind: 'name' });
      return;
    }
    case 'priority-set':
      state.priority = line as NonNullable<IncidentState['priority']>;
      if (differs((entry) => (entry.data as { priority: string }).priority)) conflict({ kind: 'priority' });
      return;
    case 'incident-closed':
    case 'incident-reopened':
      if (differs((entry) => entry.type)) conflict({ kind: 'closing' });
      // While that is not settled nothing is hidden from anybody.
      else if (last.type === 'incident-closed') state.closed = line as NonNullable<IncidentState['closed']>;
      return;
    case 'hold-placed':
    case 'hold-lifted': {
      if (differs((entry) => entry.type)) conflict({ kind: 'hold' });
      // While that is not settled, it holds.
      const placed = heads.findLast(({ type }) => type === 'hold-placed');
      const line = placed && lines.get(placed);
      if (line) state.hold = line as NonNullable<IncidentState['hold']>;
      return;
    }
    case 'role-taken':
    case 'role-left': {
      const { role } = last.data;
      const holders = [...new Set(heads.filter(({ type }) => type === 'role-taken').map(({ by }) => by))];
      if (holders.length > 0) state.roles.set(role, holders);
      if (holders.length > 1) conflict({ kind: 'role', name: role });
      return;
    }
    case 'step-ticked':
    case 'step-unticked':
    case 'step-skipped':
    case 'decision-taken': {
      const decisions = heads.flatMap((head) => (head.type === 'decision-taken' ? [head.data.option] : []));
      const option = decisions.at(-1);
      state.steps.set(last.ref, { state: stepStateOf(last), line, ...(option === undefined ? {} : { option }) });
      if (differs(stepStateOf) || new Set(decisions).size > 1) conflict({ kind: 'step', name: last.ref });
      return;
    }
    case 'target-done':
    case 'target-undone': {
      const done = state.targetsDone.get(last.ref) ?? new Map<string, IncidentEntry>();
      // Done once is done, whatever somebody else did not know yet.
      const tick = heads.findLast(({ type }) => type === 'target-done');
      if (tick) done.set(targetKey(last.data.target), tick);
      state.targetsDone.set(last.ref, done);
      return;
    }
    case 'fact':
      state.facts.set(last.data.name, last);
      if (
        differs((entry) => JSON.stringify([(entry as EntryOf<'fact'>).data.time, (entry as EntryOf<'fact'>).data.text]))
      )
        conflict({ kind: 'fact', name: last.data.name });
      return;
    case 'form-written': {
      const { form, field } = last.data;
      const written = state.forms.get(form) ?? new Map<string, EntryOf<'form-written'>>();
      state.forms.set(form, written.set(field, last));
      const said = (entry: IncidentEntry) => (entry as EntryOf<'form-written'>).data.value;
      if (heads.some((head) => !isSameValue(said(head), said(last)))) conflict({ kind: 'form', name: form, field });
    }
  }
}

function stepStateOf(entry: IncidentEntry): StepState['state'] {
  if (entry.type === 'step-unticked') return 'open';
  return entry.type === 'step-skipped' ? 'skipped' : 'done';
}

/** What does not replace anything, in the order of time. */
function readEntry(state: IncidentState, line: Line): void {
  const { entry } = line;
  if (entry.type === 'note' || entry.type === 'lesson-noted') {
    const about = entry.ref ?? '';
    state.notes.set(about, [...(state.notes.get(about) ?? []), line]);
  } else if (entry.type === 'clock-compared') state.clocks.set(deviceOf(entry), entry);
  else if (entry.type === 'incident-started' && entry.data.exercise) {
    const [, id] = entry.ref?.split('exercise:') ?? [];
    state.exercise = { ...state.exercise, ...(id ? { id } : {}) };
  } else if (entry.type === 'exercise-ended') state.exercise = { ...state.exercise, ended: entry };
  // Ended by mistake: it goes on once its clock runs again.
  else if (entry.type === 'exercise-clock' && entry.data.running) delete state.exercise?.ended;
  else if (entry.type === 'target-added' || entry.type === 'target-removed') {
    const key = targetKey(entry.data.target);
    state.targets = state.targets.filter((target) => targetKey(target) !== key);
    if (entry.type === 'target-added') {
      const { target, note, indicator } = entry.data;
      state.targets.push({ ...target, ...(note ? { note } : {}), ...(indicator ? { indicator } : {}) });
    }
  }
}

/** The roles that a person holds, in the order in which they were first taken up. */
export function rolesOf(state: IncidentState, person: string): string[] {
  return [...state.roles].filter(([, holders]) => holders.includes(person)).map(([role]) => role);
}
