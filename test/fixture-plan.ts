/** Plans for tests: the smallest valid plan, and what a fixture changes in it. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Compiled, compileFiles } from '../src/compile/index.ts';
import { type LoadedFiles, load } from '../src/compile/load.ts';
import { human } from '../src/diagnostics/reporters/human.ts';

export const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
export const minimal = join(fixtures, 'plans/minimal');
/** Today, in every test. */
export const now = new Date('2026-11-24T12:00:00Z');

/**
 * Lays a fixture over the smallest plan: files of `plan/` replace or join those of the plan, and `remove.txt` names
 * those that are left out.
 */
export async function overlaid(fixture: string): Promise<LoadedFiles> {
  const base = await load(minimal);
  const removed = join(fixture, 'remove.txt');
  const left = new Set(existsSync(removed) ? (await readFile(removed, 'utf8')).trim().split('\n') : []);
  const over = await load(join(fixture, 'plan'));
  // A fixture without a plan.yaml of its own has the one of the smallest plan.
  const files = over.files.filter((file) => !file.messages.some((message) => message.ruleId === 'plan-not-found'));
  for (const file of files) left.add(file.path);
  return {
    root: fixture,
    files: [...base.files.filter((file) => !left.has(file.path)), ...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    images: new Set([...base.images, ...over.images]),
  };
}

/** The smallest plan with some texts in place of its files, or beside them. */
export async function compiledWith(texts: Record<string, string>): Promise<Compiled> {
  const loaded = await load(minimal);
  const { VFile } = await import('vfile');
  const files = loaded.files.filter((file) => !Object.hasOwn(texts, file.path));
  for (const [path, value] of Object.entries(texts)) files.push(new VFile({ path, value }));
  return compileFiles({ ...loaded, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) }, now);
}

/** What a person reads at a terminal without colours. */
export function reportOf({ files, plan }: Compiled): string {
  return human(files, { color: false, prefix: 'content/', documents: plan?.documents.size ?? 0 });
}

/** A digest of all that lies below a folder: names, kinds, links, bytes and times of change. */
export async function digestOfFolder(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const walk = async (path: string): Promise<void> => {
    const stats = await lstat(path);
    hash.update(`${path} ${stats.mode} ${stats.size} ${stats.isDirectory() ? '' : stats.mtimeMs}\n`);
    if (stats.isSymbolicLink()) hash.update(await readlink(path));
    else if (stats.isDirectory()) for (const name of (await readdir(path)).sort()) await walk(join(path, name));
    else if (stats.isFile() && stats.size < 2_000_000) hash.update(await readFile(path));
  };
  await walk(folder);
  return hash.digest('hex');
}
