import { join } from 'node:path';
import { parse } from 'yaml';
import { newErrors, recompiled, textOf } from '../../compile/edited.ts';
import { type Compiled, compile } from '../../compile/index.ts';
import { validatorOf } from '../../compile/schemas.ts';
import { valueAt } from '../../compile/text-digest.ts';
import { Git } from '../../history/git.ts';
import type { Document } from '../../model/document.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { Plan } from '../../model/plan.ts';
import { reviewStateOf } from '../../model/review.ts';
import { editedData } from '../../proposals/changes.ts';
import { CannotEdit, removeValue, setValue } from '../../proposals/yaml-edit.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';
import { writeTogether } from '../write-atomically.ts';

/** Records that documents were read through, in their front matter and nowhere else. */
export const review: Command = {
  name: 'review',
  summary: 'Record that documents were read through in full, by whom and when',
  usage: '<reference …>',
  progress: 'Reading the plan',
  options: {
    due: { type: 'boolean' },
    by: { type: 'string' },
    on: { type: 'string' },
    note: { type: 'string' },
    yes: { type: 'boolean', short: 'y' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    ...contentOption,
  },
  help: {
    due: 'all documents whose review is due, after showing them',
    by: 'who read them; default: the name that git knows you by',
    on: 'the day, as 2026-11-24; default: today',
    note: 'what came of it, in one sentence',
    yes: 'with --due: record without asking',
    'dry-run': 'say what would be recorded and write nothing',
    json: 'tell the result as JSON',
    ...contentHelp,
  },
  examples: [
    'firebreak review runbook:ransomware',
    'firebreak review role:analyst role:scribe --by "A. Example" --note "Nothing had to change."',
    'firebreak review --due',
  ],
  async run(outside, values, references) {
    if (references.length === 0 && !values['due'])
      throw new CannotRun('Say what was read: firebreak review runbook:ransomware. --due shows what is due.');
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    const { plan } = compiled;
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const today = outside.now.toISOString().slice(0, 10);
    const read = references.length > 0 ? references.map((name) => readable(plan, name)) : dueIn(plan, today);
    const on = dayOf(values['on'] as string | undefined, today);
    const result = { on, reviews: read.map((one) => ({ reference: one.name, ...reviewStateOf(plan, one.document) })) };
    if (values['due'] && references.length === 0) {
      if (!values['json']) outside.stdout.write(dueList(read, plan));
      if (read.length === 0 || !(await confirmed(outside, Boolean(values['yes'] || values['dry-run']), read.length))) {
        if (values['json']) outside.stdout.write(`${JSON.stringify({ ...result, written: false }, null, 2)}\n`);
        else if (read.length > 0) outside.stdout.write('Nothing was written.\n');
        return 0;
      }
    }
    const by = await readerOf(outside, folder.root, values['by'] as string | undefined);
    const texts = new Map(
      read.map(({ path }) => [path, reviewed(compiled, path, on, by, values['note'] as string | undefined)]),
    );
    const [fault] = newErrors(compiled, recompiled(compiled, texts, outside.now));
    if (fault) throw new CannotRun(`The review would put an error into ${fault.file}: ${fault.reason}`);
    const written = !values['dry-run'];
    if (written)
      await writeTogether(
        [...texts].map(([path, after]) => ({ path: join(folder.root, path), before: textOf(compiled, path), after })),
      );
    outside.stdout.write(
      values['json']
        ? `${JSON.stringify({ ...result, by, written }, null, 2)}\n`
        : `${read.map(({ path }) => `${folder.prefix}${path}: reviewed on ${on} by ${by}\n`).join('')}${written ? '' : 'Nothing was written (--dry-run).\n'}`,
    );
    return 0;
  },
};

/** Something that is reviewed: a document, or plan.yaml where there is none. */
interface Readable {
  name: string;
  path: string;
  document?: Document;
}

function readable(plan: Plan, name: string): Readable {
  if (name === 'plan') return { name, path: 'plan.yaml' };
  const document = plan.documents.get(name);
  if (!document) {
    const meant = nearestName(name, ['plan', ...plan.documents.keys()]);
    throw new CannotRun(`The plan has no "${name}", or a fault hides it.${meant ? ` Did you mean "${meant}"?` : ''}`);
  }
  if (!isReviewed(document.kind)) throw new CannotRun(`A ${document.kind} has no review. ${instead(document.kind)}`);
  return { name, path: document.path, document };
}

const isReviewed = (kind: string) => hasProperty(kind, '/review');
const hasProperty = (kind: string, pointer: string) =>
  valueAt(validatorOf(kind).schema, `/properties${pointer}`) !== undefined;

function instead(kind: string): string {
  return hasProperty(kind, '/verifiedOn')
    ? 'Reach it, and write the day as verifiedOn.'
    : 'Its page changes when somebody changes it.';
}

/** What is due, or was never reviewed though the plan asks for it; the longest due first. */
function dueIn(plan: Plan, today: string): Readable[] {
  const all: Readable[] = [
    { name: 'plan', path: 'plan.yaml' },
    ...[...plan.documents]
      .filter(([, { kind, data }]) => isReviewed(kind) && (data as { status?: string }).status !== 'retired')
      .map(([name, document]) => ({ name, path: document.path, document })),
  ];
  const dueOn = ({ document }: Readable) => {
    const { last, every, due } = reviewStateOf(plan, document);
    return every === undefined ? undefined : last === undefined ? '' : due;
  };
  return all
    .flatMap((one) => {
      const due = dueOn(one);
      return due !== undefined && due <= today ? [{ one, due }] : [];
    })
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
    .map(({ one }) => one);
}

function dueList(read: readonly Readable[], plan: Plan): string {
  if (read.length === 0) return 'No review is due.\n';
  const width = Math.max(...read.map(({ name }) => name.length));
  const lines = read.map(({ name, document }) => {
    const { last, due, every } = reviewStateOf(plan, document);
    return `  ${name.padEnd(width)}  ${due ? `due ${due}, last ${last}` : `never reviewed; every ${every}`}`;
  });
  return `${read.length} ${read.length === 1 ? 'review is' : 'reviews are'} due:\n${lines.join('\n')}\n`;
}

async function confirmed({ ask }: Outside, yes: boolean, count: number): Promise<boolean> {
  if (yes) return true;
  if (!ask) return false;
  const answer = await ask(
    `Were ${count === 1 ? 'it' : `all ${count}`} read through in full? Record the review? [y/N] `,
  );
  return /^y(es)?$/i.test(answer.trim());
}

function dayOf(given: string | undefined, today: string): string {
  if (given === undefined) return today;
  const day = new Date(`${given}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(given) || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== given)
    throw new CannotRun(`"${given}" is no day. Write it as ${today}.`);
  if (given > today) throw new CannotRun(`${given} is still to come; a review is recorded when it was done.`);
  return given;
}

async function readerOf({ ask, env }: Outside, folder: string, given: string | undefined): Promise<string> {
  const git = new Git({ folder, env: { ...env } });
  // Without git nobody is known.
  const fromGit = () => git.answer(['config', 'user.name']).catch(() => undefined);
  const by = given?.trim() || (await fromGit()) || (await ask?.('Who read it? '))?.trim();
  if (!by) throw new CannotRun('Say who read it: --by "A. Example".');
  return by;
}

/** The text of a file with the review in it. A note is of one review: that of the one before goes. */
function reviewed(compiled: Compiled, path: string, on: string, by: string, note: string | undefined): string {
  try {
    return editedData(textOf(compiled, path) ?? '', path, (yaml) => {
      const dated = setValue(setValue(yaml, '/review/last', on), '/review/by', by);
      if (note) return setValue(dated, '/review/note', note);
      return valueAt(parse(dated), '/review/note') === undefined ? dated : removeValue(dated, '/review/note');
    });
  } catch (reason) {
    if (reason instanceof CannotEdit) throw new CannotRun(`${path} cannot be edited: ${reason.message}`);
    throw reason;
  }
}
