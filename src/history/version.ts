/** Which version of the plan this is, from git. */

import { Git } from './git.ts';

export interface Version {
  /** Full id of the commit; undefined outside git or before the first commit. */
  commit?: string;
  /** Time of the commit, ISO 8601 in UTC. */
  committedAt?: string;
  /** Why the same commit might not build the same bytes; empty when it does. */
  notReproducible: ('not in git' | 'uncommitted changes' | 'shallow clone' | 'overlay')[];
}

/**
 * The version of a folder.
 *
 * @param folder any folder of the working tree; only changes below it count as uncommitted
 * @param overlay whether documents that lie outside the repository are part of the plan
 */
export async function versionOf(folder: string, overlay?: string): Promise<Version> {
  const laidOver = overlay === undefined ? [] : (['overlay'] as const);
  const git = (...words: string[]) => new Git({ folder, env: process.env }).text(words);
  try {
    const [commit, time] = (await git('log', '-1', '--format=%H %ct')).split(' ') as [string, string];
    const [status, shallow] = await Promise.all([
      git('status', '--porcelain', '--', '.'),
      git('rev-parse', '--is-shallow-repository'),
    ]);
    return {
      commit,
      committedAt: new Date(Number(time) * 1000).toISOString(),
      notReproducible: [
        ...(status ? (['uncommitted changes'] as const) : []),
        ...(shallow === 'true' ? (['shallow clone'] as const) : []),
        ...laidOver,
      ],
    };
  } catch {
    return { notReproducible: ['not in git', ...laidOver] };
  }
}

/** Where a folder lies in its repository, with forward slashes and none at the end; undefined outside git. */
export async function placeInRepository(folder: string): Promise<string | undefined> {
  try {
    return (await new Git({ folder, env: process.env }).text(['rev-parse', '--show-prefix'])).replace(/\/$/, '');
  } catch {
    return undefined;
  }
}

/** A version in a few characters, as printed in footers: the commit's first eight digits, and a plus when changed. */
export function shortVersion({ commit, notReproducible }: Version): string {
  return commit ? `${commit.slice(0, 8)}${notReproducible.includes('uncommitted changes') ? '+' : ''}` : 'no commit';
}
