/** Since when the changes that lessons ask for are in the plan. */

import type { Plan } from '../model/plan.ts';
import { documentsOf } from '../model/plan.ts';
import { Git, GitFailed, GitMissing } from './git.ts';

/** The commit of the main branch with which a change came into the plan. */
export interface AppliedIn {
  commit: string;
  /** ISO 8601 in UTC. */
  at: string;
}

/** By lesson and change: `right-device-first/proof-at-night`. A change that git does not know of is not in it. */
export type AppliedChanges = ReadonlyMap<string, AppliedIn>;

/** The name under which a change stands in `AppliedChanges`. */
export const nameOfChange = (lesson: string, change: string) => `${lesson}/${change}`;

/**
 * Asks git which commit of the main branch wrote that a change is applied: that commit holds the change itself too. Of a
 * merge it is the merge, since from then on people read the new text.
 *
 * @param folder that holds plan.yaml
 */
export async function appliedChanges(plan: Plan, folder: string): Promise<AppliedChanges> {
  const wanted = documentsOf(plan, 'lesson').flatMap((lesson) =>
    (lesson.data.changes ?? []).flatMap(({ id, applied }) => (applied ? [{ lesson: lesson.id, id, applied }] : [])),
  );
  if (wanted.length === 0) return new Map();
  try {
    const git = new Git({ folder, env: process.env });
    const marks = marksIn(await git.text([...log, '--', 'lessons']));
    return new Map(
      wanted.flatMap(({ lesson, id, applied }) => {
        // The lesson may have had another name then.
        const found = marks.get(nameOfChange(lesson, applied)) ?? marks.get(applied);
        return found ? [[nameOfChange(lesson, id), found] as const] : [];
      }),
    );
  } catch (reason) {
    // A plan is built where git is missing, or outside of a repository; when it was applied is then not told.
    if (reason instanceof GitMissing || reason instanceof GitFailed) return new Map();
    throw reason;
  }
}

// A commit is told by a line that no file can hold, since each line of a difference begins with another sign.
const log = [
  ...['log', '--first-parent', '--diff-merges=first-parent', '--patch', '--unified=0', '--no-color', '--no-ext-diff'],
  ...['--no-textconv', '--find-renames', '--relative', '--src-prefix=a/', '--dst-prefix=b/', '--format=commit %H %ct'],
];

/** Lessons and digests that were written as applied, with the commit that did so first. */
function marksIn(text: string): Map<string, AppliedIn> {
  const marks = new Map<string, AppliedIn>();
  let commit: AppliedIn | undefined;
  let lesson = '';
  for (const line of text.split('\n')) {
    const [, id, time] = /^commit ([0-9a-f]+) (\d+)$/.exec(line) ?? [];
    if (id) commit = { commit: id, at: new Date(Number(time) * 1000).toISOString() };
    const [, file] = /^\+\+\+ b\/lessons\/(.+)\.(?:mdx|yaml)$/.exec(line) ?? [];
    if (file) lesson = file;
    const [, digest] = /^\+\s+applied: ["']?(sha256-[0-9a-f]{64})/.exec(line) ?? [];
    // From the latest commit back: what is found last was first.
    if (digest && commit) for (const name of [digest, nameOfChange(lesson, digest)]) marks.set(name, commit);
  }
  return marks;
}
