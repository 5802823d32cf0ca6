/** A plan in a repository, and what people do with it; each commit is a day later than the one before. */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { compile } from '../../src/compile/index.ts';
import { readHistory, type ToldHistory } from '../../src/history/read-history.ts';
import type { Plan } from '../../src/model/plan.ts';
import { type After, now, temporaryPlan } from '../cli/whole-command.ts';

export function planRepository(after?: After, parent?: string) {
  const folder = temporaryPlan(parent, after);
  let day = 0;
  const git = (...words: string[]) => {
    const date = `2026-03-${String(day + 1).padStart(2, '0')}T09:00:00Z`;
    const env = {
      PATH: process.env['PATH'],
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
      GIT_COMMITTER_NAME: 'Forge',
      GIT_COMMITTER_EMAIL: 'forge@example.org',
      GIT_AUTHOR_NAME: 'Forge',
      GIT_AUTHOR_EMAIL: 'forge@example.org',
    };
    return execFileSync('git', ['-C', folder, ...words], { env, encoding: 'utf8', stdio: 'pipe' }).trim();
  };
  /** Commits everything; with a key, signed. */
  const commit = (message: string, author = 'Alice', key?: string) => {
    git('add', '--all');
    const sign = key ? ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${key}`] : [];
    const by = ['--author', `${author} <${author.toLowerCase()}@example.org>`];
    git(...sign, 'commit', '--quiet', ...(key ? ['-S'] : []), '--message', message, ...by);
    day += 1;
  };
  const merge = (branch: string, message: string) => {
    git('merge', '--quiet', '--no-ff', '--message', message, branch);
    day += 1;
  };
  const edit = (path: string, from: string, to: string) => {
    const whole = join(folder, 'content', path);
    const text = readFileSync(whole, 'utf8');
    expect(text).toContain(from);
    writeFileSync(whole, text.replace(from, to));
  };
  git('init', '--quiet', '--initial-branch', 'main');
  commit('Begin the plan');
  return { folder, git, commit, merge, edit };
}

export async function historyIn(folder: string): Promise<{ plan: Plan; history: ToldHistory }> {
  const root = join(folder, 'content');
  const { plan } = await compile(root, now);
  if (!plan) throw new Error('the plan has faults');
  return { plan, history: await readHistory(plan, root, join(folder, '.firebreak/history.json')) };
}
