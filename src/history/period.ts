/** The part of a history that somebody asks about: between two tags, commits or days. */

import type { Git } from './git.ts';

/** One end of a period, as it was asked for. */
export interface Bound {
  /** A tag, a commit, or a day. */
  asked: string;
  /** The commit that it names; absent for a day. */
  commit?: string;
  /** The day, or that of the commit, in UTC. */
  day: string;
}

export interface Period {
  /** What changed after this commit, or on this day and later; absent for the beginning. */
  since?: Bound;
  /** What changed up to this commit, or on this day and earlier; absent for the present version. */
  until?: Bound;
  /** Whether a version of the main branch lies in it. */
  holds: (version: { commit: string; at: string }) => boolean;
}

/** The period cannot be told; the message says why, for people. */
export class NoSuchPeriod extends Error {}

/**
 * Finds out which period is meant.
 *
 * @param git in the folder of the plan
 * @param since a tag, a commit, or a day as 2026-03-31; undefined for the beginning
 * @param until the same; undefined for the present version
 * @throws NoSuchPeriod
 */
export async function periodOf(git: Git, since: string | undefined, until: string | undefined): Promise<Period> {
  const from = since === undefined ? undefined : await boundOf(git, since);
  const to = until === undefined ? undefined : await boundOf(git, until);
  if (from && to && (from.commit === undefined || to.commit === undefined) && from.day > to.day)
    throw new NoSuchPeriod(`${from.asked} is later than ${to.asked}: nothing lies between them.`);
  const head = to?.commit ?? 'HEAD';
  if (from?.commit && (await git.answer(['merge-base', '--is-ancestor', from.commit, head])) === undefined)
    throw new NoSuchPeriod(
      `${from.asked} does not come before ${to?.commit ? to.asked : 'the present version'}, so there is no period between them.`,
    );
  const bounded = from?.commit !== undefined || to?.commit !== undefined;
  const commits = bounded ? await commitsBetween(git, from?.commit, head) : undefined;
  return {
    ...(from ? { since: from } : {}),
    ...(to ? { until: to } : {}),
    holds: ({ commit, at }) =>
      (!commits || commits.has(commit)) &&
      (!from || from.commit !== undefined || at.slice(0, 10) >= from.day) &&
      (!to || to.commit !== undefined || at.slice(0, 10) <= to.day),
  };
}

async function boundOf(git: Git, asked: string): Promise<Bound> {
  const commit = await git.answer(['rev-parse', '--verify', '--quiet', '--end-of-options', `${asked}^{commit}`]);
  if (commit) {
    const seconds = await git.text(['log', '-1', '--format=%ct', commit]);
    return { asked, commit, day: new Date(Number(seconds) * 1000).toISOString().slice(0, 10) };
  }
  if (isDay(asked)) return { asked, day: asked };
  if ((await git.answer(['rev-parse', '--verify', '--quiet', 'HEAD'])) === undefined)
    throw new NoSuchPeriod(`Without a git repository nobody knows what changed since or until "${asked}".`);
  const isShallow = (await git.answer(['rev-parse', '--is-shallow-repository'])) === 'true';
  throw new NoSuchPeriod(
    `git knows no tag or commit "${asked}", and it is no day such as 2026-03-31.${isShallow ? ' This is a shallow clone, in which older ones are missing: git fetch --unshallow --tags.' : ''}`,
  );
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

async function commitsBetween(git: Git, since: string | undefined, until: string): Promise<Set<string>> {
  const listed = await git.text(['rev-list', until, ...(since === undefined ? [] : [`^${since}`])]);
  return new Set(listed.split('\n').filter(Boolean));
}
