import { join } from 'node:path';
import { type Compiled, compile } from '../../compile/index.ts';
import { nameOf, settingsOf } from '../../history/document-history.ts';
import { Git } from '../../history/git.ts';
import type { Document } from '../../model/document.ts';
import { nearestName } from '../../model/nearest-name.ts';
import { documentOf, type Plan } from '../../model/plan.ts';
import { unapprovedOf } from '../../model/unapproved.ts';
import { approvalOf, type GivenApproval } from '../../proposals/approve.ts';
import type { FileChange } from '../../proposals/changes.ts';
import { CannotEdit } from '../../proposals/yaml-edit.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { contentHelp, contentOption, planFolder } from '../plan-folder.ts';
import { writeAtomically } from '../write-atomically.ts';

type Values = Record<string, string | boolean | undefined>;

/** Writes down that somebody approves what documents say now. */
export const approve: Command = {
  name: 'approve',
  summary: 'Write down that you approve what documents say now: by whom, in which role, when, and their digests',
  usage: '<reference …>',
  options: {
    by: { type: 'string' },
    role: { type: 'string' },
    on: { type: 'string' },
    evidence: { type: 'string' },
    json: { type: 'boolean' },
    ...contentOption,
  },
  help: {
    by: 'who approves; default: the approver of plan.yaml whose address git knows you by',
    role: "in which role; default: the approver's only one",
    on: 'the day, as 2026-11-24; default: today',
    evidence: 'address at which the approval can be seen, such as minutes',
    json: 'tell the result as JSON',
    ...contentHelp,
  },
  examples: [
    'firebreak approve runbook:ransomware',
    'firebreak approve plan phase:containment --by "A. Example" --role executive',
  ],
  async run(outside, values, references) {
    if (references.length === 0)
      throw new CannotRun('Write: firebreak approve <reference …>, such as runbook:ransomware, or plan for plan.yaml.');
    const folder = await planFolder(outside, values['content']);
    const compiled = await compile(folder.root, outside.now);
    const { plan } = compiled;
    if (!plan) throw new CannotRun('plan.yaml has errors; run `firebreak check` first.');
    const documents = [...new Set(references)].map((reference) => named(plan, reference));
    const given = await givenBy(plan, values, outside, folder.root);
    // All or nothing: what cannot be approved is told before anything is written.
    const changes = documents.map((document) => ({ document, change: edit(compiled, document, given, outside.now) }));
    for (const { document, change } of changes) {
      if (change) await writeAtomically(join(folder.root, change.path), change.after, change.before);
      if (values['json']) continue;
      const what = change ? 'approved' : 'was approved before: nothing to write';
      outside.stdout.write(`${folder.prefix}${document.path}: ${what}\n`);
      tellWhatIsDue(plan, document, given, outside);
    }
    if (values['json']) outside.stdout.write(asJson(plan, changes, given, folder.prefix));
    else tellWhatCounts(plan, given, outside);
    return 0;
  },
};

/** What was done, and what `tellWhatIsDue` and `tellWhatCounts` would say of it. */
function asJson(
  plan: Plan,
  changes: readonly { document: Document; change: FileChange | undefined }[],
  given: GivenApproval,
  prefix: string,
): string {
  const documents = changes.map(({ document, change }) => {
    const unapproved = unapprovedOf(document);
    return {
      reference: nameOf(document),
      path: prefix + document.path,
      digest: document.digest,
      written: change !== undefined,
      ...(unapproved && unapproved.role !== given.role ? { due: unapproved } : {}),
    };
  });
  return `${JSON.stringify({ ...given, claim: whyClaim(plan.settings, given) ?? null, documents }, null, 2)}\n`;
}

/** What was published before it was approved stays marked until the role has approved it that has to. */
function tellWhatIsDue(plan: Plan, document: Document, { role }: GivenApproval, { stdout, stderr }: Outside): void {
  const unapproved = unapprovedOf(document);
  if (!unapproved) return;
  if (unapproved.role === role) stdout.write('  It is no longer marked as published without an approval.\n');
  else {
    const missing = documentOf(plan, 'role', unapproved.role)?.data.title ?? unapproved.role;
    stderr.write(`  It stays marked as unapproved: the approval of the ${missing} is due by ${unapproved.due}.\n`);
  }
}

function named(plan: Plan, reference: string): Document {
  const document = reference === 'plan' ? settingsOf(plan) : plan.documents.get(reference);
  if (document) return document;
  const meant = nearestName(reference, [...plan.documents.keys(), 'plan']);
  throw new CannotRun(
    `The plan has no document "${reference}", or a fault hides it.${meant ? ` Did you mean "${meant}"?` : ' `firebreak check` tells the faults.'}`,
  );
}

async function givenBy(plan: Plan, values: Values, outside: Outside, root: string): Promise<GivenApproval> {
  const text = (name: string) => (typeof values[name] === 'string' ? (values[name] as string) : undefined);
  const git = new Git({ folder: root, env: { ...outside.env }, signal: outside.signal });
  const address = await git.answer(['config', '--get', 'user.email']).catch(() => undefined);
  const { approvers = [] } = plan.settings;
  const approver = approvers.find(({ name, addresses }) =>
    text('by') ? name === text('by') : addresses.some((known) => known.toLowerCase() === address?.toLowerCase()),
  );
  const by = text('by') ?? approver?.name;
  if (!by)
    throw new CannotRun(
      approvers.length === 0
        ? `plan.yaml names nobody who may approve. Add who may, so that it counts: approvers: [{name: A. Example, roles: [executive], addresses: [${address ?? 'a@example.org'}]}].`
        : `Nobody among the approvers of plan.yaml has the address ${address ?? 'that git would give you'}. Say who approves: --by "A. Example".`,
    );
  const role = text('role') ?? (approver?.roles.length === 1 ? approver.roles[0] : undefined);
  if (!role || !documentOf(plan, 'role', role))
    throw new CannotRun(
      role
        ? `The plan has no role "${role}".`
        : `Say in which role ${by} approves: --role ${approver?.roles[0] ?? 'executive'}.`,
    );
  const on = text('on') ?? outside.now.toISOString().slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(on) || Number.isNaN(Date.parse(on)))
    throw new CannotRun(`"${on}" is no day. Write it as 2026-11-24.`);
  const evidence = text('evidence');
  return { by, role, on, ...(evidence ? { evidence } : {}) };
}

function edit(compiled: Compiled, document: Document, given: GivenApproval, now: Date) {
  try {
    return approvalOf(compiled, document, given, now);
  } catch (reason) {
    if (reason instanceof CannotEdit) throw new CannotRun(`${reason.message} Nothing was written.`);
    throw reason;
  }
}

/** An approval that will be shown as a claim is better known now than at the audit. */
function tellWhatCounts({ settings }: Plan, given: GivenApproval, { stdout, stderr }: Outside): void {
  const claim = whyClaim(settings, given);
  if (claim !== undefined) stderr.write(`${claim}\n`);
  else
    stdout.write(
      'It counts once a commit that you sign brings it (git commit -S), or you approve its pull request without having written any of it.\n',
    );
}

/** Why an approval will not count; undefined where it can. */
function whyClaim(settings: Plan['settings'], { by, role }: GivenApproval): string | undefined {
  if (settings.example) return 'The plan is marked as an example, so no approval in it counts.';
  const approver = settings.approvers?.find(({ name }) => name === by);
  if (!approver) return `${by} is not among the approvers of plan.yaml, so this is a claim and does not count.`;
  return approver.roles.includes(role)
    ? undefined
    : `plan.yaml does not let ${by} approve as ${role}, so this is a claim and does not count.`;
}
