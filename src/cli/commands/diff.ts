import { type Compiled, compile } from '../../compile/index.ts';
import { levelOf } from '../../diagnostics/report.ts';
import { differenceReport } from '../../history/difference-report.ts';
import { Git } from '../../history/git.ts';
import { planAt } from '../../history/plan-at.ts';
import { type PlanVersion, planDifference } from '../../history/plan-difference.ts';
import { differenceText } from '../../model/difference-text.ts';
import { CannotRun, type Command } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';

const forms = ['text', 'markdown', 'json'] as const;

/** Tells what changed between two versions of the plan. */
export const diff: Command = {
  name: 'diff',
  summary: 'Tell what changed between two versions of the plan: documents, steps and properties',
  usage: '[from] [to]',
  progress: 'Comparing',
  options: { format: { type: 'string' }, ...contentOption },
  help: { format: 'text, markdown or json; default: text', ...contentHelp },
  examples: ['firebreak diff', 'firebreak diff main', 'firebreak diff v1.0 v1.1 --format markdown'],
  async run(outside, values, [from = 'HEAD', to, ...others]) {
    if (others.length > 0) throw new CannotRun('Two versions can be compared, not more.');
    const asked = values['format'] ?? 'text';
    const form = forms.find((known) => known === asked);
    if (!form) throw new CannotRun(`There is no format "${asked}". Known are ${forms.join(', ')}.`);
    const folder = await planFolder(outside, values['content']);
    const git = new Git({ folder: folder.root, env: { ...outside.env }, signal: outside.signal });
    const at = async (revision: string) => {
      const compiled = await planAt(git, revision, outside.now);
      if (!compiled)
        throw new CannotRun(
          `There is no version "${revision}" of the plan: git knows no such commit, or no plan is in it.`,
        );
      return versionOf(compiled, revision);
    };
    const before = await at(from);
    const after =
      to === undefined ? versionOf(await compile(folder.root, outside.now), 'the working tree') : await at(to);
    const differences = planDifference(before, after);
    const text = differenceText(after.plan.settings.language);
    for (const { name, unread } of [before, after])
      if (unread > 0) outside.stderr.write(`${text.unread(name, unread)}\n`);
    outside.stdout.write(
      form === 'json'
        ? `${JSON.stringify({ from: before.name, to: after.name, differences }, null, 2)}\n`
        : differenceReport(differences, after.plan, form),
    );
    return 0;
  },
};

function versionOf({ plan, files }: Compiled, name: string): PlanVersion & { name: string; unread: number } {
  if (!plan) throw new CannotRun(`plan.yaml of ${name} has errors, so it cannot be compared.`);
  const lock = files.find(({ path }) => path === 'ids.lock');
  const read = new Set([...plan.documents.values()].map(({ path }) => path));
  const unread = files.filter(
    (file) => !read.has(file.path) && file.messages.some((message) => levelOf(message) === 'error'),
  ).length;
  return { plan, name, unread, ...(lock ? { lock } : {}) };
}
