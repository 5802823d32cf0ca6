import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { type Compiled, compile } from '../../compile/index.ts';
import { levelOf } from '../../diagnostics/report.ts';
import { reporters } from '../../diagnostics/reporters/index.ts';
import { changeText } from '../../model/change-text.ts';
import type { Document } from '../../model/document.ts';
import { documentOf, documentsOf, type Plan } from '../../model/plan.ts';
import type { FileChange, StoppedChange } from '../../proposals/changes.ts';
import { prepareProposal } from '../../proposals/prepare.ts';
import { sentenceOf } from '../../proposals/sentence.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { contentHelp, contentOption, type PlanFolder, planFolder } from '../plan-folder.ts';

/** Turns a lesson's changes into a pull request. */
export const lessonPropose: Command = {
  name: 'lesson propose',
  summary: 'Apply the changes that a lesson asks for, and show them in words and as a difference',
  usage: '<lesson file> --dry-run',
  options: { 'dry-run': { type: 'boolean' }, ...contentOption },
  help: { 'dry-run': 'show all and write nothing', ...contentHelp },
  examples: ['firebreak lesson propose content/lessons/right-device-first.mdx --dry-run'],
  async run(outside, values, [path, ...others]) {
    if (path === undefined || others.length > 0)
      throw new CannotRun('Write: firebreak lesson propose <lesson file> --dry-run.');
    if (!values['dry-run'])
      throw new CannotRun('So far only --dry-run exists: it shows the changes and the text of the pull request.');
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    const { plan } = compiled;
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const text = changeText(plan.settings.language).terminal;
    const lesson = lessonAt(compiled, folder, outside, path);
    if (!lesson) return 1;
    const proposal = prepareProposal(compiled, lesson, outside.now, await repositoryOf(folder));
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
    outside.stdout.write(`${text.dryRun}\n`);
    return 0;
  },
};

/** The lesson in a file. Its own faults, and what git must not keep, are told, and then there is none to propose. */
function lessonAt({ plan, files }: Compiled, folder: PlanFolder, outside: Outside, path: string) {
  const named = relative(folder.root, resolve(outside.cwd, path)).split(sep).join('/');
  const file = files.find((candidate) => candidate.path === named);
  const lesson = documentsOf(plan as Plan, 'lesson').find((candidate) => candidate.path === named);
  if (!file || !named.startsWith('lessons/'))
    throw new CannotRun(
      documentOf(plan as Plan, 'lesson', path)
        ? `Name the file of the lesson: ${folder.prefix}${documentOf(plan as Plan, 'lesson', path)?.path}.`
        : `There is no lesson ${path}. Lessons are the files in ${folder.prefix}lessons/.`,
    );
  const isFaulty = file.messages.some(
    (message) => levelOf(message) === 'error' || message.ruleId === 'lesson-identifies',
  );
  if (lesson && !isFaulty) return lesson as Document<'lesson'>;
  const color = Boolean(outside.stderr.isTTY) && !outside.env['NO_COLOR'];
  outside.stderr.write(reporters.human([file], { color, prefix: folder.prefix, documents: 1 }));
  return undefined;
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

function differenceOf({ path, before, after }: FileChange, { prefix }: PlanFolder): string {
  return createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${prefix}${path}`,
    `b/${prefix}${path}`,
    before ?? '',
    after,
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY },
  );
}

// Where forges look for the file, the first that is there counts.
const codeOwnersPaths = [
  '.github/CODEOWNERS',
  '.gitea/CODEOWNERS',
  '.forgejo/CODEOWNERS',
  '.gitlab/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
];

/** What the folders say of the repository: where the plan lies in it, and who owns which file. */
async function repositoryOf({ root, prefix: shown }: PlanFolder): Promise<{ prefix: string; codeOwnersFile?: string }> {
  let top = root;
  while (!existsSync(join(top, '.git')) && dirname(top) !== top) top = dirname(top);
  if (!existsSync(join(top, '.git'))) return { prefix: shown };
  const path = relative(top, root).split(sep).join('/');
  const prefix = path === '' ? '' : `${path}/`;
  const found = codeOwnersPaths.map((name) => join(top, name)).find((name) => existsSync(name));
  return { prefix, ...(found === undefined ? {} : { codeOwnersFile: await readFile(found, 'utf8') }) };
}
