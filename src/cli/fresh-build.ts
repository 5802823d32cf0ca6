/** Builds the site of a commit, apart from the working tree. */

import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestPath } from '../audit/provenance/compare.ts';
import { Git } from '../history/git.ts';
import type { SiteManifest } from '../model/schema-types.ts';
import type { Outside } from './command.ts';
import { buildSite } from './commands/build.ts';

/** The commit cannot be built here; the message says why, for people. */
export class CannotBuild extends Error {}

/**
 * Builds the site of a commit in a clone of this repository, with its whole history. The clone lies in `.firebreak/`
 * here, where the packages of this folder are found, and is removed.
 *
 * @param values options of the build: `base`, `content`, `audience`
 * @returns the manifest of what was built
 * @throws CannotBuild
 */
export async function buildOfCommit(
  outside: Outside,
  commit: string,
  values: Record<string, string | boolean | undefined>,
): Promise<SiteManifest> {
  const env = { ...outside.env };
  const here = new Git({ folder: outside.cwd, env, signal: outside.signal });
  const top = await here.answer(['rev-parse', '--show-toplevel']);
  if (top === undefined) throw new CannotBuild('This folder is in no git repository, so the commit cannot be built.');
  if (!(await here.answer(['rev-parse', '--verify', '--quiet', `${commit}^{commit}`])))
    throw new CannotBuild(`This repository does not hold the commit ${commit.slice(0, 8)}: fetch it first.`);
  const prefix = (await here.answer(['rev-parse', '--show-prefix'])) ?? '';
  await mkdir(join(outside.cwd, '.firebreak'), { recursive: true });
  const folder = await mkdtemp(join(outside.cwd, '.firebreak', 'verify-'));
  try {
    const clone = join(folder, 'clone');
    // What git would do to files on this machine is none of the commit's business; nor are hooks.
    const plain = ['-c', 'core.autocrlf=false', '-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false'];
    await here.bytes([...plain, 'clone', '--quiet', '--shared', '--no-checkout', '--template=', top, clone]);
    const cloned = new Git({ folder: clone, env, signal: outside.signal });
    await cloned.bytes([...plain, 'checkout', '--quiet', '--detach', commit]);
    const told: string[] = [];
    const hear = { write: (text: string) => told.push(text) };
    const { code } = await buildSite(
      { ...outside, cwd: join(clone, prefix), stdout: { write: () => true }, stderr: hear },
      { ...values, out: join(folder, 'site') },
    );
    if (code !== 0) throw new CannotBuild(`The commit could not be built:\n${told.join('').trimEnd()}`);
    return JSON.parse(await readFile(join(folder, 'site', manifestPath), 'utf8')) as SiteManifest;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
