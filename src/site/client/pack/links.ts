/** Links, forms and images of a page, made to lead to places in the copy. */
import type { Archive } from './archive.ts';
import { fragmentOf, type Place, placeOfAddress } from './places.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  json: 'application/json',
  txt: 'text/plain;charset=utf-8',
};

export interface Links {
  /** Makes all that a page holds lead to places in the copy. */
  settle: (root: ParentNode, place: Place) => void;
  /** The same for what a script has put into the page, such as what a search found. */
  settleChanges: (changes: readonly MutationRecord[], place: Place) => void;
  /** Where a form without a script leads; undefined when it does not lead into the site. */
  targetOf: (form: HTMLFormElement, place: Place) => Place | undefined;
}

export function createLinks(archive: Archive, base: string): Links {
  const addresses = new Map<string, string>();

  /** An address for a file of the site that is no page. */
  const fileAddress = (path: string): string | undefined => {
    const known = addresses.get(path);
    if (known !== undefined) return known;
    const bytes = archive.bytes(path);
    if (!bytes) return undefined;
    const type = mediaTypes[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    addresses.set(path, address);
    return address;
  };

  const settleLink = (link: HTMLAnchorElement, from: Place) => {
    const address = link.getAttribute('href') ?? '';
    // A part of the page: the browser goes there by itself.
    if (address.startsWith('#')) return;
    const place = placeOfAddress(address, from, base);
    if (!place) return;
    const path = decodeURI(place.path);
    // A page is no file by itself, and asking for it would open all of them.
    const isPage = path === '' || path.endsWith('/');
    const file = !isPage && archive.has(path) ? fileAddress(path) : undefined;
    if (file === undefined) link.setAttribute('href', fragmentOf(place));
    else {
      link.setAttribute('href', file);
      link.download = path.slice(path.lastIndexOf('/') + 1);
    }
  };

  const settle: Links['settle'] = (root, place) => {
    for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href]')) settleLink(link, place);
    for (const image of root.querySelectorAll('img[src]')) {
      const from = placeOfAddress(image.getAttribute('src') ?? '', place, base);
      const file = from && fileAddress(decodeURI(from.path));
      if (file !== undefined) image.setAttribute('src', file);
    }
  };

  return {
    settle,
    settleChanges: (changes, place) => {
      for (const { target, addedNodes } of changes)
        for (const node of [target, ...addedNodes])
          if (node instanceof HTMLAnchorElement && node.hasAttribute('href')) settleLink(node, place);
          else if (node !== target && node instanceof Element) settle(node, place);
    },
    targetOf: (form, place) => {
      const target = placeOfAddress(form.getAttribute('action') ?? '', place, base);
      if (!target || form.method !== 'get') return undefined;
      const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
      return { ...target, query: `?${new URLSearchParams(entries)}` };
    },
  };
}
