import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AstroInlineConfig } from 'astro';
import { type Audience, audienceNamed, audiencesOf, usualAudience } from '../model/audience.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Plan } from '../model/plan.ts';
import { type BuildChoice, chooseBuild } from '../site/compiled.ts';
import { CannotRun, type Outside } from './command.ts';
import { planFolder } from './plan-folder.ts';

/** For whom, and with what laid over the plan. */
export const audienceOptions = { audience: { type: 'string' }, overlay: { type: 'string' } } as const;
export const audienceHelp = {
  audience: 'for whom: internal, auditor, public, or another audience of plan.yaml; default: internal',
  overlay: 'file or folder of documents that lie outside the repository, such as contacts',
};
export const siteOptions = {
  base: { type: 'string' },
  out: { type: 'string' },
  content: { type: 'string' },
  ...audienceOptions,
} as const;
export const siteHelp = {
  base: 'path under which the site is served, such as /plan/; default: /',
  out: 'folder that the site is written to',
  content: 'folder that holds plan.yaml; default: content',
  ...audienceHelp,
};

/**
 * Astro's configuration for a command: the project's own astro.config where there is one, so that Astro's commands and
 * ours do the same; a folder with nothing but a plan is built with the integration alone.
 */
export async function astroConfig(
  outside: Outside,
  values: Record<string, string | boolean | undefined>,
): Promise<AstroInlineConfig> {
  const named = values['content'];
  const names = ['astro.config.mjs', 'astro.config.ts', 'astro.config.js', 'astro.config.mts'];
  const configured = (
    await Promise.all(names.map((name) => stat(resolve(outside.cwd, name)).catch(() => undefined)))
  ).some(Boolean);
  const { root } = await planFolder(outside, named);
  chooseBuild(await buildChoice(outside, values));
  const { default: firebreak } = await import('../site/integration.ts');
  return {
    root: outside.cwd,
    logLevel: 'warn',
    ...(configured && named === undefined ? {} : { configFile: false, integrations: [firebreak({ content: root })] }),
    ...(typeof values['base'] === 'string' ? { base: values['base'] } : {}),
    ...(typeof values['out'] === 'string' ? { outDir: resolve(outside.cwd, values['out']) } : {}),
  };
}

/** The audience and the overlay that a command line names. */
export async function buildChoice(
  outside: Outside,
  { audience, overlay }: Record<string, string | boolean | undefined>,
): Promise<BuildChoice> {
  const choice: BuildChoice = typeof audience === 'string' ? { audience } : {};
  if (typeof overlay !== 'string') return choice;
  const path = resolve(outside.cwd, overlay);
  if (!(await stat(path).catch(() => undefined)))
    throw new CannotRun(`There is no overlay ${path}. Name a folder that is laid out like the plan, or a YAML file.`);
  return { ...choice, overlay: path };
}

/** The audience of a plan by its name on the command line. */
export function audienceOf({ settings }: Plan, { audience = usualAudience }: BuildChoice): Audience {
  const found = audienceNamed(settings, audience);
  if (found) return found;
  const known = audiencesOf(settings).map(({ id }) => id);
  const meant = nearestName(audience, known);
  throw new CannotRun(
    `The plan has no audience "${audience}". ${meant ? `Did you mean "${meant}"?` : `It has ${known.join(', ')}.`}`,
  );
}

/** Runs one of Astro's commands; a plan with errors has told them, and ends the command with exit code 1. */
export async function withPlanErrors<T>(job: () => Promise<T>): Promise<T | undefined> {
  try {
    return await job();
  } catch (reason) {
    if ((reason as Error).name === 'PlanHasErrors') return undefined;
    throw reason;
  }
}

/** Says that a port that was asked for is in use, and which one serves instead. */
export function tellOtherPort({ stderr }: Outside, asked: number | undefined, taken: number): void {
  if (asked !== undefined && asked !== 0 && asked !== taken)
    stderr.write(`Port ${asked} is in use; the plan is served on port ${taken} instead.\n`);
}

/** Runs one of Astro's commands; that it refuses the folder of the site is told in one line. */
export async function withOutFaults<T>(out: string | boolean | undefined, job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (reason) {
    const { name, message } = reason as Error;
    if (typeof out !== 'string' || name !== 'ZodError' || !message.includes('publicDir')) throw reason;
    throw new CannotRun(
      `The site cannot be built into ${out}: files of the folder public are copied into the site as they are. Name another folder: --out site-dist.`,
    );
  }
}

/** A port from the command line, or undefined for the first free one. */
export function portOf(value: string | boolean | undefined): number | undefined {
  if (value === undefined) return undefined;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new CannotRun(`"${String(value)}" is not a port.`);
  return port;
}
