/** The text of the pull request that a lesson becomes, for those who review it. */

import { type Diagnostic, levelOf } from '../diagnostics/report.ts';
import { changeText } from '../model/change-text.ts';
import type { Document } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';
import type { Change, PlanSettings } from '../model/schema-types.ts';
import { codeOwners, type Impact } from './impact.ts';
import { matterMark } from './pull-request.ts';
import { sentenceOf } from './sentence.ts';

export interface PullRequestSource {
  /** Before the changes. */
  plan: Plan;
  lesson: Document<'lesson'>;
  /** Those that the pull request brings. */
  changes: readonly Change[];
  impact: Impact;
  /** Diagnostics of the changed plan that the plan did not have. */
  added: readonly Diagnostic[];
  /** What the changes do to the plan, told as `firebreak diff` does, in Markdown. */
  difference: string;
  /** Paths of the files that change, from the root of the repository. */
  paths: readonly string[];
  /** Stands before a path of the plan in the repository: `content/`. */
  prefix: string;
  /** The branch that holds the changes; without it the lesson is named and not linked. */
  branch?: string;
  /** Text of the repository's CODEOWNERS file, where there is one. */
  codeOwnersFile?: string;
}

/** Title and body, as Markdown. The same source gives the same text. */
export function pullRequestText(source: PullRequestSource): { title: string; body: string } {
  const { plan, lesson, changes, impact } = source;
  const words = changeText(plan.settings.language).pullRequest;
  const sections: [string, string[]][] = [
    [words.why, [words.lesson(lessonLink(source)), '', quoted(lesson.data.summary)]],
    [
      words.responders,
      changes.flatMap((change) => [`- ${escaped(sentenceOf(change, plan))}`, `  ${oneLine(change.why)}`]),
    ],
    [
      words.touched,
      listed(
        impact.touched.map(({ runbook, actions }) => words.touchedBecause(named(runbook), actions.map(named))),
        words.nothing,
      ),
    ],
    [
      words.invalidated,
      listed(
        [
          ...impact.approvals.map(({ document, by }) => words.approvals(named(document), by.map(escaped))),
          ...impact.exercises.map(({ exercise, runbooks }) => words.exercises(named(exercise), runbooks.map(named))),
        ],
        words.nothing,
      ),
    ],
    [words.owners, listed(reviewersIn(source), words.nothing)],
    [words.difference, [source.difference.trim()]],
    [words.check, checkText(source)],
    [words.checklist, words.tasks.map((task) => `- [ ] ${task}`)],
  ];
  // First, so that it stays where a long text is cut.
  const mark = matterMark(changes.map(({ due: _, ...change }) => change));
  const body = `${mark}\n\n${sections.map(([heading, lines]) => `## ${heading}\n\n${lines.join('\n')}\n`).join('\n')}`;
  return { title: words.title(lesson.data.title), body };
}

function reviewersIn({ plan, impact, codeOwnersFile, paths }: PullRequestSource): string[] {
  const words = changeText(plan.settings.language).pullRequest;
  const roles = impact.owners.map(({ role, documents }) => words.owner(named(role), documents.map(named)));
  const people = codeOwnersFile === undefined ? [] : [...codeOwners(codeOwnersFile, paths)];
  return [
    ...roles,
    ...people.map(([owner, owned]) =>
      words.codeOwner(
        owner,
        owned.map((path) => `\`${path}\``),
      ),
    ),
  ];
}

function checkText({ plan, added, prefix }: PullRequestSource): string[] {
  const words = changeText(plan.settings.language).pullRequest;
  if (added.length === 0) return [words.clean];
  return [
    words.found(added.length),
    '',
    ...added.map(
      (diagnostic) =>
        `- ${levelOf(diagnostic)} \`${prefix}${diagnostic.file}:${diagnostic.line ?? 1}\` ${escaped(diagnostic.reason)} (${diagnostic.ruleId})`,
    ),
  ];
}

function lessonLink({ plan, lesson, prefix, branch }: PullRequestSource): string {
  const address =
    branch === undefined ? undefined : viewAddress(plan.settings.repository, branch, prefix + lesson.path);
  const title = escaped(lesson.data.title);
  return address ? `[${title}](${address})` : `"${title}" (\`${prefix}${lesson.path}\`)`;
}

// Where each forge shows a file of a branch; a bare git server shows none.
const viewers: Record<NonNullable<NonNullable<PlanSettings['repository']>['forge']>, string | undefined> = {
  github: 'blob',
  gitlab: '-/blob',
  gitea: 'src/branch',
  git: undefined,
};

function viewAddress(repository: PlanSettings['repository'], branch: string, path: string): string | undefined {
  const viewer = repository && viewers[repository.forge ?? 'git'];
  if (!repository || !viewer) return undefined;
  const parts = [...branch.split('/'), ...path.split('/')].map((part) => encodeURIComponent(part));
  return `${repository.url.replace(/\/+$/, '')}/${viewer}/${parts.join('/')}`;
}

function listed(lines: readonly string[], otherwise: string): string[] {
  return lines.length > 0 ? lines.map((line) => `- ${line}`) : [otherwise];
}

function named({ data, id }: Document): string {
  return escaped('title' in data ? data.title : id);
}

function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

const oneLine = (text: string) => text.trim().replace(/\s*\n\s*/g, ' ');

/** Signs that Markdown or a forge would read: a title is no mention of a person and no HTML. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&').replace(/@(?=\w)/g, '@\u200B');
}
