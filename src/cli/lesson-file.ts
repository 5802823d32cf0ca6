/** What the commands about one lesson share: which lesson is meant, and a change of a file as a difference. */

import { relative, resolve, sep } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Compiled } from '../compile/index.ts';
import { levelOf } from '../diagnostics/report.ts';
import { reporters } from '../diagnostics/reporters/index.ts';
import type { Document } from '../model/document.ts';
import { documentOf, documentsOf, type Plan } from '../model/plan.ts';
import type { FileChange } from '../proposals/changes.ts';
import { CannotRun, type Outside } from './command.ts';
import type { PlanFolder } from './plan-folder.ts';

/**
 * The lesson of a file or of a name. Its own faults, and what git must not keep, are told, and then there is none.
 *
 * @param named path of the file, or the lesson's id
 */
export function lessonAt({ plan, files }: Compiled, folder: PlanFolder, outside: Outside, named: string) {
  const path =
    documentOf(plan as Plan, 'lesson', named)?.path ??
    relative(folder.root, resolve(outside.cwd, named)).split(sep).join('/');
  const file = files.find((candidate) => candidate.path === path);
  const lesson = documentsOf(plan as Plan, 'lesson').find((candidate) => candidate.path === path);
  if (!file || !path.startsWith('lessons/'))
    throw new CannotRun(`There is no lesson ${named}. Lessons are the files in ${folder.prefix}lessons/.`);
  const isFaulty = file.messages.some(
    (message) => levelOf(message) === 'error' || message.ruleId === 'lesson-identifies',
  );
  if (lesson && !isFaulty) return lesson as Document<'lesson'>;
  const color = Boolean(outside.stderr.isTTY) && !outside.env['NO_COLOR'];
  outside.stderr.write(reporters.human([file], { color, prefix: folder.prefix, documents: 1 }));
  return undefined;
}

/** A change of a file as a difference. */
export function differenceOf({ path, before, after }: FileChange, { prefix }: PlanFolder): string {
  return createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${prefix}${path}`,
    `b/${prefix}${path}`,
    before ?? '',
    after,
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY },
  );
}
