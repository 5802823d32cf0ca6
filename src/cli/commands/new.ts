import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answers,
  type Blank,
  blankNamed,
  blanksOf,
  CannotDraft,
  choicesOf,
  draftOf,
  guessFor,
  isIdentifier,
  nameOf,
  readAnswer,
  type Scalars,
} from '../../compile/draft.ts';
import { newErrors, recompiled, textOf } from '../../compile/edited.ts';
import { idsOf, listedInLock } from '../../compile/ids.ts';
import { type Compiled, compile } from '../../compile/index.ts';
import { kinds } from '../../kinds/index.ts';
import type { KindDefinition } from '../../kinds/kind.ts';
import { idOf } from '../../model/lesson-draft.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { Plan } from '../../model/plan.ts';
import { CannotRun, type Command, type ExitCode, type Outside } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';
import { writeAtomically } from '../write-atomically.ts';

/** Begins a document. */
export const newDocument: Command = {
  name: 'new',
  summary: 'Begin a document: a draft with ids, in which whatever is open says TODO',
  usage: '<kind> [title]',
  options: {
    set: { type: 'string', multiple: true },
    id: { type: 'string' },
    yes: { type: 'boolean', short: 'y' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    ...contentOption,
  },
  help: {
    set: 'a property and its value: owner=analyst, channels.kind=phone; a list takes several',
    id: 'name of the file and of the document; default: made of the title',
    yes: 'ask nothing; what is not set says TODO',
    'dry-run': 'print the draft and write nothing',
    json: 'tell the result as JSON',
    ...contentHelp,
  },
  examples: [
    'firebreak new runbook "Lost device"',
    'firebreak new contact Insurer --set channels.kind=phone --set channels.value="+1 202 555 0100"',
    'firebreak new technique T1566.001 --yes',
  ],
  async run(outside, values, [name, ...words]) {
    const kind = kindNamed(name);
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    const { plan } = compiled;
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const named = nameAndTitle(kind, words, values['id'] as string | undefined);
    const answers = await withCannotRun(async () => {
      const given = setAnswers(kind, plan, (values['set'] as unknown as string[] | undefined) ?? [], named.title);
      return values['yes'] || !outside.ask ? given : asked(outside, outside.ask, kind, plan, given);
    });
    if (!answers.has('/title') && !named.id)
      throw new CannotRun(`Say how it is called: firebreak new ${kind.name} "Title".`);
    const id = named.id ?? idOf(String(answers.get('/title')), kind.name);
    const path = freePath(kind, id, plan, folder.root, folder.prefix);
    const draft = await withCannotRun(async () => draftOf(kind, plan, answers));
    const lock = withIds(compiled, path, draft.text, outside.now);
    if ('errors' in lock) return tellErrors(outside, lock.errors);
    if (!values['dry-run']) {
      await writeAtomically(join(folder.root, path), draft.text, undefined);
      if (lock.text !== undefined) await writeAtomically(join(folder.root, 'ids.lock'), lock.text, lock.before);
    }
    const result = {
      path: folder.prefix + path,
      reference: `${kind.name}:${id}`,
      open: draft.open,
      written: !values['dry-run'],
    };
    outside.stdout.write(
      values['json'] ? `${JSON.stringify({ ...result, text: draft.text }, null, 2)}\n` : told(result, draft.text),
    );
    return 0;
  },
};

function kindNamed(name: string | undefined): KindDefinition {
  const known = [...kinds.keys()];
  const kind = name === undefined ? undefined : kinds.get(name);
  if (kind) return kind;
  if (name === undefined) throw new CannotRun(`Say what is to be begun: ${known.join(', ')}.`);
  const meant = nearestName(name, known);
  throw new CannotRun(
    `There is no kind "${name}". ${meant ? `Did you mean "${meant}"?` : `There are ${known.join(', ')}.`}`,
  );
}

/** Where somebody else gives the ids, as ATT&CK does to techniques, the id is given and not made of the title. */
function nameAndTitle({ idForm, name }: KindDefinition, words: readonly string[], given: string | undefined) {
  const [first = '', ...rest] = words.join(' ').split(' ');
  const isId = idForm?.test(first) ?? false;
  const id = given ?? (isId ? first : undefined);
  const title = (isId ? rest : words).join(' ').trim();
  if (idForm && id === undefined) throw new CannotRun(`Say which ${name}: firebreak new ${name} T1486.`);
  if (id !== undefined && !(idForm ?? /^[a-z0-9]+(-[a-z0-9]+)*$/).test(id))
    throw new CannotRun(`"${id}" cannot be the id of a ${name}: lower-case letters, digits and single hyphens.`);
  return { id, title: title || undefined };
}

async function withCannotRun<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (reason) {
    if (reason instanceof CannotDraft) throw new CannotRun(reason.message);
    throw reason;
  }
}

