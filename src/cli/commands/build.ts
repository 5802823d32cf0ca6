import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { astroConfig, siteHelp, siteOptions, withPlanErrors } from '../astro.ts';
import type { Command, ExitCode, Outside } from '../command.ts';

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
  const config = await astroConfig(outside, values);
  const astro = await import('astro');
  const started = performance.now();
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
  const built = await withPlanErrors(async () => {
    await astro.build({ ...config, integrations: [...(config.integrations ?? []), counter] });
    return true;
  });
  if (!built) {
    outside.stderr.write(
      'Nothing was built. Mend the errors above, or run `firebreak check` for all that was found.\n',
    );
    return { code: 1 };
  }
  outside.stdout.write(
    `${pages} pages built into ${folder} in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`,
  );
  return { code: 0 };
}
