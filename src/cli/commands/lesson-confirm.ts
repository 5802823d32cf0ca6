import { join, resolve } from 'node:path';
import { type Compiled, compile } from '../../compile/index.ts';
import { appliedChanges, nameOfChange } from '../../history/applied-changes.ts';
import { Git } from '../../history/git.ts';
import { readHistory } from '../../history/read-history.ts';
import { changeText } from '../../model/change-text.ts';
import type { Document } from '../../model/document.ts';
import { nearestName } from '../../model/nearest-name.ts';
import { documentOf, type Plan, resolve as placeNamed } from '../../model/plan.ts';
import type { Change, Confirmation } from '../../model/schema-types.ts';
import {
  confirmedLesson,
  type Evidence,
  evidenceOfExercise,
  evidenceOfRecord,
  followedIn,
  type Shown,
  type StepUse,
  shownOf,
} from '../../proposals/confirm.ts';
import { confirmationIn, sentenceOf } from '../../proposals/sentence.ts';
import { CannotEdit } from '../../proposals/yaml-edit.ts';
import { CannotRun, type Command, type ExitCode, type Outside } from '../command.ts';
import { differenceOf, lessonAt } from '../lesson-file.ts';
import { contentHelp, contentOption, type PlanFolder, planFolder } from '../plan-folder.ts';
import { recordIn } from '../record-file.ts';
import { writeAtomically } from '../write-atomically.ts';

type Values = Record<string, string | boolean | undefined>;

/** Closes the loop: writes into a lesson that its changes were used. */
export const lessonConfirm: Command = {
  name: 'lesson confirm',
  summary: 'Write into a lesson that an incident or exercise has used its changes, as the record shows',
  usage: '<lesson>',
  options: {
    from: { type: 'string' },
    change: { type: 'string' },
    by: { type: 'string' },
    ticket: { type: 'string' },
    note: { type: 'string' },
    on: { type: 'string' },
    'dry-run': { type: 'boolean' },
    ...contentOption,
  },
  help: {
    from: 'record that the site saved (JSON), or an exercise that was held: exercise:ID',
    change: 'id of the one change to confirm; default: all that were used',
    by: 'role that confirms; default: the one that did the step, as the record says',
    ticket: 'number under which the record is kept elsewhere',
    note: 'what was seen, without names',
    on: 'the day on which the exercise was held; default: the last one',
    'dry-run': 'show what would be written, and write nothing',
    ...contentHelp,
  },
  examples: [
    'firebreak lesson confirm right-device-first --from exercise.json --dry-run',
    'firebreak lesson confirm content/lessons/right-device-first.mdx --from incident.json --ticket INC-2026-014',
    'firebreak lesson confirm right-device-first --from exercise:lost-laptop-drill --by help-desk',
  ],
  async run(outside, values, [named, ...others]) {
    const from = values['from'];
    if (named === undefined || others.length > 0 || typeof from !== 'string')
      throw new CannotRun('Write: firebreak lesson confirm <lesson> --from <record.json, or exercise:ID>.');
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    const { plan } = compiled;
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const lesson = lessonAt(compiled, folder, outside, named);
    if (!lesson) return 1;
    const by = roleNamed(plan, values['by']);
    const evidence = await evidenceIn(plan, outside, from, values['on']);
    const shown = await shownIn(lesson, changesMeant(lesson, values['change']), evidence, plan, folder, outside);
    const confirmations = new Map(
      shown.flatMap((one) =>
        'use' in one ? [[one.change, confirmationOf(one.use, evidence, plan, values, by)] as const] : [],
      ),
    );
    tell(shown, confirmations, evidence, plan, outside);
    if (confirmations.size === 0)
      return shown.every((one) => 'unshown' in one && one.unshown === 'confirmed-before') ? 0 : 1;
    return write(compiled, lesson, confirmations, folder, outside, Boolean(values['dry-run']));
  },
};

function roleNamed(plan: Plan, by: Values[string]): string | undefined {
  if (typeof by !== 'string' || documentOf(plan, 'role', by)) return by as string | undefined;
  throw new CannotRun(`The plan has no role "${by}".`);
}

function changesMeant({ id, data: { changes = [] } }: Document<'lesson'>, named: Values[string]): Change[] {
  if (changes.length === 0) throw new CannotRun(`The lesson ${id} asks for no change.`);
  if (typeof named !== 'string') return changes;
  const ids = changes.map((change) => change.id);
  const found = changes.filter((change) => change.id === named);
  if (found.length > 0) return found;
  const meant = nearestName(named, ids);
  throw new CannotRun(
    `The lesson ${id} has no change "${named}".${meant ? ` Did you mean "${meant}"?` : ` It has ${ids.join(', ')}.`}`,
  );
}

