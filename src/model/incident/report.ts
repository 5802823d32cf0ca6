/** The record in words: its timeline as rows, as Markdown and as CSV. */

import { csvFile } from '../csv.ts';
import { parseReference } from '../reference.ts';
import type { IncidentEntry, IndicatorType } from '../schema-types.ts';
import { correctionOf } from './correction.ts';
import { type IncidentForms, type WrittenWords, writtenWords } from './forms.ts';
import { defangedTarget } from './indicators.ts';
import type { IncidentText } from './interface-text.ts';
import { type EntryOf, instantOf, utcOf } from './record.ts';
import type { RecordText } from './record-text.ts';
import type { IncidentState } from './state.ts';
import { type IncidentPlan, type RunbookSteps, stepReference } from './steps.ts';

/** What ids are called; an id that the plan does not know any more stands for itself. */
export interface Names {
  role: (id: string) => string;
  priority: (id: string) => string;
  /** `RW 14`, and its instruction; of a document its title alone. */
  reference: (reference: string) => { name: string; text: string };
  option: (reference: string, option: string) => string;
  /** An inject of an exercise, by the exercise's reference. */
  inject: (reference: string, inject: string) => string;
  written: (data: Pick<EntryOf<'form-written'>['data'], 'form' | 'field' | 'value'>) => WrittenWords;
}

/** The names of a plan. Steps are those of the runbooks that were loaded, and forms those of the file of forms. */
export function namesOf(
  plan: IncidentPlan,
  runbooks: readonly RunbookSteps[],
  forms: IncidentForms['forms'] = {},
): Names {
  const steps = new Map(
    runbooks.flatMap((runbook) =>
      runbook.steps.map((step) => [stepReference(runbook.id, step.id), { code: runbook.code, step }] as const),
    ),
  );
  return {
    role: (id) => plan.roles.find((role) => role.id === id)?.title ?? id,
    priority: (id) => plan.priorities.find((priority) => priority.id === id)?.name ?? id,
    reference: (reference) => {
      const known = steps.get(reference);
      if (known) return { name: `${known.code} ${known.step.number}`, text: known.step.text };
      const parsed = parseReference(reference);
      const runbook = plan.runbooks.find(({ id }) => parsed?.kind === 'runbook' && parsed.id === id);
      const exercise = plan.exercises.find(({ id }) => parsed?.kind === 'exercise' && parsed.id === id);
      const document = parsed?.step ? undefined : (runbook ?? exercise);
      return { name: document?.title ?? reference, text: '' };
    },
    option: (reference, option) =>
      steps.get(reference)?.step.options?.find(({ id }) => id === option)?.answer ?? option,
    inject: (reference, inject) => {
      const parsed = parseReference(reference);
      const exercise = plan.exercises.find(({ id }) => parsed?.kind === 'exercise' && parsed.id === id);
      return exercise?.injects.find(({ id }) => id === inject)?.title ?? inject;
    },
    written: ({ form, field, value }) => writtenWords(forms, form, field, value),
  };
}

