/** The workflows of a plan's repository: what its forge does on each push and pull request. */

import { giteaFiles } from './gitea.ts';
import { githubFiles } from './github.ts';
import { gitlabFiles } from './gitlab.ts';
import type { CiOptions } from './options.ts';

/**
 * The workflow files of a repository.
 *
 * @returns text of each file by its path from the root of the repository; none for plain git, which runs nothing
 * @throws RangeError for names that would mean something else inside a workflow
 */
export function ciFiles(options: CiOptions): Map<string, string> {
  requireNames(options);
  switch (options.forge) {
    case 'github':
      return githubFiles(options);
    case 'gitlab':
      return gitlabFiles(options);
    case 'gitea':
      return giteaFiles(options);
    case 'git':
      return new Map();
  }
}

// What stands in a workflow stands in YAML, in a shell and in a pattern of paths: only signs that are plain in all three.
const plainName = /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;
const plainWords = /^[\p{L}\p{N}][\p{L}\p{N} .,'()/+-]*$/u;

function requireNames({ branch, contentFolder, deploy }: CiOptions): void {
  if (!plainName.test(branch)) throw new RangeError(`A workflow cannot name the branch ${JSON.stringify(branch)}.`);
  if (contentFolder !== '.' && !plainName.test(contentFolder))
    throw new RangeError(`A workflow cannot name the folder ${JSON.stringify(contentFolder)}.`);
  if (!deploy) return;
  const { readers, audience = 'public' } = deploy;
  if (!plainWords.test(readers)) throw new RangeError(`Say in plain words who can read the site, not ${readers}.`);
  if (!plainName.test(audience)) throw new RangeError(`There can be no audience called ${JSON.stringify(audience)}.`);
  if (readers === 'everyone' && audience !== 'public')
    throw new RangeError(`What everyone can read is built for the audience "public", not for "${audience}".`);
}
