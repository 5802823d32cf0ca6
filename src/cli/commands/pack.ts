import { hash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { audienceHelp, audienceOptions, siteHelp, siteOptions } from '../astro.ts';
import { CannotRun, type Command, type Outside } from '../command.ts';
import { writeAtomically } from '../write-atomically.ts';
import { buildSite } from './build.ts';

/** Makes one file of the whole plan. */
export const pack: Command = {
  name: 'pack',
  summary: 'Put the whole plan into one HTML file that opens without a network',
  usage: '--out plan.html',
  progress: 'Packing the plan',
  options: {
    out: { type: 'string' },
    site: { type: 'string' },
    base: siteOptions.base,
    json: { type: 'boolean' },
    content: siteOptions.content,
    ...audienceOptions,
  },
  help: {
    out: 'file to write; its checksum is written beside it, as <file>.sha256',
    site: 'folder of a site that was built already; default: the plan is checked and built first',
    base: 'path of the site that ticks and worksheets are kept for, as with build; default: /',
    json: 'tell the result as JSON',
    content: siteHelp.content,
    ...audienceHelp,
  },
  examples: ['firebreak pack --out plan.html', 'firebreak pack --out /media/stick/plan.html --site dist'],
  run: async (outside, values) => {
    const out = await target(outside, values['out']);
    if (typeof values['site'] === 'string') {
      for (const name of ['base', 'content', 'audience', 'overlay'])
        if (values[name] !== undefined)
          throw new CannotRun(`--${name} says how a site is built; with --site it is built already. Give one of them.`);
      return write(outside, resolve(outside.cwd, values['site']), out, Boolean(values['json']));
    }
    const folder = await mkdtemp(join(tmpdir(), 'firebreak-pack-'));
    try {
      const progress = { ...outside, stdout: { write: () => true } };
      const { code } = await buildSite(progress, { ...values, out: folder });
      return code === 0 ? await write(outside, folder, out, Boolean(values['json'])) : code;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Where the copy is written. A folder that is missing is told before anything is built, which takes long. */
async function target({ cwd }: Outside, out: string | boolean | undefined): Promise<string> {
  if (typeof out !== 'string' || out === '')
    throw new CannotRun('Say where the copy is to be written: firebreak pack --out plan.html');
  const path = resolve(cwd, out);
  const kind = async (of: string) => stat(of).catch(() => undefined);
  if (!(await kind(dirname(path)))?.isDirectory())
    throw new CannotRun(`There is no folder ${dirname(path)}. Make it, or name another file with --out.`);
  if ((await kind(path))?.isDirectory())
    throw new CannotRun(`${path} is a folder. Name a file: --out ${join(out, 'plan.html')}`);
  return path;
}

async function write(outside: Outside, folder: string, out: string, inJson: boolean): Promise<0> {
  const { packOf } = await import('../../site/pack/write-pack.ts');
  const { html, pages, fontBytes } = await packOf(folder).catch((reason: Error) => {
    if (reason.name !== 'NotASite') throw reason;
    throw new CannotRun(
      `${reason.message}, so it is no site that was built. Leave --site out, and the plan is built first.`,
    );
  });
  const bytes = Buffer.byteLength(html);
  // The line that `sha256sum -c` reads: digest, two spaces, name.
  const sha256 = hash('sha256', html, 'hex');
  const checksum = `${sha256}  ${basename(out)}\n`;
  for (const [path, text] of [
    [out, html],
    [`${out}.sha256`, checksum],
  ] as const)
    await writeAtomically(path, text, await readFile(path, 'utf8').catch(() => undefined));
  const shown = relative(outside.cwd, out);
  outside.stdout.write(
    inJson
      ? `${JSON.stringify({ file: shown, sha256, pages, bytes, fontBytes }, null, 2)}\n`
      : `${pages} pages packed into ${shown}, ${megabytes(bytes)} of which ${megabytes(fontBytes)} are typefaces. Its checksum is in ${shown}.sha256.\n`,
  );
  return 0;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
