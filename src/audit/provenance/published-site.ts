/** A site as it is published: a folder, or an address that is asked for its files. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import JSZip from 'jszip';

/** Why a file could not be had, in words that follow its name. */
export class NotServed extends Error {}

export interface PublishedSite {
  /** Where it is, for people. */
  name: string;
  /** The bytes of a file, or undefined where it is missing. @throws NotServed where something else is in its place */
  read: (path: string) => Promise<Uint8Array | undefined>;
  /** All files that are there; absent where nobody can tell, as with an address. */
  list?: () => Promise<string[]>;
  /** How many files may be asked for at a time. */
  lanes: number;
}

/** A site in a folder. */
export function siteInFolder(folder: string): PublishedSite {
  return {
    name: folder,
    lanes: 16,
    read: async (path) => {
      const file = resolve(folder, ...path.split('/'));
      // A manifest that was tampered with may name what is not the site's.
      if (!file.startsWith(resolve(folder) + sep)) throw new NotServed('is outside of the folder');
      const found = await stat(file).catch(() => undefined);
      if (found && !found.isFile()) throw new NotServed('is not a file');
      return found && readFile(file);
    },
    list: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort(),
  };
}

/** A file of an archive that is larger than this, in bytes, is not unpacked: an archive says nothing reliable of sizes. */
const mostUnpacked = 512 * 1024 * 1024;

/**
 * A site or a pack in a zip, as `firebreak audit --out pack.zip` writes it.
 *
 * @throws NotServed where the bytes are no zip
 */
export async function siteInZip(name: string, bytes: Uint8Array): Promise<PublishedSite> {
  const zip = await JSZip.loadAsync(bytes).catch(() => {
    throw new NotServed('is no zip that can be read');
  });
  return {
    name,
    // Files are unpacked one after the other, so that only one is in memory.
    lanes: 1,
    read: async (path) => {
      const file = zip.file(path);
      if (!file) return undefined;
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of new Readable().wrap(file.nodeStream())) {
        size += (chunk as Buffer).length;
        if (size > mostUnpacked) throw new NotServed('is larger than a file of a pack can be');
        chunks.push(chunk as Buffer);
      }
      return Buffer.concat(chunks);
    },
    list: async () =>
      Object.values(zip.files)
        .filter(({ dir }) => !dir)
        .map(({ name: path }) => path)
        .sort(),
  };
}

/**
 * A site at an address. Each file is asked for once; a redirect is no answer, since a sign-in page is one.
 *
 * @param address of its home page
 * @param authorization value of the header `Authorization`, sent to this origin alone
 */
export function siteAtAddress(address: string, authorization: string | undefined, signal: AbortSignal): PublishedSite {
  const root = new URL(address.endsWith('/') ? address : `${address}/`);
  return {
    name: root.href,
    lanes: 6,
    read: async (path) => {
      const response = await ask(addressOf(root, path), authorization, signal);
      if (response.status === 404 || response.status === 410) return undefined;
      if (response.status >= 300 && response.status < 400)
        throw new NotServed(`leads to ${response.headers.get('location') ?? 'another address'}`);
      if (!response.ok) throw new NotServed(`is answered with status ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

/** A page is asked for by its folder, as readers do: servers lead `index.html` elsewhere. */
function addressOf(root: URL, path: string): URL {
  const name = path.replace(/(^|\/)index\.html$/, '$1');
  const url = new URL(root.href + name.split('/').map(encodeURIComponent).join('/'));
  if (!url.href.startsWith(root.href)) throw new NotServed('is outside of the site');
  return url;
}

/** A server that has not answered after this, in milliseconds, does not. */
const patience = 60_000;

async function ask(url: URL, authorization: string | undefined, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      headers: authorization === undefined ? {} : { authorization },
    });
  } catch (reason) {
    const { cause, message } = reason as Error & { cause?: Error };
    throw new NotServed(`could not be fetched: ${cause?.message ?? message}`);
  }
}
