/** Whether a published site is what its manifest says, and whether that is what its commit builds. */

import { hash } from 'node:crypto';
import { validatorOf } from '../../compile/schemas.ts';
import type { SiteManifest } from '../../model/schema-types.ts';
import { NotServed, type PublishedSite } from './published-site.ts';

export const manifestPath = 'manifest.json';
export const signaturePath = 'manifest.json.sig';

/** One thing that is not as it should be. */
export interface Difference {
  /** A file, or the name of what the manifest says about the build. */
  path: string;
  what: 'changed' | 'missing' | 'extra' | 'unreadable' | 'says otherwise';
  /** What stands on each side, for people. */
  detail: string;
}

/** The published site has no manifest that could be read; the message says what is wrong, for people. */
export class NoManifest extends Error {}

/**
 * Reads the manifest of a site.
 *
 * @returns its bytes, which a signature is about, and what they say
 * @throws NoManifest
 */
export async function readManifest(site: PublishedSite): Promise<{ bytes: Uint8Array; manifest: SiteManifest }> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await site.read(manifestPath);
  } catch (reason) {
    if (!(reason instanceof NotServed)) throw reason;
    throw new NoManifest(`${manifestPath} ${reason.message}.`);
  }
  if (!bytes) throw new NoManifest(`There is no ${manifestPath}, so this is no site that Firebreak built.`);
  let manifest: unknown;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new NoManifest(`${manifestPath} is not JSON: a sign-in page may have been sent in its place.`);
  }
  const validate = validatorOf('site-manifest');
  if (validate(manifest)) return { bytes, manifest: manifest as SiteManifest };
  const [fault] = validate.errors ?? [];
  throw new NoManifest(
    `${manifestPath} is not what this version of Firebreak writes: ${fault?.instancePath || 'it'} ${fault?.message ?? 'is wrong'}.`,
  );
}

/**
 * Compares every file with its digest.
 *
 * @param progress called after each file with how many were read
 * @returns what differs, by path; a file that the manifest does not name is found in a folder only
 */
export async function compareWithManifest(
  site: PublishedSite,
  manifest: SiteManifest,
  progress: (done: number) => void = () => {},
): Promise<Difference[]> {
  const differences: Difference[] = [];
  const names = Object.keys(manifest.files);
  const queue = names.values();
  let done = 0;
  const lane = async () => {
    for (const path of queue) {
      const difference = await compareFile(site, path, manifest.files[path] as string);
      if (difference) differences.push(difference);
      done += 1;
      progress(done);
    }
  };
  await Promise.all(Array.from({ length: site.lanes }, lane));
  const known = new Set([...names, manifestPath, signaturePath]);
  for (const path of (await site.list?.()) ?? [])
    if (!known.has(path)) differences.push({ path, what: 'extra', detail: 'the manifest does not name it' });
  return differences.sort(byPath);
}

async function compareFile(site: PublishedSite, path: string, wanted: string): Promise<Difference | undefined> {
  try {
    const bytes = await site.read(path);
    if (!bytes) return { path, what: 'missing', detail: 'the manifest names it' };
    const found = `sha256-${hash('sha256', bytes, 'hex')}`;
    return found === wanted
      ? undefined
      : { path, what: 'changed', detail: `its digest is ${short(found)}, the manifest says ${short(wanted)}` };
  } catch (reason) {
    if (!(reason instanceof NotServed)) throw reason;
    return { path, what: 'unreadable', detail: reason.message };
  }
}

/** Compares what is published with a fresh build of the same commit. */
export function compareManifests(published: SiteManifest, fresh: SiteManifest): Difference[] {
  const differences: Difference[] = [];
  const names = new Set([...Object.keys(published), ...Object.keys(fresh)] as (keyof SiteManifest)[]);
  names.delete('files');
  for (const name of [...names].sort()) {
    const [one, other] = [JSON.stringify(published[name]), JSON.stringify(fresh[name])];
    if (one !== other)
      differences.push({
        path: name,
        what: 'says otherwise',
        detail: `published: ${one ?? 'nothing'}, built from the commit: ${other ?? 'nothing'}`,
      });
  }
  for (const path of new Set([...Object.keys(published.files), ...Object.keys(fresh.files)])) {
    const [one, other] = [published.files[path], fresh.files[path]];
    if (one === other) continue;
    if (!one) differences.push({ path, what: 'missing', detail: 'a build of the commit has it' });
    else if (!other) differences.push({ path, what: 'extra', detail: 'a build of the commit does not have it' });
    else
      differences.push({
        path,
        what: 'changed',
        detail: `published: ${short(one)}, built from the commit: ${short(other)}`,
      });
  }
  return differences.sort(byPath);
}

const byPath = (one: Difference, other: Difference) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0);

const short = (digest: string) => `${digest.slice(0, 'sha256-'.length + 16)}…`;
