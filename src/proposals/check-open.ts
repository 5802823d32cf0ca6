/**
 * Whether the changes that lessons ask for leave a plan without errors. What a change says by itself `compile` checks;
 * here is told what only the whole document shows once it is changed, such as the order of evidence.
 */

import { newErrors, recompiled } from '../compile/edited.ts';
import type { Compiled } from '../compile/index.ts';
import { allDiagnostics, levelOf, report } from '../diagnostics/report.ts';
import type { Document } from '../model/document.ts';
import { isPending } from '../model/lesson-changes.ts';
import { documentsOf, type Plan } from '../model/plan.ts';
import { applyChanges, drafted, openChanges, type StoppedChange } from './changes.ts';

/**
 * Reports in each lesson the changes that could not be applied today. What is stale was told already; a plan that has
 * errors is mended first. Without open changes it costs nothing, and where all fit, one check of the plan.
 *
 * @param now today, for the check of what results
 */
export function checkOpenChanges(compiled: Compiled, now: Date): void {
  const { plan, files } = compiled;
  const lessons = plan ? documentsOf(plan, 'lesson').filter(isPending) : [];
  if (!plan || lessons.length === 0) return;
  if (allDiagnostics(files).some((diagnostic) => levelOf(diagnostic) === 'error')) return;
  for (const lesson of doubtful(compiled, plan, lessons, now))
    for (const stopped of applyChanges(compiled, lesson, now).stopped)
      if (!stopped.stale) tell(compiled, lesson, stopped);
}

/** The lessons to be looked at one by one: those whose changes do not fit beside those of the others. */
function doubtful(
  compiled: Compiled,
  plan: Plan,
  lessons: readonly Document<'lesson'>[],
  now: Date,
): readonly Document<'lesson'>[] {
  const texts = new Map<string, string>();
  const together: Document<'lesson'>[] = [];
  const alone: Document<'lesson'>[] = [];
  for (const lesson of lessons) {
    const draft = drafted(compiled, plan, openChanges(lesson));
    const paths = [...draft.texts.keys()];
    if (draft.stopped.length > 0 || paths.some((path) => texts.has(path))) {
      alone.push(lesson);
      continue;
    }
    for (const [path, text] of draft.texts) texts.set(path, text);
    together.push(lesson);
  }
  const fit = texts.size === 0 || newErrors(compiled, recompiled(compiled, texts, now)).length === 0;
  return fit ? alone : [...together, ...alone];
}

function tell({ files }: Compiled, lesson: Document<'lesson'>, { change, reason, diagnostic }: StoppedChange): void {
  const file = files.find(({ path }) => path === lesson.path);
  const index = lesson.data.changes?.indexOf(change);
  if (!file) return;
  const where = diagnostic && { path: diagnostic.file ?? '', rule: diagnostic.ruleId, help: diagnostic.note ?? '' };
  report(file, 'change-breaks-plan', { reason, ...(where ? { where } : {}) }, lesson.rangeOf(`/changes/${index}/of`));
}