function setAnswers(kind: KindDefinition, plan: Plan, settings: readonly string[], title?: string): Answers {
  const answers = new Map<string, Scalars | Scalars[]>();
  if (title !== undefined) answers.set('/title', title);
  for (const setting of settings) {
    const [, name, text] = /^([^=]+)=([\s\S]*)$/.exec(setting) ?? [];
    if (name === undefined || text === undefined)
      throw new CannotDraft(`"--set ${setting}" sets nothing. Write a name, "=" and a value: --set owner=analyst.`);
    const blank = blankNamed(kind.name, name);
    const value = readAnswer(blank, plan, text);
    const before = answers.get(blank.pointer);
    answers.set(blank.pointer, blank.list ? [...(Array.isArray(before) ? before : []), value] : value);
  }
  return answers;
}

/** Asks for what the schema requires and nobody has said yet. An empty answer leaves it open. */
async function asked(
  { stderr }: Outside,
  ask: (question: string) => Promise<string>,
  kind: KindDefinition,
  plan: Plan,
  given: Answers,
): Promise<Answers> {
  const answers = new Map(given);
  for (const blank of blanksOf(kind.name)) {
    if (answers.has(blank.pointer) || blank.pointer === '/status' || isIdentifier(blank)) continue;
    const entries = [];
    let question = questionOf(blank, kind, plan, String(answers.get('/title') ?? ''));
    for (;;) {
      const answer = (await ask(question)).trim();
      if (answer === '') break;
      try {
        entries.push(readAnswer(blank, plan, answer));
      } catch (reason) {
        if (!(reason instanceof CannotDraft)) throw reason;
        stderr.write(`  ${reason.message}\n`);
        question = '  > ';
        continue;
      }
      if (!blank.list) break;
      question = '  one more, or Enter > ';
    }
    if (entries.length > 0) answers.set(blank.pointer, blank.list ? entries : (entries[0] as string));
  }
  return answers;
}

function questionOf(blank: Blank, kind: KindDefinition, plan: Plan, title: string): string {
  const choices = choicesOf(blank, plan);
  const { value } = guessFor(blank, kind.name, plan, title);
  const open = String(value).startsWith('TODO');
  return [
    `\n${nameOf(blank.pointer)}: ${String(blank.schema['description'] ?? '')}`,
    ...(choices ? [`  one of ${choices.slice(0, 20).join(', ')}${choices.length > 20 ? ' …' : ''}`] : []),
    `  ${open ? 'Enter leaves it open' : `Enter for ${value}`} > `,
  ].join('\n');
}

function freePath(kind: KindDefinition, id: string, plan: Plan, root: string, prefix: string): string {
  const taken = kind.endings
    .map((ending) => `${kind.folder}/${id}${ending}`)
    .find((path) => existsSync(join(root, path)));
  if (taken !== undefined || plan.documents.has(`${kind.name}:${id}`))
    throw new CannotRun(
      `${prefix}${taken ?? id} exists already and is left as it is. Choose another title, or an id with --id.`,
    );
  return `${kind.folder}/${id}${kind.endings[0]}`;
}

/** The list of ids with those of the draft in it; or what the draft would put wrong. */
function withIds(compiled: Compiled, path: string, text: string, now: Date) {
  const changed = recompiled(compiled, new Map([[path, text]]), now);
  const errors = newErrors(compiled, changed);
  if (errors.length > 0) return { errors };
  const before = textOf(compiled, 'ids.lock');
  const ids = changed.plan ? [...idsOf(changed.plan)] : [];
  const own = [...(changed.plan?.documents.entries() ?? [])].find(([, document]) => document.path === path)?.[0] ?? '';
  const listed = listedInLock(
    before ?? '',
    before === undefined ? ids : ids.filter((id) => id === own || id.startsWith(`${own}#`)),
  );
  return { text: listed, before };
}

function tellErrors({ stderr }: Outside, errors: ReturnType<typeof newErrors>): ExitCode {
  for (const { reason, note } of errors) stderr.write(`error ${reason}\n  help: ${note}\n`);
  stderr.write('Nothing was written.\n');
  return 1;
}

function told({ path, open, written }: { path: string; open: string[]; written: boolean }, text: string): string {
  if (!written) return `${text}\nNothing was written (--dry-run); it would be ${path}.\n`;
  const rest = open.length > 0 ? `Still open, marked TODO: ${open.join(', ')}.\n` : '';
  return `Began ${path}, a draft.\n${rest}`;
}
