/** Which approvals count: from repositories with keys that are made for it. */

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DocumentApprovals, standingOf } from '../../src/audit/approvals.ts';
import { readAssurance } from '../../src/audit/read-assurance.ts';
import { compile } from '../../src/compile/index.ts';
import { nameOf } from '../../src/history/document-history.ts';
import { now } from '../cli/whole-command.ts';
import { approvable, runWithGit } from './signing.ts';

const approve = (folder: string, ...argv: string[]) => runWithGit(folder, 'approve', ...argv);

const byBoss = ['--by', 'A. Example'];

async function approvalsIn(folder: string, name = 'runbook:ransomware'): Promise<DocumentApprovals> {
  const root = join(folder, 'content');
  const { plan } = await compile(root, now);
  if (!plan) throw new Error('the plan has faults');
  const { approvals } = (await readAssurance(plan, plan, root, join(folder, '.firebreak'))).assurance;
  return approvals.find(({ document }) => nameOf(document) === name) as DocumentApprovals;
}

async function standing(folder: string, name?: string): Promise<unknown> {
  const found = await approvalsIn(folder, name);
  return found.approvals.map(({ state, by, reason, evidence }) => [
    state,
    by ?? reason,
    ...(evidence ? [evidence] : []),
  ]);
}

test('an approval counts when the approver signed the commit that wrote it, until the text changes', async () => {
  const { folder, commit, edit, keys } = approvable();
  expect(await approve(folder, 'runbook:ransomware', 'plan', ...byBoss)).toMatchObject({ code: 0, stderr: '' });
  const again = await approve(folder, 'runbook:ransomware', ...byBoss, '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({
    by: 'A. Example',
    claim: null,
    documents: [{ reference: 'runbook:ransomware', path: 'content/runbooks/ransomware.mdx', written: false }],
  });
  expect(await standing(folder)).toEqual([['claim', 'not committed']]);
  commit('Approve', 'Boss', keys.boss);
  expect(await standing(folder)).toEqual([['counts', 'signature']]);
  expect(await standing(folder, 'plan')).toEqual([['counts', 'signature']]);
  edit('runbooks/ransomware.mdx', 'owner: responder', 'owner: responder # a remark');
  commit('Remark');
  expect(await standing(folder)).toEqual([['counts', 'signature']]);
  edit('actions/isolate-host.mdx', '</Part>', 'A sentence more.\n</Part>');
  commit('Say more in an action of the runbook');
  expect(await standing(folder)).toEqual([['outdated', 'signature']]);
});

test('a signature of a key that the plan does not list is worth nothing, and none is too', async () => {
  const { folder, commit, keys } = approvable();
  await approve(folder, 'runbook:ransomware', ...byBoss);
  commit('Approve', 'Boss', keys.other);
  expect(await standing(folder)).toEqual([['claim', 'no signature or review']]);
  await approve(folder, 'action:isolate-host', ...byBoss);
  commit('Approve', 'Boss');
  expect(await standing(folder, 'action:isolate-host')).toEqual([['claim', 'no signature or review']]);
});

test('in a merge the commit counts that wrote the approval, not another that the approver signed', async () => {
  const { folder, git, commit, merge, edit, keys } = approvable();
  git('checkout', '--quiet', '-b', 'forged');
  edit('runbooks/ransomware.mdx', 'Find the root cause.', 'Find the first cause.');
  commit('Say it plainly', 'Boss', keys.boss);
  await approve(folder, 'runbook:ransomware', ...byBoss);
  commit('Approve in the name of somebody else', 'Mallory', keys.other);
  git('checkout', '--quiet', 'main');
  merge('forged', "Merge branch 'forged' into 'main'");
  expect(await standing(folder)).toEqual([['claim', 'no signature or review']]);
});

test('a review counts that the merge names, with a pull request to look at, of somebody who wrote no part', async () => {
  const { folder, git, commit, merge, edit } = approvable();
  const proposed = async (branch: string, author: string, trailers: string) => {
    git('checkout', '--quiet', '-b', branch);
    edit('runbooks/ransomware.mdx', 'root cause', `root cause of ${branch}`);
    await approve(folder, 'runbook:ransomware', ...byBoss);
    commit('Change and approve', author);
    git('checkout', '--quiet', 'main');
    merge(branch, `Merge branch '${branch}' into 'main'\n\nA title\n\n${trailers}`);
    return ((await standing(folder)) as unknown[]).at(-1);
  };
  const named = 'See merge request example/plan!7\n\nApproved-by: Somebody <boss@example.org>';
  expect(await proposed('one', 'Alice', named)).toEqual([
    'counts',
    'review',
    'https://gitlab.com/example/plan/-/merge_requests/7',
  ]);
  expect(await proposed('two', 'Boss', named)).toEqual(['claim', 'approver is author']);
  expect(await proposed('three', 'Alice', 'Approved-by: Somebody <boss@example.org>')).toEqual([
    'claim',
    'no evidence link',
  ]);
  expect(
    await proposed('four', 'Alice', 'See merge request example/plan!8\n\nApproved-by: A. Example <other@example.org>'),
  ).toEqual(['claim', 'no signature or review']);
  expect(
    await proposed('five', 'Alice', 'See merge request example/plan!9\n\nReviewed-by: Somebody <boss@example.org>'),
  ).toEqual(['claim', 'no signature or review']);
  // Right under GitLab's last line, which has no colon, git itself takes it for text.
  expect(
    await proposed('six', 'Alice', 'See merge request example/plan!10\nApproved-by: Somebody <boss@example.org>'),
  ).toEqual(['counts', 'review', 'https://gitlab.com/example/plan/-/merge_requests/10']);
});

