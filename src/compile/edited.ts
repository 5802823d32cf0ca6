/** A plan with some of its files changed in memory: what an edit would make of it, before anything is written. */

import { VFile } from 'vfile';
import { allDiagnostics, type Diagnostic, levelOf } from '../diagnostics/report.ts';
import { type Compiled, compileFiles } from './index.ts';

/**
 * Compiles a plan again with other texts.
 *
 * @param texts by path; undefined for a file that is taken away
 * @param now today, for the check of the result
 */
export function recompiled(compiled: Compiled, texts: ReadonlyMap<string, string | undefined>, now: Date): Compiled {
  const files = compiled.files
    .filter(({ path }) => !texts.has(path))
    .map((file) => new VFile({ path: file.path, value: String(file) }));
  for (const [path, value] of texts) if (value !== undefined) files.push(new VFile({ path, value }));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return compileFiles({ files, images: new Set(compiled.plan?.images) }, now);
}

/** The text of a file of a plan; undefined when there is none. */
export function textOf(compiled: Compiled, path: string): string | undefined {
  const file = compiled.files.find((candidate) => candidate.path === path);
  return file && String(file);
}

/** What makes two diagnostics the same, wherever in the file they stand. */
export const keyOf = ({ file, ruleId, reason }: Diagnostic) => `${file} ${ruleId} ${reason}`;

/** The errors that the changed plan has and the plan did not have. */
export function newErrors(compiled: Compiled, changed: Compiled): Diagnostic[] {
  const known = new Set(allDiagnostics(compiled.files).map(keyOf));
  return allDiagnostics(changed.files).filter(
    (diagnostic) => levelOf(diagnostic) === 'error' && !known.has(keyOf(diagnostic)),
  );
}
