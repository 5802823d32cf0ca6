/** An approval as an edit of the document that it is about. */

import { newErrors, recompiled } from '../compile/edited.ts';
import type { Compiled } from '../compile/index.ts';
import { isDraft } from '../compile/status.ts';
import { allDiagnostics, levelOf } from '../diagnostics/report.ts';
import { nameOf, settingsOf } from '../history/document-history.ts';
import type { Document } from '../model/document.ts';
import type { Approvals, Unapproved } from '../model/schema-types.ts';
import { editedData, type FileChange } from './changes.ts';
import { appendValue, CannotEdit, removeValue, setValue } from './yaml-edit.ts';

/** What an approval says beside the digest, which the document gives. */
export type GivenApproval = Omit<Approvals[number], 'digest'>;

interface Governed {
  approvals?: Approvals;
  unapproved?: Unapproved;
  status?: string;
}

/**
 * Writes an approval of what a document says now; a draft becomes approved by it, and what was published without one is
 * no longer marked as that, once the role has approved it that had to.
 *
 * @returns undefined where the same person has approved the same text in the same role already
 * @throws CannotEdit when the document cannot hold an approval
 */
export function approvalOf(
  compiled: Compiled,
  document: Document,
  given: GivenApproval,
  now: Date,
): FileChange | undefined {
  const { approvals = [], unapproved, status } = document.data as Governed;
  const { digest } = document;
  if (status === 'retired') throw new CannotEdit(`${nameOf(document)} is retired; nobody may rely on it.`);
  const { by, role, on, evidence } = given;
  const isMarked = unapproved?.role === role;
  const isGiven = approvals.some((one) => one.by === by && one.role === role && one.digest === digest);
  if (isGiven && !isMarked) return undefined;
  const approval = { by, role, on, digest, ...(evidence ? { evidence } : {}) };
  const before = String(compiled.files.find(({ path }) => path === document.path));
  const after = editedData(before, document.path, (yaml) => {
    const plain = isMarked ? removeValue(yaml, '/unapproved') : yaml;
    const approved = isGiven ? plain : appendValue(plain, '/approvals', approval);
    return isDraft(document) ? setValue(approved, '/status', 'approved') : approved;
  });
  checkApproved(compiled, document, after, now);
  return { path: document.path, before, after };
}

/** What the file says with the approval in it must be right, and must be what was approved. */
function checkApproved(compiled: Compiled, document: Document, after: string, now: Date): void {
  const changed = recompiled(compiled, new Map([[document.path, after]]), now);
  // Nobody can follow what is wrong, and who mends it later changes what was approved.
  const own = allDiagnostics(changed.files.filter(({ path }) => path === document.path));
  const [fault] = [...newErrors(compiled, changed), ...own.filter((one) => levelOf(one) === 'error')];
  if (fault) throw new CannotEdit(`${document.path} cannot be approved: ${fault.reason}`);
  const name = nameOf(document);
  const digest =
    name === 'plan' ? changed.plan && settingsOf(changed.plan).digest : changed.plan?.documents.get(name)?.digest;
  if (digest !== document.digest)
    throw new CannotEdit(`${document.path} would say something else with the approval in it.`);
}
