/**
 * A lesson made of the record of an incident or an exercise: what people answered on forms, what they noted to learn
 * from, and how the expected steps of an exercise went. It names roles where the record names people, and leaves out
 * whatever is free text that was not meant for it: a lesson is read by many and for years.
 */

import { clockText, type Exercise, elapsed, expectationOf, releases } from './incident/exercise.ts';
import { type FieldWords, fieldPlace, type IncidentForms, type LessonPart } from './incident/forms.ts';
import { instantOf } from './incident/record.ts';
import type { IncidentState, Line } from './incident/state.ts';
import { type IncidentPlan, type IncidentStep, type RunbookSteps, stepReference } from './incident/steps.ts';
import { isoDuration } from './iso-duration.ts';
import type { LessonText } from './lesson-text.ts';
import type { LessonData } from './schema-types.ts';

/** What a lesson is made of. */
export interface LessonSource {
  state: IncidentState;
  plan: Pick<IncidentPlan, 'roles' | 'runbooks' | 'exercises'>;
  /** Runbooks that were used, with their steps. */
  runbooks: readonly RunbookSteps[];
  forms: IncidentForms['forms'];
  exercise?: Exercise;
  /** Digest of a step's text as it is now, by its reference. */
  digestOf: (reference: string) => string | undefined;
  /** Today: `2026-11-24`. */
  today: string;
}

type Metrics = NonNullable<LessonData['metrics']>;
type ActionItem = NonNullable<LessonData['actionItems']>[number];
type LessonChange = NonNullable<LessonData['changes']>[number];

/** A lesson to be read, mended and completed by people. */
export function lessonFrom(source: LessonSource, text: LessonText): LessonData {
  const { state, exercise, runbooks, today } = source;
  const answers = answersOf(source);
  const points = (part: LessonPart) =>
    answers.filter((answer) => answer.part === part).flatMap(({ value }) => linesOf(value));
  const one = (part: LessonPart) => answers.find((answer) => answer.part === part)?.value.trim() || undefined;
  const wanted = changesOf(source, answers, text);
  const happened = filled({
    who: one('happened.who'),
    what: one('happened.what'),
    when: one('happened.when'),
    where: one('happened.where'),
    why: one('happened.why'),
  });
  const day = one('on')?.slice(0, 10);
  const on = day && /^\d{4}-\d\d-\d\d$/.test(day) ? day : today;
  const learned = [...points('learned'), ...notedOf(source)];
  const about = exercise?.title ?? runbooks[0]?.title ?? text.anIncident;
  return filled({
    title: text.title(about, on),
    summary: happened?.what ?? learned[0] ?? text.summaryMissing,
    from: state.exercise ? 'exercise' : 'incident',
    on,
    exercise: state.exercise?.id,
    runbooks: listed(runbooks.map(({ id }) => id)),
    happened,
    timeline: listed(timelineOf(source, text)),
    metrics: filled(metricsOf(source)),
    learned: listed(learned),
    better: listed([...points('better'), ...wanted.unclear]),
    wentWell: listed(points('wentWell')),
    notWell: listed([...points('notWell'), ...expectationsOf(source, text)]),
    lucky: listed(points('lucky')),
    rootCauses: listed(points('rootCauses')),
    actionItems: listed(actionItemsOf(source, answers)),
    changes: listed(wanted.changes),
    hold: state.hold ? (true as const) : undefined,
    status: 'draft',
  }) as LessonData;
}

/** The points that people are asked for. */
export const pointsAsked = ['learned', 'better', 'wentWell', 'notWell', 'lucky', 'rootCauses'] as const;

/** A lesson whose questions are to be answered. */
export function blankLesson(today: string, text: LessonText): LessonData {
  return {
    title: text.title(text.anIncident, today),
    summary: text.summaryMissing,
    from: 'incident',
    on: today,
    ...Object.fromEntries(pointsAsked.map((name) => [name, [text.stillOpen(text.askQuestions[name])]])),
    status: 'draft',
  };
}

/** What a lesson is named after: what shall be better, else what was learned; a question that is open says neither. */
export function pointOf({ better = [], learned = [], title }: LessonData): string {
  return [...better, ...learned].find((point) => point !== '' && !point.startsWith('TODO: ')) ?? title;
}

/** An id made of the telling words of a text: `isolate-host-first`. */
export function idOf(words: string, otherwise: string): string {
  const id = words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .filter((word) => word && !small.has(word))
    .slice(0, 5)
    .join('-')
    .slice(0, 48)
    .replace(/-+$/, '');
  return id || otherwise;
}

const small = new Set('a an the of to and or in on at for with from by is are it its that this which'.split(' '));

interface Answer {
  part: LessonPart;
  /** Form, section and row: answers of one row belong together. */
  row: string;
  value: string;
}

