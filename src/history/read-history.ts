import type { Plan } from '../model/plan.ts';
import { commitLog } from './commit-log.ts';
import { historyOf, noHistory, type PlanHistory } from './document-history.ts';
import { Git, GitFailed, GitMissing } from './git.ts';
import type { HistoryLimits } from './limited-history.ts';
import type { VersionDifferences } from './version-difference.ts';
import { versionDifferences } from './version-differences.ts';

/** The history of a plan with what each version changed, in words. */
export interface ToldHistory extends PlanHistory {
  differences: VersionDifferences;
  /** Whether the folder holds changes that are in no commit: what is shown may then be newer than its last version. */
  uncommitted: boolean;
}

/** What is told where git knows nothing. */
export const nothingToTell: ToldHistory = { ...noHistory, differences: new Map(), uncommitted: false };

/**
 * Reads the history of a plan.
 *
 * @param folder that holds plan.yaml
 * @param cache a file in which differences are kept from build to build
 * @param limits what the audience of the plan may hear; absent where it may hear everything
 */
export async function readHistory(
  plan: Plan,
  folder: string,
  cache?: string,
  limits?: HistoryLimits,
): Promise<ToldHistory> {
  const git = new Git({ folder, env: process.env });
  try {
    const log = await commitLog(git);
    const all = historyOf(plan, log && limits ? limits.log(log) : log);
    const history = limits ? limits.history(all) : all;
    if (history.known === 'nothing') return nothingToTell;
    const differences = await versionDifferences(plan, history, git, cache, limits);
    return { ...history, differences, uncommitted: (await git.text(['status', '--porcelain', '--', '.'])) !== '' };
  } catch (reason) {
    // A plan is built where git is missing or cannot read its own files; that its history is unknown is then shown.
    if (reason instanceof GitMissing || reason instanceof GitFailed) return nothingToTell;
    throw reason;
  }
}
