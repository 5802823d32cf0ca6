import { nameOf } from '../history/document-history.ts';
import { Git } from '../history/git.ts';
import { readHistory } from '../history/read-history.ts';
import { signaturesOf } from '../history/signatures.ts';
import type { Plan } from '../model/plan.ts';
import { type ApprovalState, approvalsOf, commitsWithApprovals, type DocumentApprovals } from './approvals.ts';
import { type Assurance, assuranceOf } from './assurance.ts';
import type { AuditSource } from './records.ts';

/**
 * Asks git whose signatures are under the approvals, and puts all answers together.
 *
 * @param folder that holds plan.yaml
 * @param whole the plan as it was written, where the readers may not read all of it: what was approved is that
 */
export async function readAssurance(source: AuditSource, folder: string, whole = source.plan): Promise<Assurance> {
  const assurance = assuranceOf(source, await signaturesFor(source, folder));
  if (whole.documents === source.plan.documents || whole.settings.example) return assurance;
  const history = await readHistory(whole, folder);
  const written = { plan: whole, history, differences: history.differences };
  const judged = approvalsOf(written, await signaturesFor(written, folder));
  return { ...assurance, approvals: approvalsTold(source, assurance.approvals, judged) };
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
  return told.flatMap(({ document, approvals, approved }) => {
    const verdict = byName.get(nameOf(document));
    if (!verdict) return [{ document, approvals, approved }];
    // Who approved plan.yaml is withheld with it: that it has no approval would be wrong.
    if (approvals.length === 0 && verdict.approvals.length > 0) return [];
    const versions = history.versions.get(nameOf(document)) ?? [];
    return [
      {
        document,
        approved: verdict.approved,
        approvals: approvals.map((one) => {
          const found = verdict.approvals.find((other) => isSame(one, other));
          return found ? withoutMore(plan, { ...found, document, approval: one.approval }, versions) : one;
        }),
      },
    ];
  });
}

const isSame = ({ approval: a }: ApprovalState, { approval: b }: ApprovalState) =>
  a.by === b.by && a.on === b.on && a.digest === b.digest;

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