/** What was written on forms whose fields say that a lesson has them. */
function answersOf({ state, forms }: LessonSource): Answer[] {
  return [...state.forms].flatMap(([form, written]) =>
    [...written].flatMap(([name, { data }]) => {
      const place = fieldPlace(name);
      const part = place && fieldsOf(forms, form, place.section)[place.field]?.lesson;
      const value = typeof data.value === 'string' ? data.value : data.value.join(', ');
      return place && part && value.trim() ? [{ part, row: `${form} ${place.section} ${place.row}`, value }] : [];
    }),
  );
}

function fieldsOf(forms: IncidentForms['forms'], form: string, section: string): Record<string, FieldWords> {
  return forms[form.split('#')[0] ?? form]?.sections[section]?.fields ?? {};
}

/** Lengths between two times of a form, as ISO 8601. */
function metricsOf({ state, forms }: LessonSource): Metrics {
  const metrics: Metrics = {};
  for (const [form, written] of state.forms)
    for (const [section, { fields }] of Object.entries(forms[form.split('#')[0] ?? form]?.sections ?? {}))
      for (const { lesson, between } of Object.values(fields)) {
        const metric = /^metrics\.(detect|notify|contain|recover)$/.exec(lesson ?? '')?.[1] as
          | keyof Metrics
          | undefined;
        if (!metric || !between) continue;
        const [start, end] = between.map((field) => momentWritten(state, written, section, field));
        if (start !== undefined && end !== undefined && end >= start) metrics[metric] = isoDuration(end - start);
      }
  return metrics;
}

/** A time as it was typed, `2026-11-24 03:35` in UTC; where nobody wrote one, what the record says of it. */
function momentWritten(
  state: IncidentState,
  written: ReadonlyMap<string, { data: { value: string | readonly string[] } }>,
  section: string,
  field: string,
): number | undefined {
  const typed = written.get(`${section}.0.${field}`)?.data.value;
  const at = typeof typed === 'string' && typed.trim() ? Date.parse(utcText(typed.trim())) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  const fact = field.startsWith('noticed') ? state.facts.get('detected')?.data.time : undefined;
  return fact === undefined ? undefined : instantOf(fact);
}

const utcText = (typed: string) => (/(?:Z|[+-]\d\d:?\d\d)$/.test(typed) ? typed : `${typed.replace(' ', 'T')}Z`);

/** What happened when, with the roles that people held in place of their names. */
function timelineOf(
  { state, plan, runbooks, exercise }: LessonSource,
  text: LessonText,
): LessonData['timeline'] & object {
  const steps = new Map(
    runbooks.flatMap((runbook) =>
      runbook.steps.map((step) => [stepReference(runbook.id, step.id), { runbook, step }] as const),
    ),
  );
  const roleOf = (person: string) => {
    const held = [...state.roles].find(([, holders]) => holders.includes(person))?.[0];
    return plan.roles.find(({ id }) => id === held)?.title ?? text.somebody;
  };
  return state.timeline.flatMap((line) => {
    const { entry } = line;
    const step = 'ref' in entry && entry.ref ? steps.get(entry.ref) : undefined;
    const name = step ? `${step.runbook.code} ${step.step.number} ${step.step.text}` : '';
    const what = sentenceOf(line, name, step?.step, exercise, text);
    return what ? [{ at: entry.at, what: `${roleOf(entry.by)}: ${what}` }] : [];
  });
}

function sentenceOf(
  { entry }: Line,
  name: string,
  step: IncidentStep | undefined,
  exercise: Exercise | undefined,
  text: LessonText,
): string | undefined {
  switch (entry.type) {
    case 'step-ticked':
      return name && !entry.data.timeUnknown ? text.done(name) : undefined;
    case 'step-skipped':
      return name ? text.skipped(name) : undefined;
    case 'decision-taken':
      return name
        ? text.decided(name, step?.options?.find(({ id }) => id === entry.data.option)?.answer ?? entry.data.option)
        : undefined;
    case 'inject-released':
      return text.told(exercise?.injects.find(({ id }) => id === entry.data.inject)?.title ?? entry.data.inject);
    case 'exercise-ended':
      return entry.data.why === 'over' ? text.over : text.brokenOff;
    case 'incident-closed':
      return text.closed;
    default:
      return undefined;
  }
}

/** What somebody noted in passing, with the step that it is about. */
function notedOf({ state, runbooks }: LessonSource): string[] {
  return state.timeline.flatMap(({ entry, correction }) => {
    if (entry.type !== 'lesson-noted') return [];
    const words = correction ? correction.data.text : entry.data.text;
    if (!words) return [];
    const found = runbooks
      .flatMap((runbook) => runbook.steps.map((step) => ({ runbook, step })))
      .find(({ runbook, step }) => stepReference(runbook.id, step.id) === entry.ref);
    return [`${found ? `${found.runbook.code} ${found.step.number}: ` : ''}${words.replace(/\s*\n\s*/g, ' ')}`];
  });
}