test('who is no approver, approves in another role, or names no text, makes a claim; in an example nothing counts', async () => {
  const { folder, commit, edit, keys } = approvable();
  const stranger = await approve(folder, 'runbook:ransomware', '--by', 'B. Example', '--role', 'responder');
  expect(stranger.stderr).toContain('is not among the approvers');
  edit(
    'actions/isolate-host.mdx',
    'targets: hosts',
    'targets: hosts\nstatus: approved\napprovals: [{by: A. Example, role: responder, on: 2026-03-02}]',
  );
  commit('Approve', 'Boss', keys.boss);
  expect(await standing(folder)).toEqual([['claim', 'not an approver']]);
  expect(await standing(folder, 'action:isolate-host')).toEqual([['claim', 'no digest']]);
  appendFileSync(join(folder, 'content/plan.yaml'), 'example: true\n');
  expect(await standing(folder)).toEqual([['example', undefined]]);
});

test('approving again writes nothing, a name that is unknown is told, and a draft becomes approved', async () => {
  const { folder } = approvable();
  await approve(folder, 'runbook:ransomware', ...byBoss);
  const path = join(folder, 'content/runbooks/ransomware.mdx');
  const approved = readFileSync(path, 'utf8');
  expect(approved).toMatch(
    /status: approved\napprovals:\n {2}- by: A\. Example\n {4}role: responder\n {4}on: 2026-11-24\n {4}digest: sha256-[0-9a-f]{64}\n/,
  );
  expect((await approve(folder, 'runbook:ransomware', ...byBoss)).stdout).toContain('was approved before');
  expect(readFileSync(path, 'utf8')).toBe(approved);
  expect(await approve(folder, 'runbook:ransomwere', ...byBoss)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Did you mean "runbook:ransomware"?'),
  });
  expect((await approve(folder, 'contact:on-call', ...byBoss)).stderr).toContain('cannot be approved');
  expect((await approve(folder, 'runbook:ransomware')).stderr).toContain('Say who approves');
  // What is wrong is not approved, and nobody is an approver by himself.
  const faulty = approved.replace('## Containment', '## Containment\n\n<Step role="responder">\nWait.\n</Step>');
  writeFileSync(path, faulty);
  expect((await approve(folder, 'runbook:ransomware', ...byBoss)).stderr).toContain('cannot be approved: The <Step>');
  expect(readFileSync(path, 'utf8')).toBe(faulty);
  const plan = join(folder, 'content/plan.yaml');
  writeFileSync(plan, readFileSync(plan, 'utf8').replace(/^approvers:\n(?:[ -].*\n)+/m, ''));
  expect((await approve(folder, 'runbook:ransomware')).stderr).toContain('approvers: [{name:');
});

test('what was published before it was approved says so until the role has approved it that had to', async () => {
  const { folder, commit, edit, keys } = approvable();
  const executive = 'title: Executive\nsummary: Decides.\nfirstFifteenMinutes: [Decide.]\nstatus: draft\n';
  writeFileSync(join(folder, 'content/roles/executive.yaml'), executive);
  edit('contacts/on-call.yaml', 'roles: [responder]', 'roles: [responder, executive]');
  await approve(folder, 'runbook:ransomware', ...byBoss);
  commit('Approve', 'Boss', keys.boss);
  const mark = 'unapproved: {since: 2026-11-20, due: 2026-11-27, role: responder, why: The old step let them in.}';
  edit('runbooks/ransomware.mdx', 'Find the root cause.', 'Find every cause.');
  edit('runbooks/ransomware.mdx', 'owner: responder', `owner: responder\n${mark}`);
  // The check stands in nobody's way, and the approval that there is keeps its own state.
  expect(await runWithGit(folder, 'check')).toMatchObject({ code: 0 });
  commit('It could not wait');
  const state = () => approvalsIn(folder);
  expect(standingOf(await state())).toBe('unapproved');
  expect(await standing(folder)).toEqual([['outdated', 'signature']]);

  const other = await approve(folder, 'runbook:ransomware', '--by', 'B. Example', '--role', 'executive');
  expect(other).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('the approval of the Responder is due by 2026-11-27'),
  });
  expect(readFileSync(join(folder, 'content/runbooks/ransomware.mdx'), 'utf8')).toContain(mark);

  const right = await approve(folder, 'runbook:ransomware', ...byBoss);
  expect(right).toMatchObject({ code: 0, stdout: expect.stringContaining('no longer marked') });
  expect(readFileSync(join(folder, 'content/runbooks/ransomware.mdx'), 'utf8')).not.toContain('unapproved');
  commit('Approve', 'Boss', keys.boss);
  expect(standingOf(await state())).toBe('approved');
});
