import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { CannotRun, type Outside } from './command.ts';

/** Where the plan lies, and how its paths are shown to somebody who stands in `cwd`. */
export interface PlanFolder {
  root: string;
  /** Stands before a path of the plan: `content/`. */
  prefix: string;
}

export const contentOption = { content: { type: 'string' } } as const;
export const contentHelp = { content: 'folder that holds plan.yaml; default: content' };

/** Finds the plan: the folder that was named, `content` here, or here. */
export async function planFolder(outside: Outside, named: string | boolean | undefined): Promise<PlanFolder> {
  const candidates = typeof named === 'string' ? [named] : ['content', '.'];
  for (const candidate of candidates) {
    const root = resolve(outside.cwd, candidate);
    const found = await stat(resolve(root, 'plan.yaml')).catch(() => undefined);
    if (found) return { root, prefix: prefixOf(outside.cwd, root) };
  }
  throw new CannotRun(
    `There is no plan.yaml in ${candidates.map((candidate) => resolve(outside.cwd, candidate)).join(' or ')}. Run the command in a plan's folder, or name the folder with --content.`,
  );
}

function prefixOf(cwd: string, root: string): string {
  const path = relative(cwd, root).split(sep).join('/');
  return path === '' ? '' : `${path}/`;
}
