/** Runs whole commands on plans in temporary folders, with everything outside passed in. */

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.ts';

export const now = new Date('2026-11-24T09:00:00Z');
const minimal = fileURLToPath(new URL('../fixtures/plans/minimal', import.meta.url));

/** What is told to clean up: `onTestFinished`, or `afterAll`. */
export type After = (clean: () => void) => void;

/**
 * A folder with a valid plan in content/, removed after the test.
 *
 * @param parent where it lies; a build with the sources needs one below the repository, where their packages are found
 * @param after what is told to remove it, where several tests use it
 */
export function temporaryPlan(parent = tmpdir(), after: After = onTestFinished): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'firebreak-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(minimal, join(folder, 'content'), { recursive: true });
  return folder;
}

/** Runs a command line in a folder as a program in a pipe would. */
export async function runIn(
  folder: string,
  ...argv: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const result = { code: 0, stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ isTTY: false, write: (text: string) => (result[name] += text) });
  result.code = await run(argv, {
    cwd: folder,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    now,
    signal: new AbortController().signal,
  });
  return result;
}

/** Every file below a folder with its bytes, to see that nothing changed. */
export function snapshotOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, 'base64')]),
  );
}
