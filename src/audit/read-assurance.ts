import { join } from 'node:path';
import { nameOf } from '../history/document-history.ts';
import { Git } from '../history/git.ts';
import { historyLimits } from '../history/limited-history.ts';
import { readHistory, type ToldHistory } from '../history/read-history.ts';
import { signaturesOf } from '../history/signatures.ts';
import { usualAudience } from '../model/audience.ts';
import type { Plan } from '../model/plan.ts';
import { type ApprovalState, commitsWithApprovals, type DocumentApprovals } from './approvals.ts';
import { type Assurance, assuranceOf } from './assurance.ts';
import type { AuditSource } from './records.ts';

/**
 * Reads the history of a plan for its readers, and what of it proves what the plan says.
 *
 * @param whole the plan as it was written: what was approved is that, and its old versions prove what is told of it
 * @param plan what its readers may read
 * @param folder that holds plan.yaml
 * @param caches folder in which differences are kept from build to build
 * @returns what its readers are told, and what holds of the plan as it was written
 */
export async function readAssurance(
  whole: Plan,
  plan: Plan,
  folder: string,
  caches: string,
): Promise<{ history: ToldHistory; assurance: Assurance; written: Assurance }> {
  const cacheFor = (audience: string) =>
    join(caches, `history${audience === usualAudience ? '' : `-${audience}`}.json`);
  const limits = historyLimits(whole, plan);
  const history = await readHistory(plan, folder, cacheFor(plan.audience?.id ?? usualAudience), limits);
  const told = { plan, history, differences: history.differences };
  if (!limits) {
    const assurance = assuranceOf(told, await signaturesFor(told, folder));
    return { history, assurance, written: assurance };
  }
  const all = await readHistory(whole, folder, cacheFor(usualAudience));
  const source = { plan: whole, history: all, differences: all.differences };
  const written = assuranceOf(source, await signaturesFor(source, folder));
  const assurance = assuranceOf({ ...told, differences: all.differences }, new Map());
  const approvals = approvalsTold(told, assurance.approvals, written.approvals);
  return { history, assurance: { ...assurance, approvals }, written };
}

async function signaturesFor(source: AuditSource, folder: string): ReturnType<typeof signaturesOf> {
  const commits = commitsWithApprovals(source);
  const { allowedSigners } = source.plan.settings;
  if (commits.length === 0 || !allowedSigners) return new Map();
  return signaturesOf(new Git({ folder, env: process.env }), commits, allowedSigners);
}

/**
 * How approvals stand, told to those who may not read all of the plan: a document from which something was taken for
 * them says something else than what was approved, and its history says less. Nothing but the verdict is told on top of
 * what they may read.
 */
function approvalsTold(
  { plan, history }: AuditSource,
  told: readonly DocumentApprovals[],
  judged: readonly DocumentApprovals[],
): DocumentApprovals[] {
  const byName = new Map(judged.map((one) => [nameOf(one.document), one]));
  return told.flatMap((one) => {
    const { document, approvals } = one;
    const verdict = byName.get(nameOf(document));
    if (!verdict) return [one];
    // Who approved plan.yaml is withheld with it: that it has no approval would be wrong.
    if (approvals.length === 0 && verdict.approvals.length > 0) return [];
    const versions = history.versions.get(nameOf(document)) ?? [];
    return [
      {
        ...one,
        approved: verdict.approved,
        approvals: approvals.map((state) => {
          const found = verdict.approvals.find((other) => isSame(state, other));
          return found ? withoutMore(plan, { ...found, document, approval: state.approval }, versions) : state;
        }),
      },
    ];
  });
}

// The digest of what these readers do not read whole is withheld, and so may be the name of a role.
const isSame = ({ approval: told }: ApprovalState, { approval }: ApprovalState) =>
  told.by === approval.by && told.on === approval.on && (told.digest ?? approval.digest) === approval.digest;

/** The version as these readers know it, and no address of a repository that they do not. */
function withoutMore(
  { settings }: Plan,
  { version, evidence, ...state }: ApprovalState,
  versions: readonly NonNullable<ApprovalState['version']>[],
): ApprovalState {
  const known = version && versions.find(({ commit }) => commit === version.commit);
  const shown = state.by === 'review' ? settings.repository !== undefined : true;
  return { ...state, ...(known ? { version: known } : {}), ...(evidence && shown ? { evidence } : {}) };
}
