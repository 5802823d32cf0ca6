/** `firebreak audit` on a plan with a history: what is open on a day, and when it fails. */

import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tablesOf } from '../../src/audit/pack/tables.ts';
import { validatorOf } from '../../src/compile/schemas.ts';
import type { AuditReport } from '../../src/model/schema-types.ts';
import { approvable, runWithGit } from '../audit/signing.ts';
import { temporaryPlan } from './whole-command.ts';

let repository: ReturnType<typeof approvable>;
const audit = (...argv: string[]) => runWithGit(repository.folder, 'audit', '--audience', 'internal', ...argv);
const reportOf = async (...argv: string[]) =>
  JSON.parse((await audit('--json', ...argv)).stdout) as AuditReport & { failOn: string[]; failed: string[] };
const open = ({ openPoints }: AuditReport) => openPoints.map(({ condition, document }) => `${condition} ${document}`);

const cleaning: (() => void)[] = [];
afterAll(() => {
  for (const clean of cleaning) clean();
});

beforeAll(async () => {
  repository = approvable((clean) => cleaning.push(clean));
  const { folder, commit, edit, git, keys } = repository;
  const add = (path: string, text: string) => appendFileSync(join(folder, 'content', path), text);
  await runWithGit(folder, 'approve', 'runbook:ransomware', '--by', 'A. Example');
  commit('Approve', 'Boss', keys.boss);
  git('-c', 'gpg.format=ssh', '-c', `user.signingKey=${keys.boss}`, 'tag', '--sign', '--message', 'First', 'v1.0');
  edit('runbooks/ransomware.mdx', 'owner: responder', 'owner: responder\nreview: {last: 2025-01-01}');
  add('exercises/friday-night.yaml', 'held: [{on: 2026-03-03, evidence: "https://records.example.org/1"}]\n');
  add(
    'lessons/first-exercise.yaml',
    'actionItems:\n  - {id: second-phone, what: Buy a phone., owner: responder, due: 2026-03-31, type: tool}\n',
  );
  commit('Write down what was done');
});

test('it tells how the plan stands in a page, and fails for nothing that it was not asked to', async () => {
  const { code, stdout, stderr } = await audit('--since', 'v1.0');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [commit, tagged] = ['HEAD', 'v1.0^{commit}'].map((name) => repository.git('rev-parse', '--short=8', name));
  expect(stdout).toBe(`Smallest plan, version ${commit}, on 2026-11-24, for internal
Since v1.0 (commit ${tagged} of 2026-03-03) to the present version.
Changed: 3 documents, 3 versions.
Newest tag: v1.0 of 2026-03-04, signed by boss@example.org.

Open points:
  unapproved           1  Not approved, with proof, for what it says now
  draft               17  Draft, which nobody says is approved
  overdue-review       1  Review overdue
  overdue-action       1  Action item overdue
  unverified           2  Contact or resource never tried, or not in time
  untrained            1  Training that was never held
  claim                1  Day that nothing proves
`);
});

test('what these readers may not read is no less open, and is told by number alone', async () => {
  const auditor = ['--audience', 'auditor', '--fail-on', 'overdue-action,untrained,unacknowledged'];
  const told = await runWithGit(repository.folder, 'audit', ...auditor);
  expect(told.code).toBe(1);
  expect(told.stdout).toContain(
    'overdue-action: Action item overdue\n  One more is in what these readers may not read',
  );
  expect(told.stdout).not.toMatch(/second-phone|First exercise|First aid/);
  const json = JSON.parse((await runWithGit(repository.folder, 'audit', ...auditor, '--json')).stdout);
  expect(json).toMatchObject({ failed: ['overdue-action', 'untrained'], openPoints: [{ document: 'plan' }] });
  // Nothing is handed out without a pack, so the whole plan is told where no audience is named.
  expect((await runWithGit(repository.folder, 'audit')).stdout).toContain(', for internal\n');
});

