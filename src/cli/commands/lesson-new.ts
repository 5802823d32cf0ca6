import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { compile } from '../../compile/index.ts';
import { textDigest } from '../../compile/text-digest.ts';
import { identifyingIn } from '../../model/identifying.ts';
import { stateOf } from '../../model/incident/state.ts';
import { blankLesson, idOf, lessonFrom, pointOf, pointsAsked } from '../../model/lesson-draft.ts';
import { type LessonText, lessonText } from '../../model/lesson-text.ts';
import { nearestName } from '../../model/nearest-name.ts';
import { hostsOf } from '../../model/own-hosts.ts';
import { documentOf, documentsOf, type Plan } from '../../model/plan.ts';
import type { IncidentRecord, LessonData } from '../../model/schema-types.ts';
import { exerciseOf, incidentPlan, stepsOf } from '../../site/incident-files.ts';
import { incidentForms } from '../../site/incident-forms.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';
import { recordIn } from '../record-file.ts';
import { writeAtomically } from '../write-atomically.ts';

/** Begins a lesson: from a record, from answers, or blank. */
export const lessonNew: Command = {
  name: 'lesson new',
  summary: 'Begin a lesson: from the record of an incident or exercise, or by answering its questions',
  usage: '[name]',
  options: { from: { type: 'string' }, ...contentOption },
  help: { from: 'record that the site saved (JSON): fills timeline, lengths and points', ...contentHelp },
  examples: ['firebreak lesson new', 'firebreak lesson new authority-to-isolate --from incident.json'],
  async run(outside, values, [given, ...others]) {
    if (others.length > 0) throw new CannotRun('One name is enough: firebreak lesson new <name>.');
    const folder = await planFolder(outside, values['content']);
    const { plan } = await compile(folder.root, outside.now);
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const text = lessonText(plan.settings.language);
    const today = outside.now.toISOString().slice(0, 10);
    const from = values['from'];
    const data =
      typeof from === 'string'
        ? lessonOf(plan, await recordIn(resolve(outside.cwd, from), from), text, today)
        : outside.ask
          ? await asked(outside, outside.ask, plan, text, today)
          : blankLesson(today, text);
    const name = given ?? (await outside.ask?.(text.askName))?.trim() ?? '';
    const id = name || idOf(pointOf(data), 'lesson');
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) throw new CannotRun(`"${id}" is no name for a file. ${text.nameFault}.`);
    const path = `lessons/${id}.yaml`;
    if (documentOf(plan, 'lesson', id) || existsSync(join(folder.root, path)))
      throw new CannotRun(`There is a lesson "${id}" already; it is left as it is. Choose another name.`);
    const written = stringify(data, { lineWidth: 110 });
    await writeAtomically(join(folder.root, path), written, undefined);
    outside.stdout.write(`${text.written(folder.prefix + path)}\n`);
    sayFinds(outside, written, plan, text);
    outside.stdout.write(`${text.next(folder.prefix + path)}\n`);
    return 0;
  },
};

function lessonOf(plan: Plan, record: IncidentRecord, text: LessonText, today: string): LessonData {
  const state = stateOf(record);
  const runbooks = state.runbooks.flatMap((id) => {
    const runbook = documentOf(plan, 'runbook', id);
    return runbook ? [stepsOf(plan, runbook)] : [];
  });
  const exercise = state.exercise?.id ? documentOf(plan, 'exercise', state.exercise.id) : undefined;
  return lessonFrom(
    {
      state,
      plan: incidentPlan(plan),
      runbooks,
      forms: incidentForms(plan).forms,
      ...(exercise ? { exercise: exerciseOf(plan, exercise) } : {}),
      digestOf: (reference) => textDigest(plan, reference),
      today,
    },
    text,
  );
}

/** The lesson of whoever answers at the terminal; an empty answer leaves the question open. */
async function asked(
  { stderr }: Outside,
  ask: (question: string) => Promise<string>,
  plan: Plan,
  text: LessonText,
  today: string,
): Promise<LessonData> {
  const blank = blankLesson(today, text);
  const title = (await ask(text.askTitle)).trim();
  const summary = (await ask(text.askSummary)).trim();
  const exercises = documentsOf(plan, 'exercise').map(({ id }) => id);
  let exercise = (await ask(text.askOrigin)).trim();
  while (exercise !== '' && !exercises.includes(exercise)) {
    stderr.write(`${text.noExercise(exercise, nearestName(exercise, exercises), exercises)}\n`);
    exercise = (await ask(text.askOrigin)).trim();
  }
  const lesson: LessonData = {
    ...blank,
    ...(title ? { title } : {}),
    ...(summary ? { summary } : {}),
    ...(exercise ? { from: 'exercise', exercise } : {}),
  };
  for (const name of pointsAsked) {
    const points: string[] = [];
    let question = `${text.askQuestions[name]} ${text.askPoints}\n${text.askPoint}`;
    for (;;) {
      const point = (await ask(question)).trim();
      if (point === '') break;
      points.push(point);
      question = text.askPoint;
    }
    if (points.length > 0) lesson[name] = points;
  }
  return lesson;
}

function sayFinds(outside: Outside, written: string, plan: Plan, text: LessonText): void {
  const found = identifyingIn(
    written.replace(/\bsha256-[0-9a-f]{64}\b/g, (digest) => ' '.repeat(digest.length)),
    hostsOf(plan.settings),
  );
  outside.stdout.write(`${text.finds(found.length)}\n`);
  for (const { what, text: words, offset } of found)
    outside.stdout.write(
      `  ${text.line(written.slice(0, offset).split('\n').length)}: ${words} (${text.findNames[what]})\n`,
    );
}
