/** Runs every test, and closes with one line that counts them: `N passed, N failed`. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareTools } from './tools.ts';

const results = mkdtempSync(join(tmpdir(), 'firebreak-test-'));
let passed = 0;
let failed = 0;
let skipped = 0;
let missing: string[] = [];

try {
  missing = prepareTools(process.env['FIREBREAK_TEST_ALL'] !== undefined);
  const units = join(results, 'vitest.json');
  const unitsCode = run('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${units}`);
  const vitest = read<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numFailedTestSuites: number;
  }>(units);
  passed += vitest?.numPassedTests ?? 0;
  failed += vitest?.numFailedTests ?? 0;
  skipped += vitest?.numPendingTests ?? 0;
  // A file that cannot be loaded, or a runner that fell over, is a failure that no test counts.
  if (unitsCode !== 0 && failed === 0) failed += 1;

  const site = join(results, 'playwright.json');
  const siteCode = run('playwright', 'test', '--reporter=line,json', {
    PLAYWRIGHT_JSON_OUTPUT_NAME: site,
  });
  const playwright = read<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(site);
  passed += playwright?.stats.expected ?? 0;
  failed += (playwright?.stats.unexpected ?? 0) + (playwright?.stats.flaky ?? 0);
  skipped += playwright?.stats.skipped ?? 0;
  if (siteCode !== 0 && !playwright?.stats.unexpected) failed += 1;
} catch (reason) {
  console.error((reason as Error).message);
  failed += 1;
} finally {
  rmSync(results, { recursive: true, force: true });
}

for (const line of missing) console.log(line);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;

function run(command: string, ...rest: (string | Record<string, string>)[]): number {
  const words = rest.filter((word) => typeof word === 'string');
  const env = Object.assign({}, ...rest.filter((word) => typeof word !== 'string')) as Record<string, string>;
  // npm puts node_modules/.bin first; on Windows a .cmd needs the shell.
  return (
    spawnSync(command, words, {
      stdio: 'inherit',
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    }).status ?? 1
  );
}

function read<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
