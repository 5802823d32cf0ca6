import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Compiled, compile } from '../../compile/index.ts';
import { changeText } from '../../model/change-text.ts';
import type { Document } from '../../model/document.ts';
import { isPending } from '../../model/lesson-changes.ts';
import { keptOut, repositoryMarks } from '../../model/lesson-release.ts';
import { documentsOf, type Plan } from '../../model/plan.ts';
import type { PlanSettings } from '../../model/schema-types.ts';
import type { FileChange, StoppedChange } from '../../proposals/changes.ts';
import { ProposalFailed } from '../../proposals/failure.ts';
import { prepareProposal } from '../../proposals/prepare.ts';
import { committedText, type Place, type Proposal, type Published, publishProposal } from '../../proposals/publish.ts';
import { sentenceOf } from '../../proposals/sentence.ts';
import { CannotRun, type Command, type ExitCode, type Outside } from '../command.ts';
import { differenceOf, lessonAt } from '../lesson-file.ts';
import { contentHelp, contentOption, type PlanFolder, planFolder } from '../plan-folder.ts';
import { replaceFile } from '../write-atomically.ts';

/** Turns a lesson's changes into a pull request. */
export const lessonPropose: Command = {
  name: 'lesson propose',
  summary: 'Propose the changes that a lesson asks for: branch, commit and pull request',
  usage: '<lesson>, or --pending',
  options: {
    'dry-run': { type: 'boolean' },
    pending: { type: 'boolean' },
    remote: { type: 'string' },
    base: { type: 'string' },
    forge: { type: 'string' },
    'released-by': { type: 'string' },
    json: { type: 'boolean' },
    ...contentOption,
  },
  help: {
    'dry-run': 'show the changes, in words and as a difference, and write nothing',
    pending: 'every lesson whose changes are not in the plan yet, each in a pull request of its own, for CI',
    remote: 'name of the git remote; default: origin, or the only one',
    base: "branch that is to be changed; default: the remote's default branch",
    forge: 'github, gitlab, gitea or git; default: what plan.yaml says, or the host',
    'released-by': 'who allows a lesson that is marked above the plan, or under legal hold, to go into its repository',
    json: 'tell the result as JSON',
    ...contentHelp,
  },
  examples: [
    'firebreak lesson propose content/lessons/right-device-first.mdx --dry-run',
    'firebreak lesson propose content/lessons/right-device-first.mdx',
    'firebreak lesson propose --pending',
  ],
  async run(outside, values, [path, ...others]) {
    if ((path === undefined) !== Boolean(values['pending']) || others.length > 0)
      throw new CannotRun('Write: firebreak lesson propose <lesson>, or --pending for all that are not in the plan.');
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    if (!compiled.plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    // With --json the result is told once, at the end.
    const say = values['json'] ? () => {} : (words: string) => outside.stdout.write(`${words}\n`);
    const work: Work = { outside, say, values, folder, compiled, plan: compiled.plan };
    const outcomes = path === undefined ? await proposePending(work) : [await proposeOne(work, path)];
    if (values['json'])
      outside.stdout.write(`${JSON.stringify({ lessons: outcomes.map(({ code: _, ...told }) => told) }, null, 2)}\n`);
    return Math.max(0, ...outcomes.map(({ code }) => code)) as ExitCode;
  },
};

/** What a run of the command works with. */
interface Work {
  outside: Outside;
  /** Tells people a line of the result. */
  say: (words: string) => unknown;
  values: Record<string, string | boolean | undefined>;
  folder: PlanFolder;
  compiled: Compiled;
  plan: Plan;
}

/** What became of one lesson. */
interface Outcome {
  code: ExitCode;
  /** Path of the lesson. */
  lesson: string;
  state: Published['state'] | 'faulty' | 'stopped' | 'no-changes' | 'applied-before' | 'not-written' | 'failed';
  /** Of the pull request. */
  title?: string;
  /** The changes, in words. */
  changes?: { id: string; sentence: string; already: boolean }[];
  /** What they change. */
  files?: string[];
  /** Why nothing was changed; `digest` is that of today's text, where the plan has moved on. */
  stopped?: { id: string; reason: string; file?: string; digest?: string }[];
  branch?: string;
  /** What to open in a browser next. */
  address?: string;
  /** File that is to be sent to whoever takes it in. */
  patch?: string;
  notes?: readonly string[];
  failure?: { reason?: string; message: string; next?: readonly string[] };
}

/** Each lesson for itself: one that cannot be proposed keeps no other back. */
async function proposePending(work: Work): Promise<Outcome[]> {
  const { outside, say, folder, plan } = work;
  const text = changeText(plan.settings.language).terminal;
  const pending = documentsOf(plan, 'lesson').filter(isPending);
  if (pending.length === 0) say(text.pendingNone);
  const outcomes: Outcome[] = [];
  for (const { path } of pending) {
    const lesson = folder.prefix + path;
    say(text.pendingOf(lesson));
    const outcome = await proposeOne(work, join(folder.root, path)).catch((reason): Outcome => {
      if (!(reason instanceof CannotRun)) throw reason;
      outside.stderr.write(`${lesson}: ${reason.message}\n`);
      return { code: 2, lesson, state: 'failed', failure: { message: reason.message } };
    });
    outcomes.push(outcome);
  }
  return outcomes;
}

async function proposeOne(work: Work, path: string): Promise<Outcome> {
  const { outside, say, values, folder, compiled, plan } = work;
  const text = changeText(plan.settings.language).terminal;
  const lesson = lessonAt(compiled, folder, outside, path);
  if (!lesson) return { code: 1, lesson: path, state: 'faulty' };
  const about = { code: 0, lesson: folder.prefix + lesson.path } as const;
  requireRelease(lesson, plan, values['released-by']);
  const proposal = prepareProposal(compiled, lesson, outside.now, await repositoryOf(folder, plan));
  const { stopped, applied, before, files } = proposal.result;
  if (stopped.length > 0) {
    outside.stderr.write(`${text.stopped(new Set(stopped.map(({ change }) => change)).size)}\n\n`);
    for (const one of stopped) outside.stderr.write(`${stoppedInWords(one, plan, folder)}\n`);
    return { ...about, code: 1, state: 'stopped', stopped: stopped.map((one) => stoppedAsData(one, folder)) };
  }
  if (applied.length === 0 || files.length === 0) {
    say(before.length > 0 ? text.applied : text.nothing);
    return { ...about, state: before.length > 0 ? 'applied-before' : 'no-changes' };
  }
  say(`${proposal.title}\n\n${proposal.body}`);
  for (const { change } of applied.filter(({ already }) => already)) say(`${change.id} ${text.already}`);
  for (const file of files) say(differenceOf(file, folder));
  const told = {
    ...about,
    title: proposal.title,
    changes: applied.map(({ change, already }) => ({ id: change.id, sentence: sentenceOf(change, plan), already })),
    files: files.map((file) => folder.prefix + file.path),
  };
  if (values['dry-run']) {
    say(text.dryRun);
    return { ...told, state: 'not-written' };
  }
  const place: Place = {
    repository: folder.root,
    ...placeOf(lesson, values),
    settings: plan.settings.repository,
    env: { ...outside.env },
    signal: outside.signal,
    interactive: outside.ask !== undefined,
  };
  const by = released(values['released-by']);
  const published = await publish(work, place, lesson, {
    files,
    message: `${proposal.title}\n\n${text.commit(folder.prefix + lesson.path)}\n${by}`,
    title: proposal.title,
    body: proposal.body + by,
    // What people declined is not asked again by a program that runs on each push; a person may.
    reopen: !values['pending'],
  });
  return { ...told, ...published };
}

const forgeKinds = ['github', 'gitlab', 'gitea', 'git'] as const;

function placeOf(lesson: Document<'lesson'>, values: Record<string, string | boolean | undefined>) {
  const named = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const forge = forgeKinds.find((kind) => kind === values['forge']);
  if (values['forge'] !== undefined && !forge)
    throw new CannotRun(`There is no forge "${values['forge']}". Known are ${forgeKinds.join(', ')}.`);
  return { branch: `lesson/${lesson.id}`, base: named('base'), remote: named('remote'), forge };
}

/** Who released a lesson that is marked above the plan, for those who read the history. */
function released(by: string | boolean | undefined): string {
  return typeof by === 'string' ? `\nReleased-by: ${by}\n` : '';
}

/** What fewer may read than the repository, or what counsel holds, does not go there, unless somebody answers for it. */
function requireRelease({ data }: Document<'lesson'>, { settings }: Plan, by: string | boolean | undefined): void {
  const out = keptOut(data, repositoryMarks(settings));
  if (!out || typeof by === 'string') return;
  throw new CannotRun(
    out.why === 'hold'
      ? 'The lesson was made of a record under legal hold: nothing of it goes into a repository. Counsel may release it: name who does with --released-by.'
      : `The lesson is marked ${out.mark} and the plan ${out.of}: whoever reads the plan's repository could read it. ` +
          'Take out what makes it so and mark it lower, keep it apart, or name who releases it with --released-by.',
  );
}

async function publish(
  { outside, say, plan }: Work,
  place: Place,
  lesson: Document<'lesson'>,
  { files, ...words }: Pick<Proposal, 'message' | 'title' | 'body' | 'reopen'> & { files: readonly FileChange[] },
): Promise<Pick<Outcome, 'code' | 'state' | 'branch' | 'address' | 'patch' | 'notes' | 'failure'>> {
  const text = changeText(plan.settings.language).terminal;
  try {
    // The lesson comes with its changes: it need not be committed yet, and what was committed must not have moved on.
    const committed = await committedText(place, lesson.path);
    const proposal = {
      ...place,
      ...words,
      files: files.map(({ path, after }) => ({ path, text: after })),
      expected: new Map(files.map(({ path, before }) => [path, path === lesson.path ? committed : before])),
    };
    const { state, branch, address, patch, notes } = await publishProposal(proposal);
    // Where no forge is known, there is no page to open.
    const said = state === 'pushed' && !address ? 'pushedOnly' : state;
    say(text.published[said](branch));
    for (const note of notes) say(note);
    if (address) say(address);
    const told = { code: 0, state, branch, notes, ...(address ? { address } : {}) } as const;
    if (!patch) return told;
    const name = `${branch.replaceAll('/', '-')}.patch`;
    await replaceFile(resolve(outside.cwd, name), patch);
    say(text.patch(name));
    return { ...told, patch: name };
  } catch (fault) {
    if (!(fault instanceof ProposalFailed)) throw fault;
    const { reason, message, next, branch, changed } = fault;
    outside.stderr.write(`firebreak lesson propose: ${message}\n`);
    for (const step of next) outside.stderr.write(`  - ${step}\n`);
    if (branch) outside.stderr.write(`${text.branchStays(branch)}\n`);
    const failure = { reason, message, next };
    return { code: changed.length > 0 ? 1 : 2, state: 'failed', failure, ...(branch ? { branch } : {}) };
  }
}

function stoppedAsData({ change, reason, diagnostic, stale }: StoppedChange, { prefix }: PlanFolder) {
  return {
    id: change.id,
    reason,
    ...(diagnostic ? { file: `${prefix}${diagnostic.file}:${diagnostic.line ?? 1}` } : {}),
    ...(stale ? { digest: stale.digest } : {}),
  };
}

function stoppedInWords({ change, reason, diagnostic, stale }: StoppedChange, plan: Plan, folder: PlanFolder): string {
  const text = changeText(plan.settings.language).terminal;
  const lines = [`${change.id}: ${sentenceOf(change, plan)}`, `  ${reason}`];
  if (diagnostic)
    lines.push(
      `  in ${folder.prefix}${diagnostic.file}:${diagnostic.line ?? 1} (${diagnostic.ruleId})`,
      `  ${diagnostic.note}`,
    );
  if (stale) {
    lines.push('', `  ${text.today}`, '', indented(stale.today), '');
    if (stale.wanted !== '') lines.push(`  ${text.wanted}`, '', indented(stale.wanted), '');
    lines.push(`  ${text.rebase(stale.digest)}`);
  }
  return `${lines.join('\n')}\n`;
}

const indented = (text: string) => text.replace(/^(?=.)/gm, '    ');

// Where each forge looks for the file; the first that is there counts. Gitea's holds regular expressions, and Gitea asks
// its reviewers by itself (https://docs.gitea.com/usage/repository/code-owners).
const codeOwnersPaths: Record<NonNullable<NonNullable<PlanSettings['repository']>['forge']>, readonly string[]> = {
  github: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'],
  gitlab: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
  gitea: [],
  git: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'],
};

/** What the folders say of the repository: where the plan lies in it, and who owns which file. */
async function repositoryOf(
  { root, prefix: shown }: PlanFolder,
  { settings }: Plan,
): Promise<{ prefix: string; codeOwnersFile?: string }> {
  let top = root;
  while (!existsSync(join(top, '.git')) && dirname(top) !== top) top = dirname(top);
  if (!existsSync(join(top, '.git'))) return { prefix: shown };
  const path = relative(top, root).split(sep).join('/');
  const prefix = path === '' ? '' : `${path}/`;
  const found = codeOwnersPaths[settings.repository?.forge ?? 'git']
    .map((name) => join(top, name))
    .find((name) => existsSync(name));
  return { prefix, ...(found === undefined ? {} : { codeOwnersFile: await readFile(found, 'utf8') }) };
}
