import { relative, resolve, sep } from 'node:path';
import type { VFile } from 'vfile';
import { compile } from '../../compile/index.ts';
import { allDiagnostics, levelOf } from '../../diagnostics/report.ts';
import { type ReporterName, reporters } from '../../diagnostics/reporters/index.ts';
import { CannotRun, type Command, type ExitCode, type Outside } from '../command.ts';
import { contentHelp, contentOption, type PlanFolder, planFolder } from '../plan-folder.ts';
import { watch } from '../watch.ts';

/** Reads the plan and tells everything that is wrong with it. */
export const check: Command = {
  name: 'check',
  summary: 'Tell everything that is wrong with the plan, at file:line:column',
  usage: '[path …]',
  options: { format: { type: 'string' }, strict: { type: 'boolean' }, watch: { type: 'boolean' }, ...contentOption },
  help: {
    format: `how to tell it: ${Object.keys(reporters).join(', ')}; default: human`,
    strict: 'exit with 1 on warnings and hints too',
    watch: 'check again whenever a file changes',
    ...contentHelp,
  },
  examples: [
    'firebreak check',
    'firebreak check content/runbooks/ransomware.mdx',
    'firebreak check --format sarif > firebreak.sarif',
  ],
  async run(outside, values, positionals) {
    const format = (values['format'] ?? 'human') as ReporterName;
    if (!Object.hasOwn(reporters, format))
      throw new CannotRun(`There is no format "${format}". The formats are ${Object.keys(reporters).join(', ')}.`);
    const folder = await planFolder(outside, values['content']);
    const once = () => checkOnce(outside, folder, format, Boolean(values['strict']), positionals);
    return values['watch'] ? watch(outside, folder.root, once) : once();
  },
};

async function checkOnce(
  outside: Outside,
  folder: PlanFolder,
  format: ReporterName,
  strict: boolean,
  paths: readonly string[],
): Promise<ExitCode> {
  const { files, plan } = await compile(folder.root, outside.now);
  const chosen = paths.length === 0 ? files : within(files, folder, outside.cwd, paths);
  const color = Boolean(outside.stdout.isTTY) && !outside.env['NO_COLOR'];
  outside.stdout.write(
    reporters[format](chosen, {
      color,
      prefix: folder.prefix,
      documents: paths.length === 0 ? (plan?.documents.size ?? 0) : chosen.length,
    }),
  );
  const diagnostics = allDiagnostics(chosen);
  return diagnostics.some((diagnostic) => strict || levelOf(diagnostic) === 'error') ? 1 : 0;
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
