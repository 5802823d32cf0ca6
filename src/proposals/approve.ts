/** An approval as an edit of the document that it is about. */

import { newErrors, recompiled } from '../compile/edited.ts';
import type { Compiled } from '../compile/index.ts';
import { nameOf, settingsOf } from '../history/document-history.ts';
import type { Document } from '../model/document.ts';
import type { Approvals } from '../model/schema-types.ts';
import { editedData, type FileChange } from './changes.ts';
import { appendValue, CannotEdit, setValue } from './yaml-edit.ts';

/** What an approval says beside the digest, which the document gives. */
export type GivenApproval = Omit<Approvals[number], 'digest'>;

/**
 * Writes an approval of what a document says now; a draft becomes approved by it.
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
  const { approvals = [], status } = document.data as { approvals?: Approvals; status?: string };
  const { digest } = document;
  if (status === 'retired') throw new CannotEdit(`${nameOf(document)} is retired; nobody may rely on it.`);
  if (approvals.some(({ by, role, digest: of }) => by === given.by && role === given.role && of === digest))
    return undefined;
  const { by, role, on, evidence } = given;
  const approval = { by, role, on, digest, ...(evidence ? { evidence } : {}) };
  const before = String(compiled.files.find(({ path }) => path === document.path));
  const after = editedData(before, document.path, (yaml) => {
    const approved = appendValue(yaml, '/approvals', approval);
    return status === 'draft' ? setValue(approved, '/status', 'approved') : approved;
  });
  checkApproved(compiled, document, after, now);
  return { path: document.path, before, after };
}

/** What the file says with the approval in it must be right, and must be what was approved. */
function checkApproved(compiled: Compiled, document: Document, after: string, now: Date): void {
  const changed = recompiled(compiled, new Map([[document.path, after]]), now);
  const [fault] = newErrors(compiled, changed);
  if (fault) throw new CannotEdit(`${document.path} cannot be approved: ${fault.reason}`);
  const name = nameOf(document);
  const digest =
    name === 'plan' ? changed.plan && settingsOf(changed.plan).digest : changed.plan?.documents.get(name)?.digest;
  if (digest !== document.digest)
    throw new CannotEdit(`${document.path} would say something else with the approval in it.`);
}
