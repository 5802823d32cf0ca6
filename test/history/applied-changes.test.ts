/** Which commit brought a change of a lesson into the plan, asked of real repositories. */

import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile/index.ts';
import { appliedChanges } from '../../src/history/applied-changes.ts';
import { readHistory } from '../../src/history/read-history.ts';
import type { Plan } from '../../src/model/plan.ts';
import { now, temporaryPlan } from '../cli/whole-command.ts';

const digest = (sign: string) => `sha256-${sign.repeat(64)}`;
const lesson = 'content/lessons/first-exercise.yaml';
const change = (id: string, applied?: string) => `  - id: ${id}
    do: set
    of: runbook:ransomware
    field: /criticality
    digest: ${digest('0')}
    value: urgent
    why: A reason.
${applied ? `    applied: ${applied}\n` : ''}`;

function repositoryOf(folder: string) {
  const git = (day: string, ...words: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=A. Example', '-c', 'user.email=a@example.org', ...words], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_DATE: `${day}T08:00:00Z`,
        GIT_COMMITTER_DATE: `${day}T08:00:00Z`,
      },
    }).trim();
  const commit = (day: string, message: string) => {
    git(day, 'add', '--all');
    git(day, 'commit', '--quiet', '--message', message);
    return git(day, 'rev-parse', 'HEAD');
  };
  git('2026-10-01', 'init', '--quiet', '--initial-branch', 'main');
  return { git, commit };
}

const planOf = async (folder: string) => (await compile(join(folder, 'content'), now)).plan as Plan;
const appliedIn = async (folder: string) => {
  const plan = await planOf(folder);
  return appliedChanges(plan, await readHistory(plan, join(folder, 'content')));
};

test('of a merge it is the merge, of a commit the commit, and later edits and another name change nothing', async () => {
  const folder = temporaryPlan();
  const { git, commit } = repositoryOf(folder);
  const path = join(folder, lesson);
  const begin = readFileSync(path, 'utf8');
  const asks = (...changes: string[]) => writeFileSync(path, `${begin}changes:\n${changes.join('')}`);
  asks(change('one'), change('two'), change('three'));
  commit('2026-10-01', 'A lesson');
  asks(change('one', digest('a')), change('two'), change('three'));
  const direct = commit('2026-10-03', 'Apply one');
  git('2026-10-04', 'checkout', '--quiet', '-b', 'lesson');
  asks(change('one', digest('a')), change('two', digest('b')), change('three'));
  commit('2026-10-04', 'Apply two');
  git('2026-10-04', 'checkout', '--quiet', 'main');
  git('2026-10-09', 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'lesson');
  const merge = git('2026-10-09', 'rev-parse', 'HEAD');
  renameSync(path, join(folder, 'content/lessons/renamed.yaml'));
  commit('2026-10-12', 'Another name');
  const found = await appliedIn(folder);
  expect([...found.keys()]).toEqual(['renamed/one', 'renamed/two']);
  expect(found.get('renamed/two')?.commit).toBe(merge);
  renameSync(join(folder, 'content/lessons/renamed.yaml'), path);
  writeFileSync(path, readFileSync(path, 'utf8').replace('A reason.', 'A better reason.'));
  commit('2026-10-13', 'The name of before');
  expect([...(await appliedIn(folder))]).toEqual([
    ['first-exercise/one', { commit: direct, at: '2026-10-03T08:00:00.000Z' }],
    ['first-exercise/two', { commit: merge, at: '2026-10-09T08:00:00.000Z' }],
  ]);
});

test('outside of a repository, and before the first commit, nothing is known', async () => {
  const folder = temporaryPlan();
  writeFileSync(
    join(folder, lesson),
    `${readFileSync(join(folder, lesson), 'utf8')}changes:\n${change('one', digest('a'))}`,
  );
  expect((await appliedIn(folder)).size).toBe(0);
  repositoryOf(folder);
  expect((await appliedIn(folder)).size).toBe(0);
});
