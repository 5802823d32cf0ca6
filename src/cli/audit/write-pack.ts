/** Puts a pack where it is asked for, as a folder or a zip: whole or not at all, and over nothing but an older pack. */

import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import JSZip from 'jszip';
import { compareWithManifest, NoManifest, readManifest } from '../../audit/provenance/compare.ts';
import { siteInFolder } from '../../audit/provenance/published-site.ts';
import { CannotRun } from '../command.ts';
import { replaceFile } from '../write-atomically.ts';

/** The files of a pack by their paths in it. */
export type PackFiles = ReadonlyMap<string, Uint8Array | string>;

const isZip = (out: string) => out.toLowerCase().endsWith('.zip');

/**
 * Makes sure that a pack can be put there, before the work begins.
 *
 * @throws CannotRun where something lies there that is no pack, or was changed since
 */
export async function requireRoom(out: string): Promise<void> {
  const found = await stat(out).catch(() => undefined);
  if (!found) return;
  const refuse = (why: string) => {
    throw new CannotRun(`${out} ${why}, so it is left as it is. Name another place with --out.`);
  };
  if (isZip(out)) {
    if (!found.isFile() || !(await isPack(await zipManifest(out)))) refuse('is no audit pack');
    return;
  }
  if (!found.isDirectory()) refuse('is a file, and no zip');
  if ((await readdir(out)).length === 0) return;
  const site = siteInFolder(out);
  const manifest = await readManifest(site).catch((reason: unknown) => {
    if (reason instanceof NoManifest) return undefined;
    throw reason;
  });
  if (!manifest?.manifest.report) refuse('holds something that is no audit pack');
  else {
    const [first] = await compareWithManifest(site, manifest.manifest);
    if (first) refuse(`was changed since it was written (${first.path}: ${first.detail})`);
  }
}

async function zipManifest(path: string): Promise<string | undefined> {
  const zip = await JSZip.loadAsync(await readFile(path)).catch(() => undefined);
  return zip?.file('manifest.json')?.async('string');
}

async function isPack(manifest: string | undefined): Promise<boolean> {
  try {
    return (JSON.parse(manifest ?? '') as { report?: unknown }).report !== undefined;
  } catch {
    return false;
  }
}

/**
 * Writes a pack.
 *
 * @param at time of its files in a zip, so that the same pack is the same bytes
 */
export async function writePack(out: string, files: PackFiles, at: Date): Promise<void> {
  if (isZip(out)) return replaceFile(out, await zipped(files, at));
  await mkdir(dirname(out), { recursive: true });
  const mark = randomBytes(4).toString('hex');
  const [beside, old] = [`${out}.${mark}.tmp`, `${out}.${mark}.old`];
  try {
    for (const [path, content] of files) {
      await mkdir(dirname(join(beside, path)), { recursive: true });
      await writeFile(join(beside, path), content);
    }
    const present = await stat(out).catch(() => undefined);
    if (present) await rename(out, old);
    await rename(beside, out);
  } finally {
    await rm(beside, { recursive: true, force: true });
    // What could not be put in place leaves the old pack where it was.
    if (!(await stat(out).catch(() => undefined))) await rename(old, out).catch(() => undefined);
    await rm(old, { recursive: true, force: true });
  }
}

async function zipped(files: PackFiles, at: Date): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [path, content] of files)
    zip.file(path, content, { date: at, createFolders: false, unixPermissions: 0o644 });
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE', platform: 'UNIX' });
}
