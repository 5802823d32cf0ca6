import { spawn } from 'node:child_process';
import { basename, relative, resolve } from 'node:path';
import { VFile } from 'vfile';
import { openPoints } from '../../audit/adoption.ts';
import { propertySchema } from '../../compile/schemas.ts';
import type { InitAnswers } from '../../model/schema-types.ts';
import { countdown } from '../adoption-report.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import {
  type AnswerName,
  type Answers,
  answerFromText,
  answerNames,
  answersIn,
  completed,
  optionOf,
} from '../plan-repository/answers.ts';
import { deriveContent, type PlanContent } from '../plan-repository/content.ts';
import { repositoryFiles } from '../plan-repository/files.ts';
import { type FirstCommit, firstCommit } from '../plan-repository/first-commit.ts';
import { askForAnswers } from '../plan-repository/questions.ts';
import { enginePackage, readStarter } from '../plan-repository/starter.ts';
import { requireFree, writeRepository } from '../plan-repository/write-repository.ts';

type Values = Record<string, string | boolean | undefined>;

const options = answerNames.map((name) => [optionOf(name), name] as const);

/** Begins the repository of a plan. */
export const init: Command = {
  name: 'init',
  summary: 'Begin a plan of your own: a repository with the runbooks that fit, as drafts to fill in',
  usage: '<folder>',
  options: {
    answers: { type: 'string' },
    yes: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    'no-install': { type: 'boolean' },
    'no-commit': { type: 'boolean' },
    engine: { type: 'string' },
    ...Object.fromEntries(options.map(([option]) => [option, { type: 'string' as const }])),
  },
  help: {
    answers: 'file with answers, YAML or JSON (schemas/answers.schema.json)',
    yes: 'ask nothing: what is usual for answers that are missing',
    'dry-run': 'list every file and write nothing',
    'no-install': 'do not run npm install',
    'no-commit': 'begin no git repository',
    engine: 'what package.json installs as the engine; default: exactly this version',
    ...Object.fromEntries(options.map(([option, name]) => [option, helpFor(name)])),
  },
  examples: [
    'firebreak init my-plan',
    'firebreak init my-plan --yes --organisation "Example Clinic" --sector health --forge github',
    'firebreak init my-plan --answers answers.yaml --dry-run',
  ],
  async run(outside, values, [shown, ...others]) {
    if (shown === undefined || others.length > 0)
      throw new CannotRun('Name the folder to begin the plan in, and nothing else: firebreak init my-plan.');
    const folder = resolve(outside.cwd, shown);
    await requireFree(folder, shown);
    const given = await givenAnswers(outside, values);
    const starter = await readStarter(outside.now);
    const answers = completed(await allAnswers(outside, values, given, starter), starter.choices);
    outside.stderr.write('Choosing from the starter plan …\n');
    const content = deriveContent(starter, answers, outside.now);
    const files = await allFiles(basename(folder), answers, content, values['engine']);
    if (values['dry-run']) {
      outside.stdout.write(
        `${[...files.keys()].sort().join('\n')}\n\n${files.size} files; nothing was written (--dry-run).\n`,
      );
      return 0;
    }
    await writeRepository(folder, files);
    outside.stdout.write(`${files.size} files written to ${shown}: ${summaryOf(content)}.\n`);
    const installed = values['no-install'] ? 'not asked' : await install(outside, folder);
    const commit = values['no-commit'] ? undefined : await firstCommit(folder, answers.branch, { ...outside.env });
    outside.stdout.write(nextSteps({ outside, folder, answers, content, installed, commit }));
    return 0;
  },
};

function helpFor(name: AnswerName): string {
  const schema = propertySchema('answers', name) ?? {};
  const [sentence = ''] = String(schema['description']).split(/\.(?= |$)/);
  const values = (schema['enum'] ?? schema['items']?.enum) as string[] | undefined;
  return values ? `${sentence}: ${values.join(', ')}` : sentence;
}