/** What an entry says, in one sentence; the step that it is about stands beside it. */
export function sentenceOf(entry: IncidentEntry, names: Names, text: IncidentText & RecordText): string {
  const words = text.entry;
  switch (entry.type) {
    case 'incident-started':
      return words[entry.data.exercise ? 'exercise-started' : 'incident-started'](entry.data.name);
    case 'incident-named':
      return words[entry.type](entry.data.name);
    case 'priority-set':
      return words[entry.type](names.priority(entry.data.priority));
    case 'role-taken':
    case 'role-left':
      return words[entry.type](names.role(entry.data.role));
    case 'step-ticked':
      return words[entry.data.timeUnknown ? 'step-ticked-before' : 'step-ticked'];
    case 'incident-closed':
    case 'incident-reopened':
    case 'hold-placed':
    case 'hold-lifted':
    case 'step-unticked':
    case 'step-skipped':
      return words[entry.type];
    case 'decision-taken':
      return words[entry.type](names.option(entry.ref, entry.data.option));
    case 'exercise-clock':
      return words[entry.type](entry.data.running);
    case 'exercise-ended':
      return words[entry.type](entry.data.why);
    case 'inject-released':
      return words[entry.type](names.inject(entry.ref, entry.data.inject));
    case 'expectation-judged':
      return words[entry.type](text.verdicts[entry.data.verdict], entry.data.note);
    case 'reason-given':
    case 'note':
      return words[entry.type](entry.data.text);
    case 'lesson-noted':
      return text.lesson(entry.data.text);
    case 'corrected':
      return words[entry.type](entry.data.text);
    case 'target-added':
    case 'target-removed':
    case 'target-done':
    case 'target-undone': {
      const { target } = entry.data;
      const { indicator } = entry.data as { indicator?: IndicatorType };
      const value = defangedTarget({ ...target, ...(indicator ? { indicator } : {}) });
      return words[entry.type](`${text.targetKinds[target.kind]} ${value}`);
    }
    case 'fact': {
      const { name, time, text: said } = entry.data;
      const what = [time ? `${utcOf(time)} UTC` : '', said ?? ''].filter(Boolean).join(', ');
      return words[entry.type](text.factNames[name] ?? name, what);
    }
    case 'clock-compared':
      return words[entry.type](text.clockSays(entry.data.ahead, entry.data.with));
    case 'form-written': {
      const { form, place, value } = names.written(entry.data);
      return words[entry.type](form, place, value);
    }
  }
}

/** The timeline as CSV. */
export function csvOf(state: IncidentState, names: Names, text: IncidentText & RecordText): string {
  const rows = state.timeline.map((line) => {
    const { entry } = line;
    const about = aboutOf(entry, names);
    return [
      new Date(instantOf(entry.at)).toISOString(),
      entry.at,
      entry.by,
      sentenceOf(entry, names, text),
      about?.name ?? '',
      about?.text ?? '',
      line.reason ?? '',
      correctionOf(line, text) ?? '',
      entry.type,
      entry.id,
      'digest' in entry ? (entry.digest ?? '') : '',
    ];
  });
  return csvFile([text.csv, ...rows]);
}

/** The timeline as a Markdown document. */
export function markdownOf(state: IncidentState, names: Names, text: IncidentText & RecordText): string {
  const head = [
    `# ${escaped(state.name)}`,
    '',
    ...(state.priority ? [`${text.priority}: ${escaped(names.priority(state.priority.entry.data.priority))}`, ''] : []),
    ...[...state.roles].map(([role, holders]) => `- ${escaped(names.role(role))}: ${escaped(holders.join(', '))}`),
    '',
    `| ${[text.utc, text.by, text.what].join(' | ')} |`,
    '| --- | --- | --- |',
  ];
  const rows = state.timeline.map((line) => {
    const about = aboutOf(line.entry, names);
    const correction = correctionOf(line, text);
    const said = escaped(sentenceOf(line.entry, names, text));
    const what = [
      about ? escaped(leadOf(about)) : '',
      correction ? `~~${said}~~ ${escaped(correction)}` : said,
      line.reason ? `(${escaped(text.reason(line.reason))})` : '',
    ];
    return `| ${utcOf(line.entry.at)} | ${escaped(line.entry.by)} | ${what.filter(Boolean).join(' ')} |`;
  });
  return `${[...head, ...rows].join('\n')}\n`;
}

/** Text that Markdown shows as it was written, on one line. */
function escaped(value: string): string {
  return value.replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&').replace(/\s*\n\s*/g, ' / ');
}

/** What an entry is about, as it stands before what was done: a question as it is; a sentence gives up its full stop. */
export function leadOf({ name, text }: { name: string; text: string }): string {
  const words = [name, text].filter(Boolean).join(' ');
  return words.endsWith('?') ? words : `${words.replace(/[.:]$/, '')}:`;
}

/** The step or document that an entry is about. */
export function aboutOf(entry: IncidentEntry, names: Names): { name: string; text: string } | undefined {
  return 'ref' in entry && entry.ref ? names.reference(entry.ref) : undefined;
}