/** The expected steps of an exercise that were late, missed or unclear. */
function expectationsOf({ state, exercise }: LessonSource, text: LessonText): string[] {
  if (!exercise) return [];
  const end = new Date(instantOf(state.timeline.at(-1)?.entry.at ?? ''));
  const told = releases(state);
  return exercise.injects.flatMap((inject) =>
    inject.expects.flatMap((expected) => {
      const { how, at, judged } = expectationOf(state, inject, expected, end);
      const words =
        how === 'late' || how === 'overdue' || how === 'missed' || how === 'unclear' ? text.how[how] : undefined;
      const release = told.get(inject.id);
      if (!words || !release) return [];
      const after = at
        ? text.after(
            clockText(
              Math.max(0, elapsed(state, new Date(instantOf(at))) - elapsed(state, new Date(instantOf(release.at)))),
            ),
          )
        : '';
      const note = judged?.data.note ? ` ${judged.data.note}` : '';
      return [
        `${expected.name} ${expected.text.replace(/\.$/, '')}: ${[words, after].filter(Boolean).join(', ')} (${inject.title}).${note}`,
      ];
    }),
  );
}

const itemTypes = ['documentation', 'policy', 'procedure', 'tool', 'people', 'training', 'budget'] as const;

function actionItemsOf({ plan, today }: LessonSource, answers: readonly Answer[]): ActionItem[] {
  const names = new Set<string>();
  return rowsOf(answers, 'item-what').map(({ what, of }) => {
    const due = of('item-due')?.slice(0, 10) ?? '';
    return {
      id: distinct(idOf(what, 'item'), names),
      what,
      type: itemTypes.find((type) => type === of('item-type')) ?? 'procedure',
      // A role must own it; whoever completes the lesson says which.
      owner: plan.roles.find(({ id }) => id === of('item-owner'))?.id ?? plan.roles[0]?.id ?? '',
      due: /^\d{4}-\d\d-\d\d$/.test(due) ? due : today,
    };
  });
}

/** Steps to add, each after one that the plan has; where that step is not found, the wish is a point for people. */
function changesOf(
  { runbooks, digestOf }: LessonSource,
  answers: readonly Answer[],
  text: LessonText,
): { changes: LessonChange[]; unclear: string[] } {
  const changes: LessonChange[] = [];
  const unclear: string[] = [];
  const names = new Set<string>();
  for (const { what, of } of rowsOf(answers, 'change-text')) {
    const why = of('change-why') ?? '';
    const spoken = (of('change-step') ?? '').trim().toUpperCase().replace(/\s+/g, ' ');
    const found = runbooks
      .flatMap((runbook) => runbook.steps.map((step) => ({ runbook, step })))
      .find(({ runbook, step }) => `${runbook.code} ${step.number}`.toUpperCase() === spoken);
    const reference = found && stepReference(found.runbook.id, found.step.id);
    const digest = reference && digestOf(reference);
    if (!found || !digest || why === '') {
      unclear.push(text.wish(spoken, what, why));
      continue;
    }
    const id = distinct(idOf(what, 'step'), names);
    changes.push({
      id,
      do: 'insert',
      of: reference,
      place: 'after',
      digest,
      text: stepText(id, found.step.roles[0] ?? '', what),
      why,
    });
  }
  return { changes, unclear };
}

/** A step as the file has it. What Markdown would take for code of a page is kept as text. */
function stepText(id: string, role: string, words: string): string {
  return `<Step id="${id}"${role ? ` role="${role}"` : ''}>\n${words.replace(/[{}<>]/g, '\\$&')}\n</Step>\n`;
}

/** Rows that have a certain answer, with the other answers of each. */
function rowsOf(answers: readonly Answer[], part: LessonPart) {
  return answers
    .filter((answer) => answer.part === part)
    .map(({ row, value }) => ({
      what: value.trim(),
      of: (other: LessonPart) =>
        answers.find((answer) => answer.part === other && answer.row === row)?.value.trim() || undefined,
    }));
}

function distinct(id: string, names: Set<string>): string {
  let name = id;
  for (let count = 2; names.has(name); count += 1) name = `${id}-${count}`;
  names.add(name);
  return name;
}

const linesOf = (value: string) =>
  value
    .split('\n')
    .map((line) => line.replace(/^\s*[-*•]\s+/, '').trim())
    .filter(Boolean);

const listed = <T>(list: readonly T[]): T[] | undefined => (list.length > 0 ? [...list] : undefined);

/** An object without what is undefined; undefined where nothing is left. */
function filled<T extends object>(object: T): { [K in keyof T]: NonNullable<T[K]> } | undefined {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? (Object.fromEntries(entries) as { [K in keyof T]: NonNullable<T[K]> }) : undefined;
}
