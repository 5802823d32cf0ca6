/** A plan as a commit holds it. */

import { VFile } from 'vfile';
import { type Compiled, compileFiles } from '../compile/index.ts';
import { decode, isDocument, isImage } from '../compile/load.ts';
import { readFiles } from './commit-files.ts';
import type { Git } from './git.ts';

/**
 * Compiles the plan of a commit without touching the working tree.
 *
 * @param git in the folder of the plan
 * @param revision whatever git takes for a commit: `main`, `HEAD~3`, `v1.2`
 * @param now for checks that depend on today
 * @returns undefined where the commit, or the plan in it, is not there
 */
export async function planAt(git: Git, revision: string, now: Date): Promise<Compiled | undefined> {
  const commit = await git.answer(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  const prefix = await git.answer(['rev-parse', '--show-prefix']);
  if (!commit || prefix === undefined) return undefined;
  const listed = await git.bytes(['ls-tree', '-r', '-z', '--full-tree', commit, ...(prefix ? ['--', prefix] : [])]);
  const paths = listed
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode = '', path] = /^(\d+) blob [0-9a-f]+\t(.*)$/s.exec(line) ?? [];
      const name = path?.slice(prefix.length);
      const isShown = name?.split('/').every((part) => !part.startsWith('.'));
      return name && isShown && mode.startsWith('100') ? [name] : [];
    });
  const images = new Set(paths.filter(isImage));
  const documents = paths.filter((path) => isDocument(path) && !isImage(path));
  const contents = await readFiles(
    git,
    commit,
    documents.map((path) => prefix + path),
  );
  const files = documents.sort().map((path) => {
    const file = new VFile({ path, value: '' });
    decode(contents.get(prefix + path) as Uint8Array, file);
    return file;
  });
  return files.some(({ path }) => path === 'plan.yaml') ? compileFiles({ files, images }, now) : undefined;
}
