/** A plan on its way from the command line to the integration, and its errors in words. */

import type { Compiled } from '../compile/index.ts';
import { allDiagnostics, levelOf } from '../diagnostics/report.ts';
import { human } from '../diagnostics/reporters/human.ts';

// The integration is made by the project's own astro.config, so a plan that was read before Astro is handed over here.
const key = Symbol.for('firebreak.compiled');
type Handed = { root: string; compiled: Compiled };

/** Hands a plan that was read to the integration, which then does not read it again. */
export function handCompiled(root: string, compiled: Compiled): void {
  (globalThis as Record<symbol, unknown>)[key] = { root, compiled } satisfies Handed;
}

/** The plan that was handed over for a folder, once; later readings must see what has changed. */
export function takeCompiled(root: string): Compiled | undefined {
  const handed = (globalThis as Record<symbol, unknown>)[key] as Handed | undefined;
  delete (globalThis as Record<symbol, unknown>)[key];
  return handed && withoutSlash(handed.root) === withoutSlash(root) ? handed.compiled : undefined;
}

const withoutSlash = (path: string) => path.replace(/[\\/]+$/, '');

/** What a build is made for: its audience, and what is laid over the plan. */
export interface BuildChoice {
  audience?: string;
  /** File or folder of documents that lie outside the repository. */
  overlay?: string;
}

const choiceKey = Symbol.for('firebreak.choice');

/** Tells the integration what the command line asked for. */
export function chooseBuild(choice: BuildChoice): void {
  (globalThis as Record<symbol, unknown>)[choiceKey] = choice;
}

/** What the command line asked for; nothing where Astro was started without it. */
export function chosenBuild(): BuildChoice {
  return ((globalThis as Record<symbol, unknown>)[choiceKey] as BuildChoice | undefined) ?? {};
}

/** The errors of a plan as the terminal shows them; undefined when there are none. Warnings and hints are left to check. */
export function errorsOf(
  { files, plan }: Compiled,
  options: { color: boolean; prefix: string },
): { text: string; count: number } | undefined {
  const count = allDiagnostics(files).filter((diagnostic) => levelOf(diagnostic) === 'error').length;
  if (count === 0) return undefined;
  const told = files.map(
    (file) =>
      Object.assign(Object.create(Object.getPrototypeOf(file) as object), file, {
        messages: file.messages.filter((message) => message.fatal),
      }) as typeof file,
  );
  return { count, text: human(told, { ...options, documents: plan?.documents.size ?? 0 }) };
}
