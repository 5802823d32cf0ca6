import { relative, resolve, sep } from 'node:path';
import type { VFile } from 'vfile';
import { type OpenPoint, openPoints } from '../../audit/adoption.ts';
import { compile } from '../../compile/index.ts';
import { allDiagnostics, levelOf } from '../../diagnostics/report.ts';
import { type ReporterName, reporters } from '../../diagnostics/reporters/index.ts';
import { checkOpenChanges } from '../../proposals/check-open.ts';
import { adoptionList, countdown, openCounts } from '../adoption-report.ts';
import { audienceHelp, audienceOptions, buildChoice } from '../astro.ts';
import { CannotRun, type Command, type ExitCode, type Outside } from '../command.ts';
import { contentHelp, contentOption, type PlanFolder, planFolder } from '../plan-folder.ts';
import { wantsColor } from '../terminal.ts';
import { watch } from '../watch.ts';

/** Reads the plan and tells everything that is wrong with it. */
export const check: Command = {
  name: 'check',
  summary: 'Tell everything that is wrong with the plan, at file:line:column',
  usage: '[path …]',
  progress: 'Checking the plan',
  options: {
    format: { type: 'string' },
    json: { type: 'boolean' },
    strict: { type: 'boolean' },
    watch: { type: 'boolean' },
    adoption: { type: 'boolean' },
    overlay: audienceOptions.overlay,
    ...contentOption,
  },
  help: {
    format: `how to tell it: ${Object.keys(reporters).join(', ')}; default: human`,
    json: 'the same as --format json',
    strict: 'exit with 1 on warnings and hints too',
    watch: 'check again whenever a file changes',
    adoption: 'list everything that is left until the plan is adopted',
    overlay: audienceHelp.overlay,
    ...contentHelp,
  },
  examples: [
    'firebreak check',
    'firebreak check content/runbooks/ransomware.mdx',
    'firebreak check --adoption',
    'firebreak check --format sarif > firebreak.sarif',
  ],
  async run(outside, values, positionals) {
    const format = (values['format'] ?? (values['json'] ? 'json' : 'human')) as ReporterName;
    if (!Object.hasOwn(reporters, format))
      throw new CannotRun(`There is no format "${format}". The formats are ${Object.keys(reporters).join(', ')}.`);
    const folder = await planFolder(outside, values['content']);
    const { overlay } = await buildChoice(outside, values);
    const once = () =>
      checkOnce(
        outside,
        folder,
        { format, strict: Boolean(values['strict']), list: Boolean(values['adoption']), overlay },
        positionals,
      );
    return values['watch'] ? watch(outside, folder.root, once) : once();
  },
};

async function checkOnce(
  outside: Outside,
  folder: PlanFolder,
  {
    format,
    strict,
    list,
    overlay,
  }: { format: ReporterName; strict: boolean; list: boolean; overlay: string | undefined },
  paths: readonly string[],
): Promise<ExitCode> {
  const compiled = await compile(folder.root, outside.now, overlay);
  checkOpenChanges(compiled, outside.now);
  const { files, plan } = compiled;
  const chosen = paths.length === 0 ? files : within(files, folder, outside.cwd, paths);
  // What is left is a matter of the whole plan.
  const points = plan && paths.length === 0 ? openPoints(plan, files) : [];
  const color = wantsColor(outside.stdout, outside.env);
  outside.stdout.write(
    reporters[format](chosen, {
      color,
      prefix: folder.prefix,
      documents: paths.length === 0 ? (plan?.documents.size ?? 0) : chosen.length,
      ...(points.length > 0 ? { adoption: { ...openCounts(points), ...(list ? { points } : {}) } } : {}),
    }),
  );
  if (format === 'human') tellAdoption(outside, points, folder.prefix, list);
  const diagnostics = allDiagnostics(chosen);
  return diagnostics.some((diagnostic) => strict || levelOf(diagnostic) === 'error') ? 1 : 0;
}

function tellAdoption(outside: Outside, points: readonly OpenPoint[], prefix: string, list: boolean): void {
  if (list) outside.stdout.write(`\n${adoptionList(points, prefix)}`);
  else if (points.length > 0) outside.stdout.write(`${countdown(points)} \`firebreak check --adoption\` lists them.\n`);
}

/** The files below the paths that were named. The whole plan is always read: a name is only known then. */
function within(files: readonly VFile[], { root }: PlanFolder, cwd: string, paths: readonly string[]): VFile[] {
  const named = paths.map((path) => relative(root, resolve(cwd, path)).split(sep).join('/'));
  const chosen = files.filter((file) =>
    named.some((path) => path === '' || file.path === path || file.path.startsWith(`${path}/`)),
  );
  const missing = paths.filter(
    (_, index) =>
      named[index] !== '' &&
      !files.some((file) => file.path === named[index] || file.path.startsWith(`${named[index]}/`)),
  );
  if (missing.length > 0) throw new CannotRun(`Not in the plan: ${missing.join(', ')}.`);
  return chosen;
}