/** Answers from the file and the options; an option goes before the file. */
async function givenAnswers(outside: Outside, values: Values): Promise<InitAnswers> {
  const file = values['answers'];
  let answers = typeof file === 'string' ? await answersIn(resolve(outside.cwd, file), file) : {};
  for (const [option, name] of options) {
    const text = values[option];
    if (typeof text === 'string') answers = { ...answers, ...answerFromText(name, text) };
  }
  return answers;
}

/** Asks for the rest at a terminal; elsewhere somebody must have said that what is usual will do. */
async function allAnswers(
  outside: Outside,
  values: Values,
  given: InitAnswers,
  { choices }: Awaited<ReturnType<typeof readStarter>>,
): Promise<InitAnswers> {
  if (values['yes'] || typeof values['answers'] === 'string') return given;
  if (outside.ask) return askForAnswers(outside, outside.ask, given, choices);
  throw new CannotRun(
    'There is no terminal to ask at. Give the answers in a file (--answers answers.yaml), or take what is usual for those that no option gives (--yes). Nothing was written.',
  );
}

async function allFiles(
  name: string,
  answers: Answers,
  content: PlanContent,
  spec: Values[string],
): Promise<Map<string, string>> {
  const engine = await enginePackage();
  const engineSpec = typeof spec === 'string' ? spec : engine.version;
  const around = await repositoryFiles({ name, answers, engine, engineSpec });
  return new Map([...around, ...[...content.texts].map(([path, text]): [string, string] => [`content/${path}`, text])]);
}

function summaryOf({ plan }: PlanContent): string {
  const count = (kind: string) => [...plan.documents.values()].filter((document) => document.kind === kind).length;
  return `${count('runbook')} runbooks, ${count('action')} actions, ${count('notification')} notifications, ${count('role')} roles, ${count('contact')} contacts`;
}

/** Runs npm install, so that the exact packages are in the first commit. */
async function install(outside: Outside, folder: string): Promise<'yes' | 'no'> {
  outside.stderr.write('Installing the engine with npm …\n');
  const windows = process.platform === 'win32';
  const child = spawn(windows ? 'npm.cmd' : 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: { ...outside.env },
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: windows,
    signal: outside.signal,
  });
  child.stderr.on('data', (text: Buffer) => outside.stderr.write(text.toString('utf8')));
  return new Promise((done) => {
    child.once('error', () => done('no'));
    child.once('close', (code) => done(code === 0 ? 'yes' : 'no'));
  });
}

interface Result {
  outside: Outside;
  folder: string;
  answers: Answers;
  content: PlanContent;
  installed: 'yes' | 'no' | 'not asked';
  commit: FirstCommit | undefined;
}

/** The first push, where it is known where to. */
function sending({ repository, branch }: Answers): string[] {
  if (repository === undefined) return [];
  return [`  git remote add origin ${repository}`, `  git push --set-upstream origin ${branch}`];
}

/** What was done, what is left, and what to type next. */
function nextSteps({ outside, folder, answers, content, installed, commit }: Result): string {
  const files = [...content.texts].map(([path, value]) => new VFile({ path, value }));
  const place = relative(outside.cwd, folder);
  const lines: string[] = [];
  if (commit)
    lines.push('commit' in commit ? `First commit made: ${commit.commit}.` : `No commit was made: ${commit.reason}.`);
  if (installed === 'no') lines.push('npm install did not work; the plan is complete without it.');
  lines.push('', `${countdown(openPoints(content.plan, files))}`);
  if (answers.forge !== 'git' && answers.readers === undefined)
    lines.push(
      'The site is put nowhere until somebody states who can read the host (the workflow that deploys says how).',
    );
  lines.push('', 'Next:');
  if (place !== '') lines.push(`  cd ${/\s/.test(place) ? JSON.stringify(place) : place}`);
  if (installed !== 'yes') lines.push('  npm install                  (then commit package-lock.json: CI needs it)');
  if (commit && 'next' in commit) lines.push(`  ${commit.next}`);
  lines.push(...sending(answers));
  lines.push(
    '  npm run dev                  shows the plan while you edit it',
    '  npm run check -- --adoption  lists what is left to fill in',
    ...(answers.forge === 'git' ? [] : ['  README.md                    says what has to be set on the forge, once']),
  );
  return `${lines.join('\n')}\n`;
}
