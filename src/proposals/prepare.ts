import { keyOf } from '../compile/edited.ts';
import type { Compiled } from '../compile/index.ts';
import { allDiagnostics, type Diagnostic } from '../diagnostics/report.ts';
import { differenceReport } from '../history/difference-report.ts';
import { type PlanVersion, planDifference } from '../history/plan-difference.ts';
import type { Document } from '../model/document.ts';
import type { Plan } from '../model/plan.ts';
import { applyChanges, type ChangesResult } from './changes.ts';
import { impactOf } from './impact.ts';
import { type PullRequestSource, pullRequestText } from './pull-request-text.ts';

/** All that a proposal needs: what is written, and what the pull request says. */
export interface PreparedProposal {
  result: ChangesResult;
  /** Diagnostics of the changed plan that the plan did not have: warnings and hints, since errors stop a change. */
  added: Diagnostic[];
  /** Empty when nothing is to be proposed. */
  title: string;
  /** Markdown. */
  body: string;
}

/** The plan before and after, compared as any two versions are: what the changes did, and not what they say they do. */
function differenceIn(before: Compiled, after: Compiled, lesson: Document<'lesson'>): string {
  const version = ({ plan, files }: Compiled): PlanVersion => {
    const lock = files.find(({ path }) => path === 'ids.lock');
    return { plan: plan as Plan, ...(lock ? { lock } : {}) };
  };
  const differences = planDifference(version(before), version(after)).filter(
    ({ kind, id }) => kind !== 'lesson' || id !== lesson.id,
  );
  return differenceReport(differences, after.plan as Plan, 'markdown');
}

/**
 * Applies a lesson's changes in memory and writes the text for their reviewers. Nothing is written to disk.
 *
 * @param repository what is known of the repository: `prefix` stands before a path of the plan (`content/`)
 */
export function prepareProposal(
  compiled: Compiled,
  lesson: Document<'lesson'>,
  now: Date,
  repository: Pick<PullRequestSource, 'prefix' | 'branch' | 'codeOwnersFile'>,
): PreparedProposal {
  const result = applyChanges(compiled, lesson, now);
  if (!compiled.plan || !result.changed || result.files.length === 0) return { result, added: [], title: '', body: '' };
  const known = new Set(allDiagnostics(compiled.files).map(keyOf));
  const added = allDiagnostics(result.changed.files).filter((diagnostic) => !known.has(keyOf(diagnostic)));
  const changes = result.applied.map(({ change }) => change);
  const paths = result.files.map(({ path }) => repository.prefix + path);
  const text = pullRequestText({
    ...repository,
    plan: compiled.plan,
    lesson,
    changes,
    impact: impactOf(changes, compiled.plan),
    added,
    paths,
    difference: differenceIn(compiled, result.changed, lesson),
  });
  return { result, added, ...text };
}
