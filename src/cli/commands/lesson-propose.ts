import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Compiled, compile } from '../../compile/index.ts';
import { type ChangeText, changeText } from '../../model/change-text.ts';
import type { Document } from '../../model/document.ts';
import { isPending } from '../../model/lesson-changes.ts';
import { keptOut, repositoryMarks } from '../../model/lesson-release.ts';
import { documentsOf, type Plan } from '../../model/plan.ts';
import type { PlanSettings } from '../../model/schema-types.ts';
import type { FileChange, StoppedChange } from '../../proposals/changes.ts';
import { ProposalFailed } from '../../proposals/failure.ts';
import { prepareProposal } from '../../proposals/prepare.ts';
import { committedText, type Place, type Proposal, publishProposal } from '../../proposals/publish.ts';
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
    ...contentOption,
  },
  help: {
    'dry-run': 'show the changes, in words and as a difference, and write nothing',
    pending: 'every lesson whose changes are not in the plan yet, each in a pull request of its own, for CI',
    remote: 'name of the git remote; default: origin, or the only one',
    base: "branch that is to be changed; default: the remote's default branch",
    forge: 'github, gitlab, gitea or git; default: what plan.yaml says, or the host',
    'released-by': 'who allows a lesson that is marked above the plan, or under legal hold, to go into its repository',
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
    const work: Work = { outside, values, folder, compiled, plan: compiled.plan };
    return path === undefined ? proposePending(work) : proposeOne(work, path);
  },
};

/** What a run of the command works with. */
interface Work {
  outside: Outside;
  values: Record<string, string | boolean | undefined>;
  folder: PlanFolder;
  compiled: Compiled;
  plan: Plan;
}

/** Each lesson for itself: one that cannot be proposed keeps no other back. */
async function proposePending(work: Work): Promise<ExitCode> {
  const { outside, folder, plan } = work;
  const text = changeText(plan.settings.language).terminal;
  const pending = documentsOf(plan, 'lesson').filter(isPending);
  if (pending.length === 0) outside.stdout.write(`${text.pendingNone}\n`);
  let worst: ExitCode = 0;
  for (const { path } of pending) {
    outside.stdout.write(`${text.pendingOf(folder.prefix + path)}\n`);
    const code = await proposeOne(work, join(folder.root, path)).catch((reason): ExitCode => {
      if (!(reason instanceof CannotRun)) throw reason;
      outside.stderr.write(`${folder.prefix}${path}: ${reason.message}\n`);
      return 2;
    });
    if (code > worst) worst = code;
  }
  return worst;
}

async function proposeOne({ outside, values, folder, compiled, plan }: Work, path: string): Promise<ExitCode> {
  const text = changeText(plan.settings.language).terminal;
  const lesson = lessonAt(compiled, folder, outside, path);
  if (!lesson) return 1;
  requireRelease(lesson, plan, values['released-by']);
  const proposal = prepareProposal(compiled, lesson, outside.now, await repositoryOf(folder, plan));
  const { stopped, applied, before, files } = proposal.result;
  if (stopped.length > 0) {
    outside.stderr.write(`${text.stopped(new Set(stopped.map(({ change }) => change)).size)}\n\n`);
    for (const one of stopped) outside.stderr.write(`${stoppedInWords(one, plan, folder)}\n`);
    return 1;
  }
  if (applied.length === 0 || files.length === 0) {
    outside.stdout.write(`${before.length > 0 ? text.applied : text.nothing}\n`);
    return 0;
  }
  outside.stdout.write(`${proposal.title}\n\n${proposal.body}\n`);
  for (const { change } of applied.filter(({ already }) => already))
    outside.stdout.write(`${change.id} ${text.already}\n`);
  for (const file of files) outside.stdout.write(`${differenceOf(file, folder)}\n`);
  if (values['dry-run']) {
    outside.stdout.write(`${text.dryRun}\n`);
    return 0;
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
  return publish(
    place,
    lesson,
    {
      files,
      message: `${proposal.title}\n\n${text.commit(folder.prefix + lesson.path)}\n${by}`,
      title: proposal.title,
      body: proposal.body + by,
      // What people declined is not asked again by a program that runs on each push; a person may.
      reopen: !values['pending'],
    },
    outside,
    text,
  );
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
  place: Place,
  lesson: Document<'lesson'>,
  { files, ...words }: Pick<Proposal, 'message' | 'title' | 'body' | 'reopen'> & { files: readonly FileChange[] },
  outside: Outside,
  text: ChangeText['terminal'],
): Promise<ExitCode> {
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
    outside.stdout.write(`${text.published[said](branch)}\n`);
    for (const note of notes) outside.stdout.write(`${note}\n`);
    if (address) outside.stdout.write(`${address}\n`);
    if (patch) {
      const name = `${branch.replaceAll('/', '-')}.patch`;
      await replaceFile(resolve(outside.cwd, name), patch);
      outside.stdout.write(`${text.patch(name)}\n`);
    }
    return 0;
  } catch (reason) {
    if (!(reason instanceof ProposalFailed)) throw reason;
    outside.stderr.write(`firebreak lesson propose: ${reason.message}\n`);
    for (const step of reason.next) outside.stderr.write(`  - ${step}\n`);
    if (reason.branch) outside.stderr.write(`${text.branchStays(reason.branch)}\n`);
    return reason.changed.length > 0 ? 1 : 2;
  }
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
