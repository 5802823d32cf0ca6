/** Which approvals count, and why the others do not (D18 of the design; docs/decisions/0016-approvals.md). */

import { type DocumentVersion, isSame, personOf, settingsOf } from '../history/document-history.ts';
import type { Signature } from '../history/signatures.ts';
import { differenceKey } from '../history/version-difference.ts';
import type { Document } from '../model/document.ts';
import { pullRequestPage, repositoryOf } from '../model/forge-address.ts';
import { isCurrent, type Plan } from '../model/plan.ts';
import type { Approvals, PlanSettings, Unapproved } from '../model/schema-types.ts';
import { unapprovedOf } from '../model/unapproved.ts';
import { type AuditSource, gains, versionThatBrought } from './records.ts';

type Approval = Approvals[number];
type Approver = NonNullable<PlanSettings['approvers']>[number];

/** Why an approval is a claim and no more. */
type ClaimReason =
  | 'no digest'
  | 'not an approver'
  | 'not in this role'
  | 'not committed'
  | 'no signature or review'
  | 'approver is author'
  | 'no evidence link';

export interface ApprovalState {
  document: Document;
  approval: Approval;
  /** `counts` and `outdated` are proven, the latter for another text; `example` never counts, `claim` is a word. */
  state: 'counts' | 'outdated' | 'claim' | 'example';
  /** What proves it. */
  by?: 'signature' | 'review';
  reason?: ClaimReason;
  /** The version that brought it. */
  version?: DocumentVersion;
  /** Where it can be seen outside. */
  evidence?: string;
}

/** A document that says that it is approved, and how its approvals stand. */
export interface DocumentApprovals {
  document: Document;
  approvals: ApprovalState[];
  /** Whether one of its approvals counts for what it says now. */
  approved: boolean;
  /** It was published before it was approved, and says so. */
  unapproved?: Unapproved;
}

/** Where a document stands by its approvals: `without` one, or as good as the best that can be proven. */
export type ApprovalStanding = 'unapproved' | 'approved' | 'outdated' | 'claim' | 'example' | 'without' | 'draft';

/** @param approvals of a document; undefined for one that does not say that it is approved */
export function standingOf(approvals: DocumentApprovals | undefined): ApprovalStanding {
  if (!approvals) return 'draft';
  if (approvals.unapproved) return 'unapproved';
  if (approvals.approved) return 'approved';
  if (approvals.approvals.length === 0) return 'without';
  return (
    (['outdated', 'claim', 'example'] as const).find((state) =>
      approvals.approvals.some((approval) => approval.state === state),
    ) ?? 'claim'
  );
}

/** The commits whose signatures have to be known: those that wrote an approval which is in the plan. */
export function commitsWithApprovals(source: AuditSource): string[] {
  if (source.plan.settings.example || !source.plan.settings.allowedSigners) return [];
  return approvable(source.plan).flatMap((document) =>
    approvalsIn(document).flatMap((approval) => {
      const written = writtenBy(source, document, approval);
      return written ? [written.commit] : [];
    }),
  );
}

/** How the approvals of the plan and of its current documents stand; plan.yaml first. */
export function approvalsOf(source: AuditSource, signatures: ReadonlyMap<string, Signature>): DocumentApprovals[] {
  return approvable(source.plan).map((document) => {
    const approvals = approvalsIn(document).map((approval) => stateOf(source, signatures, document, approval));
    const unapproved = unapprovedOf(document);
    const approved = !unapproved && approvals.some(({ state }) => state === 'counts');
    return { document, approvals, approved, ...(unapproved ? { unapproved } : {}) };
  });
}

/** plan.yaml, and the documents of kinds that are approved. */
function approvable(plan: Plan): Document[] {
  const documents = [...plan.documents.values()].filter(
    (document) =>
      isCurrent(document) &&
      (statusOf(document) === 'approved' || approvalsIn(document).length > 0 || unapprovedOf(document) !== undefined),
  );
  return [settingsOf(plan), ...documents];
}

const approvalsIn = ({ data }: Document) => (data as { approvals?: Approvals }).approvals ?? [];
const statusOf = ({ data }: Document) => (data as { status?: string }).status;

function stateOf(
  source: AuditSource,
  signatures: ReadonlyMap<string, Signature>,
  document: Document,
  approval: Approval,
): ApprovalState {
  const base = { document, approval, ...(approval.evidence ? { evidence: approval.evidence } : {}) };
  if (source.plan.settings.example) return { ...base, state: 'example' };
  const written = writtenBy(source, document, approval);
  const known = written ? { ...base, version: written.version } : base;
  const claim = (reason: ClaimReason): ApprovalState => ({ ...known, state: 'claim', reason });
  if (!approval.digest) return claim('no digest');
  const approver = source.plan.settings.approvers?.find(({ name }) => name === approval.by);
  if (!approver) return claim('not an approver');
  if (!approver.roles.includes(approval.role)) return claim('not in this role');
  if (!written) return claim('not committed');
  const state = approval.digest === document.digest ? 'counts' : 'outdated';
  const signature = signatures.get(written.commit);
  if (signature?.state === 'good' && isAddressOf(approver, signature.signer ?? ''))
    return { ...known, state, by: 'signature' };
  const review = reviewIn(source.plan, written.version, approver);
  return typeof review === 'string' ? claim(review) : { ...known, state, by: 'review', evidence: review.evidence };
}

/** The commit that wrote an approval, and the version of the main branch that it came by. */
function writtenBy(
  { history, differences }: AuditSource,
  document: Document,
  approval: Approval,
): { commit: string; version: DocumentVersion } | undefined {
  const brings = gains(['approvals'], (entry) => isApproval(entry, approval));
  const version = versionThatBrought(history, differences, document, brings);
  if (!version) return undefined;
  const wrote = version.brought.find((commit) => differences.get(differenceKey(commit))?.records.some(brings));
  return { commit: wrote?.id ?? version.commit, version };
}

function isApproval(entry: unknown, { by, role, on, digest }: Approval): boolean {
  const other = entry as Partial<Approval>;
  return other.by === by && other.role === role && other.on === on && other.digest === digest;
}

/**
 * The review of a pull request, as the merge names it. GitLab writes `Approved-by` by its template %{approved_by};
 * Gitea and Forgejo write `Reviewed-by` for those who approved. GitHub writes neither of its own accord.
 */
function reviewIn(plan: Plan, version: DocumentVersion, approver: Approver): { evidence: string } | ClaimReason {
  const repository = plan.settings.repository && repositoryOf(plan.settings.repository);
  const names = repository?.kind === 'gitea' ? /^(approved|reviewed)-by$/i : /^approved-by$/i;
  const reviewers = version.trailers.filter(({ name }) => names.test(name)).map(({ value }) => personOf(value));
  if (!reviewers.some(({ mail }) => isAddressOf(approver, mail))) return 'no signature or review';
  const wrote = version.authors.some(
    (author) => isAddressOf(approver, author.mail) || isSame(author, { name: approver.name, mail: '' }),
  );
  if (wrote) return 'approver is author';
  const evidence = repository && version.pullRequest && pullRequestPage(repository, version.pullRequest.number);
  return evidence ? { evidence } : 'no evidence link';
}

const isAddressOf = ({ addresses }: Approver, address: string) =>
  addresses.some((known) => known.toLowerCase() === address.toLowerCase());
