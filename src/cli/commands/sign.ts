import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { manifestPath, NoManifest, readManifest, signaturePath } from '../../audit/provenance/compare.ts';
import { siteInFolder } from '../../audit/provenance/published-site.ts';
import { CannotSign, sign as signBytes } from '../../audit/provenance/signature.ts';
import { Git } from '../../history/git.ts';
import { CannotRun, type Command } from '../command.ts';
import { replaceFile } from '../write-atomically.ts';

/** Signs a built site. */
export const sign: Command = {
  name: 'sign',
  summary: 'Sign the manifest of a built site with the SSH key that git signs with',
  usage: '<folder>',
  options: { json: { type: 'boolean' } },
  help: { json: 'tell the result as JSON' },
  examples: ['firebreak sign dist'],
  async run(outside, values, [named, ...others]) {
    if (named === undefined || others.length > 0)
      throw new CannotRun('Name the folder of the site: firebreak sign dist.');
    const folder = resolve(outside.cwd, named);
    try {
      await readManifest(siteInFolder(folder));
      const git = new Git({ folder: outside.cwd, env: { ...outside.env }, signal: outside.signal });
      const signature = await signBytes(await readFile(join(folder, manifestPath)), git);
      const out = join(folder, signaturePath);
      await replaceFile(out, signature);
      const [shown, manifest] = [out, join(folder, manifestPath)].map((path) => relative(outside.cwd, path));
      outside.stdout.write(
        values['json']
          ? `${JSON.stringify({ manifest, signature: shown }, null, 2)}\n`
          : `Signed: ${shown}. \`firebreak verify\` checks it.\n`,
      );
      return 0;
    } catch (reason) {
      if (reason instanceof NoManifest || reason instanceof CannotSign) throw new CannotRun(reason.message);
      throw reason;
    }
  },
};