test('it fails for the conditions that are named, on the day that is named, and says where', async () => {
  const failing = await audit('--fail-on', 'overdue-review,unexercised');
  expect(failing.code).toBe(1);
  expect(failing.stdout).toContain(
    'overdue-review: Review overdue\n  content/runbooks/ransomware.mdx  Ransomware: It was due by 2026-01-01; the last time is said to be 2025-01-01.\n',
  );
  expect(failing.stdout).not.toContain('unexercised');
  expect((await audit('--fail-on', 'overdue-review', '--at', '2026-01-01')).code).toBe(0);
  expect((await audit('--fail-on', 'unexercised', '--at', '2027-03-03')).code).toBe(0);
  expect(await audit('--fail-on', 'unexercised', '--at', '2027-03-04')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('It was exercised on 2026-03-03, which counted until 2027-03-03.'),
  });
});

test('as JSON it holds every answer with its proof, in the form of its schema', async () => {
  const { failOn, failed, ...report } = await reportOf('--fail-on', 'all', '--since', 'v1.0');
  const validate = validatorOf('audit-report');
  validate.call({ collected: { references: [], markdown: [] } }, report);
  expect(validate.errors).toBeNull();
  expect(failed).toEqual([
    'unapproved',
    'draft',
    'overdue-review',
    'overdue-action',
    'unverified',
    'untrained',
    'claim',
  ]);
  expect(failOn).toContain('unacknowledged');
  const drafts = open(report).filter((point) => point.startsWith('draft '));
  expect(drafts).toContain('draft phase:containment');
  expect(drafts).not.toContain('draft runbook:ransomware');
  expect(open(report).filter((point) => !drafts.includes(point))).toEqual([
    'unapproved plan',
    'overdue-review runbook:ransomware',
    'overdue-action lesson:first-exercise',
    'unverified contact:on-call',
    'unverified resource:jump-kit',
    'untrained training:first-aid',
    'claim runbook:ransomware',
  ]);
  expect(report.approvals).toMatchObject([
    { document: 'plan', state: 'none' },
    { document: 'runbook:ransomware', state: 'counts', provenBy: 'signature', by: 'A. Example' },
  ]);
  expect(report.releases).toMatchObject([{ tag: 'v1.0', signature: 'good', signer: 'boss@example.org' }]);
  expect(report.exercises).toMatchObject([
    { on: '2026-03-03', proof: { state: 'evidence', proven: true, evidence: 'https://records.example.org/1' } },
  ]);
  expect(report.lessons).toMatchObject([{ lesson: 'first-exercise', open: 1, done: 0 }]);
  expect(report.changes.map(({ document, by, signature }) => [document, by, signature])).toEqual([
    ['exercise:friday-night', ['Alice'], 'none'],
    ['lesson:first-exercise', ['Alice'], 'none'],
    ['runbook:ransomware', ['Alice'], 'none'],
  ]);
});

test('every list is a table with the columns of the schema', async () => {
  const tables = tablesOf(await reportOf('--since', 'v1.0'));
  expect(tables.get('action-items.csv')).toBe(
    'lesson,item,owner,due,state,tracked,overdue,proof.state,proof.proven,proof.commit,proof.on,proof.evidence\r\nfirst-exercise,second-phone,responder,2026-03-31,open,,true,none,false,,,\r\n',
  );
  expect(tables.get('holders.csv')?.split('\r\n')).toHaveLength(2);
  expect([...tables.keys()].sort()).toEqual([...new Set(tables.keys())].sort());
});

test('what cannot be asked is told: a condition, a day, a history that is not there', async () => {
  expect(await audit('--fail-on', 'overdue-reviews')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Did you mean "overdue-review"?'),
  });
  expect((await audit('--at', '2026-13-01')).stderr).toContain('"2026-13-01" is no day');
  expect((await audit('--since', 'v7')).stderr).toContain('git knows no tag or commit "v7"');
  const shallow = join(temporaryPlan(), 'clone');
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${repository.folder}`, shallow], { stdio: 'pipe' });
  const internal = ['audit', '--audience', 'internal'];
  expect(await runWithGit(shallow, ...internal, '--fail-on', 'unapproved')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('This is a shallow clone'),
  });
  expect((await runWithGit(shallow, ...internal)).stdout).toContain('shallow clone that begins on');
  const bare = temporaryPlan();
  expect((await runWithGit(bare, ...internal, '--fail-on', 'claim')).stderr).toContain('in no git repository');
  expect((await runWithGit(bare, ...internal)).stdout).toContain('was made from files that are in no commit');
});
