/** Repositories with keys that are made for a test: an approver whose key the plan lists, and somebody else. */

import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { type After, now, temporaryPlan } from '../cli/whole-command.ts';
import { planRepository } from '../history/plan-repository.ts';

const forge = 'repository: {url: "https://gitlab.com/example/plan"}\n';
const approvers =
  'approvers:\n  - {name: A. Example, roles: [responder], addresses: [boss@example.org]}\nallowedSigners: .allowed-signers\n';

/**
 * A plan with an approver, and the keys of the approver and of somebody else.
 *
 * @param after what is told to remove it: the end of the test, or of the file
 * @param parent folder in which it lies
 */
export function approvable(after?: After, parent?: string) {
  const repository = planRepository(after, parent);
  const key = (name: string) => {
    const path = join(temporaryPlan(undefined, after), name);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path]);
    return path;
  };
  const keys = { boss: key('boss'), other: key('other') };
  const listed = readFileSync(`${keys.boss}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  writeFileSync(join(repository.folder, '.allowed-signers'), `boss@example.org ${listed}\n`);
  appendFileSync(join(repository.folder, 'content/plan.yaml'), forge + approvers);
  repository.commit('Name the approver');
  return { ...repository, keys };
}

/** Runs a command line in a repository, with git and no settings of whoever runs the test. */
export async function runWithGit(folder: string, ...argv: string[]) {
  const result = { code: 0, stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (result[name] += text) });
  result.code = await run(argv, {
    cwd: folder,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    now,
    signal: new AbortController().signal,
  });
  return result;
}
