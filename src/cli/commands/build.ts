import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { compile } from '../../compile/index.ts';
import { errorsOf, handCompiled } from '../../site/compiled.ts';
import { astroConfig, siteHelp, siteOptions } from '../astro.ts';
import type { Command, ExitCode, Outside } from '../command.ts';
import { planFolder } from '../plan-folder.ts';

/** Builds the site. */
export const build: Command = {
  name: 'build',
  summary: 'Check the plan and build the site',
  usage: '',
  options: siteOptions,
  help: siteHelp,
  examples: ['firebreak build', 'firebreak build --base /plan/ --out public'],
  run: async (outside, values) => (await buildSite(outside, values)).code,
};

/** Builds the site and says where it is. */
export async function buildSite(
  outside: Outside,
  values: Record<string, string | boolean | undefined>,
): Promise<{ code: ExitCode }> {
  const started = performance.now();
  const plan = await planFolder(outside, values['content']);
  if (!(await checked(outside, plan))) return { code: 1 };
  const config = await astroConfig(outside, values);
  const astro = await import('astro');
  let pages = 0;
  let folder = '';
  const counter: AstroIntegration = {
    name: 'firebreak:count',
    hooks: {
      'astro:build:done': ({ dir, pages: built }) => {
        pages = built.length;
        folder = relative(outside.cwd, fileURLToPath(dir)) || '.';
      },
    },
  };
  await astro.build({ ...config, integrations: [...(config.integrations ?? []), counter] });
  outside.stdout.write(
    `${pages} pages built into ${folder} in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`,
  );
  return { code: 0 };
}

/** Reads the plan and hands it to the integration, unless it has errors. */
async function checked(outside: Outside, { root, prefix }: { root: string; prefix: string }): Promise<boolean> {
  const compiled = await compile(root, outside.now);
  const errors = errorsOf(compiled, { color: Boolean(outside.stderr.isTTY), prefix });
  if (errors)
    outside.stderr.write(`${errors.text}Nothing was built. \`firebreak check\` tells warnings and hints too.\n`);
  else handCompiled(root, compiled);
  return !errors;
}
