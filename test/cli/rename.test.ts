import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeTogether } from '../../src/cli/write-atomically.ts';
import { runIn, snapshotOf, temporaryPlan } from './whole-command.ts';

test('a document is renamed on the disk, told file by file', async () => {
  const folder = temporaryPlan();
  await runIn(folder, 'fix');
  const { code, stdout } = await runIn(folder, 'rename', 'action:isolate-host', 'cut-off-host');
  expect(code).toBe(0);
  expect(stdout).toBe(`action:isolate-host is now action:cut-off-host
  content/actions/cut-off-host.mdx is new, 0 places changed
  content/actions/isolate-host.mdx is gone
  content/runbooks/ransomware.mdx: 1 place
content/ids.lock keeps the old name, and its address on the site leads on.
`);
  const lock = readFileSync(join(folder, 'content/ids.lock'), 'utf8');
  expect(lock).toContain('action:isolate-host -> action:cut-off-host\n');
  expect(lock).toContain('action:isolate-host#unplug -> action:cut-off-host#unplug\n');
  const checked = await runIn(folder, 'check');
  expect(checked.stdout).toContain('nothing to report');
});

test('--dry-run and --json tell and write nothing, and an error stops all of it', async () => {
  const folder = temporaryPlan();
  const before = snapshotOf(folder);
  const { stdout } = await runIn(folder, 'rename', 'role:responder', 'analyst', '--dry-run', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ from: 'role:responder', to: 'role:analyst', written: false });
  expect((await runIn(folder, 'rename', 'role:responder')).code).toBe(2);
  const misspelt = await runIn(folder, 'rename', 'role:respondr', 'analyst');
  expect(misspelt).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean "role:responder"?') });
  const step = await runIn(folder, 'rename', 'runbook:ransomware#restore-dat', 'x');
  expect(step.stderr).toContain('Did you mean "runbook:ransomware#restore-data"?');
  expect(snapshotOf(folder)).toEqual(before);
});

test('files are written all or none', async () => {
  const folder = temporaryPlan();
  const at = (name: string) => join(folder, 'content/terms', name);
  writeFileSync(at('a.yaml'), 'a');
  writeFileSync(at('b.yaml'), 'b');
  const before = snapshotOf(folder);
  // Somebody else saved the second meanwhile.
  const stale = [
    { path: at('a.yaml'), before: 'a', after: 'A' },
    { path: at('b.yaml'), before: 'x', after: 'B' },
  ];
  await expect(writeTogether(stale)).rejects.toThrow('was changed meanwhile');
  expect(snapshotOf(folder)).toEqual(before);
  const fresh = [
    { path: at('a.yaml'), before: 'a', after: 'A' },
    { path: at('c.yaml'), before: undefined, after: 'C' },
    { path: at('b.yaml'), before: 'b', after: undefined },
  ];
  await writeTogether(fresh);
  expect(readFileSync(at('a.yaml'), 'utf8')).toBe('A');
  expect(readFileSync(at('c.yaml'), 'utf8')).toBe('C');
  expect(() => readFileSync(at('b.yaml'))).toThrow();
});
