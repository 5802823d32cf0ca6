import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Compiled, compile } from '../../compile/index.ts';
import type { Plan } from '../../model/plan.ts';
import type { StarterChoices } from '../../model/schema-types.ts';

// The same from src/cli/plan-repository and from dist/cli/plan-repository.
const packageFolder = new URL('../../../', import.meta.url);

/** What a new plan is made from. */
export interface Starter {
  plan: Plan;
  /** Text of each file of content/, by path. */
  texts: ReadonlyMap<string, string>;
  choices: StarterChoices;
}

/** Reads the starter plan that comes with the program, and the table of what is chosen from it. */
export async function readStarter(now: Date): Promise<Starter> {
  const folder = fileURLToPath(new URL('content/', packageFolder));
  const { plan, files }: Compiled = await compile(folder, now);
  if (!plan) throw new Error(`The starter plan in ${folder} cannot be read.`);
  const choices = parse(await starterFile('choices.yaml')) as StarterChoices;
  return { plan, choices, texts: new Map(files.map((file) => [file.path, String(file)])) };
}

/** A file that comes with the program for new plans beside the content. */
export function starterFile(name: string): Promise<string> {
  return readFile(new URL(`starter/${name}`, packageFolder), 'utf8');
}

/** What package.json of the program says. */
export interface EnginePackage {
  name: string;
  version: string;
  engines: { node: string };
  optionalDependencies: Record<string, string>;
}

export async function enginePackage(): Promise<EnginePackage> {
  return JSON.parse(await readFile(new URL('package.json', packageFolder), 'utf8')) as EnginePackage;
}
