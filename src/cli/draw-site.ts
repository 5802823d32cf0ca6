import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { redDocuments } from '../compile/audience.ts';
import { compile } from '../compile/index.ts';
import type { Plan } from '../model/plan.ts';
import { type BuildChoice, errorsOf, handCompiled } from '../site/compiled.ts';
import { astroConfig, audienceOf, buildChoice, withOutFaults } from './astro.ts';
import type { Outside } from './command.ts';
import { planFolder } from './plan-folder.ts';
import { wantsColor } from './terminal.ts';

/** Checks the plan and draws the pages of its site, unless it has errors; they are told. */
export async function drawSite(
  outside: Outside,
  values: Record<string, string | boolean | undefined>,
): Promise<{ pages: number; folder: string } | undefined> {
  const plan = await planFolder(outside, values['content']);
  if (!(await checked(outside, plan, await buildChoice(outside, values)))) return undefined;
  const config = await astroConfig(outside, values);
  const astro = await import('astro');
  const drawn = { pages: 0, folder: '' };
  const counter: AstroIntegration = {
    name: 'firebreak:count',
    hooks: {
      'astro:build:done': ({ dir, pages }) => {
        drawn.pages = pages.length;
        drawn.folder = relative(outside.cwd, fileURLToPath(dir)) || '.';
      },
    },
  };
  await withOutFaults(values['out'], () =>
    astro.build({
      ...config,
      // While one page is written the next is drawn. Astro's own command does not: its log would lose its lines.
      build: { ...config.build, concurrency: 4 },
      integrations: [...(config.integrations ?? []), counter],
    }),
  );
  return drawn;
}

/** Reads the plan and hands it to the integration, unless it has errors. */
async function checked(
  outside: Outside,
  { root, prefix }: { root: string; prefix: string },
  choice: BuildChoice,
): Promise<boolean> {
  const compiled = await compile(root, outside.now, choice.overlay);
  const errors = errorsOf(compiled, { color: wantsColor(outside.stderr, outside.env), prefix });
  if (errors)
    outside.stderr.write(`${errors.text}Nothing was built. \`firebreak check\` tells warnings and hints too.\n`);
  else if (compiled.plan) {
    audienceOf(compiled.plan, choice);
    sayWhatIsRed(outside, compiled.plan);
    handCompiled(root, compiled);
  }
  return !errors;
}

function sayWhatIsRed(outside: Outside, plan: Plan): void {
  const red = redDocuments(plan);
  if (red.length > 0)
    outside.stderr.write(
      `${red.length === 1 ? '1 document is' : `${red.length} documents are`} marked TLP:RED and left out: ${red.join(', ')}.\n`,
    );
}