async function evidenceIn(plan: Plan, { cwd }: Outside, from: string, on: Values[string]): Promise<Evidence> {
  const [, id] = /^exercise:(.+)$/.exec(from) ?? [];
  if (id === undefined) return evidenceOfRecord(await recordIn(resolve(cwd, from), from), plan);
  const exercise = documentOf(plan, 'exercise', id);
  if (!exercise) throw new CannotRun(`The plan has no exercise "${id}".`);
  const found = evidenceOfExercise(exercise, typeof on === 'string' ? on : undefined);
  if (found) return found;
  throw new CannotRun(
    typeof on === 'string'
      ? `The exercise ${id} does not say that it was held on ${on}.`
      : `The exercise ${id} does not say that it was held: write the day under "held" first.`,
  );
}

async function shownIn(
  lesson: Document<'lesson'>,
  changes: readonly Change[],
  evidence: Evidence,
  plan: Plan,
  { root }: PlanFolder,
  { env, now, signal }: Outside,
): Promise<Shown[]> {
  const history = await readHistory(plan, root);
  const applied = appliedChanges(plan, history);
  const git = new Git({ folder: root, env: { ...env }, signal });
  const since = ({ id }: Change) => applied.get(nameOfChange(lesson.id, id));
  return shownOf(changes, evidence, plan, since, followedIn(plan, history, git, now));
}

/** No name and no host gets from the record into the lesson: a day, a role, an id, and what is typed now. */
function confirmationOf(
  use: StepUse,
  { in: kind, exercise }: Evidence,
  plan: Plan,
  { ticket, note }: Values,
  given: string | undefined,
): Confirmation {
  const by = given ?? use.role ?? roleOf(plan, use.ref);
  if (by === undefined) throw new CannotRun('The record does not say which role did it: --by ROLE.');
  return {
    on: use.on,
    by,
    ...(exercise ? { exercise } : { in: kind }),
    ...(typeof ticket === 'string' ? { ticket } : {}),
    ...(typeof note === 'string' ? { note } : {}),
  };
}

/** The role that a step is for. */
function roleOf(plan: Plan, ref: string): string | undefined {
  const block = placeNamed(plan, ref)?.step?.block;
  const { role, decider, action } = (block?.attributes ?? {}) as { role?: string; decider?: string; action?: string };
  return role ?? decider ?? (action ? documentOf(plan, 'action', action)?.data.role : undefined);
}

function tell(
  shown: readonly Shown[],
  confirmations: ReadonlyMap<Change, Confirmation>,
  evidence: Evidence,
  plan: Plan,
  { stdout }: Outside,
): void {
  const words = changeText(plan.settings.language).terminal.confirm;
  for (const one of shown) {
    stdout.write(`${one.change.id}: ${sentenceOf(one.change, plan)}\n`);
    const confirmation = confirmations.get(one.change);
    if ('unshown' in one || !confirmation) {
      if ('unshown' in one) stdout.write(`  ${words.unshown[one.unshown]}\n`);
      continue;
    }
    stdout.write(`  ${confirmationIn(plan, confirmation)}\n`);
    if (!evidence.namesVersions) stdout.write(`  ${words.byDay}\n`);
    if (one.changedSince) stdout.write(`  ${words.changedSince}\n`);
    if (one.use.verdict === 'late') stdout.write(`  ${words.late}\n`);
    if (one.use.noted > 0) stdout.write(`  ${words.noted(one.use.noted)}\n`);
  }
}

async function write(
  compiled: Compiled,
  lesson: Document<'lesson'>,
  confirmations: ReadonlyMap<Change, Confirmation>,
  folder: PlanFolder,
  { stdout, now }: Outside,
  isDry: boolean,
): Promise<ExitCode> {
  const text = changeText(compiled.plan?.settings.language).terminal;
  const change = (() => {
    try {
      return confirmedLesson(compiled, lesson, confirmations, now);
    } catch (reason) {
      if (reason instanceof CannotEdit) throw new CannotRun(`${reason.message} Nothing was written.`);
      throw reason;
    }
  })();
  stdout.write(`\n${differenceOf(change, folder)}\n`);
  if (isDry) {
    stdout.write(`${text.dryRun}\n`);
    return 0;
  }
  await writeAtomically(join(folder.root, change.path), change.after, change.before);
  stdout.write(`${text.confirm.written(folder.prefix + change.path, confirmations.size)}\n`);
  return 0;
}
