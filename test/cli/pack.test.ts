/** The one-file copy as a command: what is written, that it repeats, and what is said when it cannot be. */
import { execFileSync, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryPlan } from './whole-command.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const command = join(repository, 'src/cli/main.ts');
const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...env } = process.env;
const firebreak = (cwd: string, ...argv: string[]) =>
  execFileSync(process.execPath, [command, ...argv], { cwd, encoding: 'utf8', env });

test('the same plan packs into the same bytes, and says where they are', { timeout: 120_000 }, () => {
  const folder = temporaryPlan(join(repository, '.firebreak'));
  expect(firebreak(folder, 'pack', '--out', 'one.html')).toMatch(/pages packed into one\.html/);
  // Told as a program reads it.
  const packed = JSON.parse(firebreak(folder, 'pack', '--out', 'two.html', '--json'));
  const one = readFileSync(join(folder, 'one.html'));
  expect(one.equals(readFileSync(join(folder, 'two.html')))).toBe(true);
  expect(readFileSync(join(folder, 'one.html.sha256'), 'utf8')).toMatch(/^[0-9a-f]{64} {2}one\.html\n$/);
  expect(packed).toMatchObject({ file: 'two.html', sha256: hash('sha256', one, 'hex'), bytes: one.length });
});

test('a plan with errors leaves the copy that was there as it is', { timeout: 60_000 }, () => {
  const folder = temporaryPlan(join(repository, '.firebreak'));
  writeFileSync(join(folder, 'plan.html'), 'the copy of yesterday');
  writeFileSync(join(folder, 'content/terms/broken.yaml'), 'title: [');
  const { status, stderr } = spawnSync(process.execPath, [command, 'pack', '--out', 'plan.html'], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  expect(status).toBe(1);
  expect(stderr).toContain('broken.yaml');
  expect(readFileSync(join(folder, 'plan.html'), 'utf8')).toBe('the copy of yesterday');
});
