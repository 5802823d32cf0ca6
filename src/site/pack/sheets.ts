/** Style sheets and what they ask for, as text that needs no other file. */
import { posix } from 'node:path';
import { mediaTypes } from '../media-types.ts';
import type { BuiltSite } from './built-site.ts';

/** A file as an address that holds it. */
export function dataAddress(path: string, bytes: Buffer): string {
  return `data:${mediaTypes[posix.extname(path)] ?? 'application/octet-stream'};base64,${bytes.toString('base64')}`;
}

/** Path in the site of what a page or sheet names; undefined where it lies elsewhere. */
export function pathInSite(address: string, from: string, base: string): string | undefined {
  const origin = 'https://site.invalid';
  const url = new URL(address, `${origin}${base}${from}`);
  return url.origin === origin && url.pathname.startsWith(base)
    ? decodeURIComponent(url.pathname.slice(base.length))
    : undefined;
}

/** A style sheet of the site with the files that it names put into it. */
export function wholeSheet(path: string, { files, base }: BuiltSite): string {
  const text = files.get(path)?.toString('utf8') ?? '';
  return text.replace(/url\((["']?)([^"')]+)\1\)/g, (all, _quote, address: string) => {
    if (/^(data:|#)/.test(address)) return all;
    const target = pathInSite(address, path, base);
    const bytes = target === undefined ? undefined : files.get(target);
    return bytes && target !== undefined ? `url(${dataAddress(target, bytes)})` : all;
  });
}

/** The style sheets that no page links: scripts ask for them when they are needed. */
export function lateSheetsOf(site: BuiltSite): string[] {
  const linked = new Set(sheetsOf(site));
  return [...site.files.keys()].filter(
    (path) => path.endsWith('.css') && !path.startsWith('pagefind/') && !linked.has(path),
  );
}

/** The style sheets that pages link, in the order in which pages first name them. */
export function sheetsOf({ files, base }: BuiltSite): string[] {
  const paths = new Set<string>();
  for (const [path, bytes] of files) {
    if (!path.endsWith('.html')) continue;
    for (const [, address = ''] of bytes.toString('utf8').matchAll(/<link rel="stylesheet" href="([^"]+)"/g)) {
      const sheet = pathInSite(address, path, base);
      if (sheet !== undefined && files.has(sheet)) paths.add(sheet);
    }
  }
  return [...paths];
}
