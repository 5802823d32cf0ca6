import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

/** A plan of schema version 1, with a contact that was last reached half a year ago. */
function oldPlan(change = (text: string) => text): { folder: string; path: string } {
  const folder = temporaryPlan();
  const path = join(folder, 'content/plan.yaml');
  const text = readFileSync(path, 'utf8')
    .replace('schema: 2', 'schema: 1')
    .replace('reviewEvery: {runbook: 12 months}', 'reviewEvery:\n  runbook: 12 months\n  contact: 3 months # by turns');
  writeFileSync(path, change(text));
  const contact = join(folder, 'content/contacts/on-call.yaml');
  writeFileSync(contact, `${readFileSync(contact, 'utf8')}verifiedOn: "2026-06-30"\n`);
  return { folder, path };
}

test('a plan of the version before is read as it was meant, with a warning that says what to do', async () => {
  const { folder } = oldPlan();
  const { code, stdout } = await runIn(folder, 'check');
  expect(code).toBe(0);
  expect(stdout).toContain('This plan is written for schema version 1; the newest is 2. schema-outdated');
  expect(stdout).toContain('Run `firebreak migrate`');
  expect(stdout).toContain('The contact was reached on 2026-06-30, and was to be again by 2026-09-30.');
  expect(stdout).toContain('2 warnings');
});

test('a fault in what has moved is told where it is written', async () => {
  const { folder } = oldPlan((text) => text.replace('contact: 3 months', 'contact: soon'));
  const { code, stdout } = await runIn(folder, 'check');
  expect(code).toBe(1);
  expect(stdout).toMatch(/"soon" does not have the form of verifyContacts[\s\S]*content\/plan\.yaml:8:12/);
});

test('migrate says what moved and why, and the plan means the same after', async () => {
  const { folder, path } = oldPlan();
  const before = snapshotOf(folder);
  const text = readFileSync(path, 'utf8');
  const shown = await runIn(folder, 'migrate', '--dry-run');
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toBe(`Schema version 1 would become 2, in content/plan.yaml.
  content/plan.yaml: reviewEvery.contact is upkeep.verifyContacts
    A contact is not reviewed but reached; how often stands beside the other periods of upkeep.

--- content/plan.yaml
+++ content/plan.yaml
@@ -1,3 +1,3 @@
-schema: 1
+schema: 2
 title: Smallest plan
 organisation: {name: Example Manufacturing, timeZone: Etc/UTC}
@@ -6,5 +6,4 @@
 reviewEvery:
   runbook: 12 months
-  contact: 3 months # by turns
 priority:
   criticality:
@@ -39,2 +38,4 @@
   jurisdictions: [{id: example, name: Example}]
   findings: [{id: major, name: Major}]
+upkeep:
+  verifyContacts: 3 months # by turns

Nothing was written (--dry-run).
`);
  expect(snapshotOf(folder)).toEqual(before);
  const done = await runIn(folder, 'migrate');
  expect(done.stdout).toContain('Schema version 1 became 2, in content/plan.yaml.');
  expect(readFileSync(path, 'utf8')).toBe(
    `${text.replace('schema: 1', 'schema: 2').replace('  contact: 3 months # by turns\n', '')}upkeep:\n  verifyContacts: 3 months # by turns\n`,
  );
  const { stdout } = await runIn(folder, 'check');
  expect(stdout).toContain('was to be again by 2026-09-30');
  expect(stdout).toContain('1 warning.');
  expect((await runIn(folder, 'migrate')).stdout).toBe(
    'The plan is of schema version 2, the newest that this Firebreak knows.\n',
  );
});

test('as JSON it says the same', async () => {
  const { folder } = oldPlan();
  expect(JSON.parse((await runIn(folder, 'migrate', '--json')).stdout)).toEqual({
    from: 1,
    to: 2,
    written: true,
    files: [
      {
        path: 'content/plan.yaml',
        moves: [
          {
            schema: 'plan',
            from: '/reviewEvery/contact',
            to: '/upkeep/verifyContacts',
            why: 'A contact is not reviewed but reached; how often stands beside the other periods of upkeep.',
          },
        ],
      },
    ],
  });
});

test.each([
  ['schema: 1', 'schema: 7', 'There is no way from schema version 7 to 2.'],
  ['title: Smallest plan', 'title: [', 'Run `firebreak check` first.'],
])('where %s became %s, it says why it cannot', async (from, to, words) => {
  const { folder } = oldPlan((text) => text.replace(from, to));
  const before = snapshotOf(folder);
  const { code, stderr } = await runIn(folder, 'migrate');
  expect({ code, told: stderr.includes(words) }).toEqual({ code: 2, told: true });
  expect(snapshotOf(folder)).toEqual(before);
});
