import { Git } from '../history/git.ts';
import { signaturesOf } from '../history/signatures.ts';
import { commitsWithApprovals } from './approvals.ts';
import { type Assurance, assuranceOf } from './assurance.ts';
import type { AuditSource } from './records.ts';

/**
 * Asks git whose signatures are under the approvals, and puts all answers together.
 *
 * @param folder that holds plan.yaml
 */
export async function readAssurance(source: AuditSource, folder: string): Promise<Assurance> {
  const commits = commitsWithApprovals(source);
  const { allowedSigners } = source.plan.settings;
  if (commits.length === 0 || !allowedSigners) return assuranceOf(source, new Map());
  const git = new Git({ folder, env: process.env });
  return assuranceOf(source, await signaturesOf(git, commits, allowedSigners));
}
