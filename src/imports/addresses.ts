/** Where links and images lead after the import: into the plan, to the web, or to nothing that the plan has. */

import type { Image, Link, Nodes, PhrasingContent, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { decodedAddress } from './words.ts';

export interface Leads {
  /** The reference of a document that is imported too (`runbook:phishing`). */
  document: (address: string) => string | undefined;
  /** Where an image will lie, from the document; undefined when there is none to copy. */
  image: (address: string) => string | undefined;
  /** Stands where an image has no alternative text. */
  imageWithoutText: string;
  /** What is said before the address of an image that cannot be copied. */
  imageElsewhere: string;
}

const webAddress = /^(?:https?|mailto|tel):[^\s<>]+$/i;

/** The nodes with addresses that hold in the plan. An address that does not hold stays as text behind its words. */
export function settleAddresses(nodes: readonly RootContent[], leads: Leads): RootContent[] {
  return nodes.map((node) => settled(node, leads));
}

function settled<T extends Nodes>(node: T, leads: Leads): T {
  if (!('children' in node)) return node;
  const before = node.children as PhrasingContent[];
  const children = before.flatMap((child, index): PhrasingContent[] => {
    const inner = settled(child, leads);
    if (inner.type !== 'link' && inner.type !== 'image') return [inner];
    const now = inner.type === 'link' ? linkFor(inner, leads) : imageFor(inner, leads);
    // What was a link or an image stood apart from the letters beside it, and still does.
    return [
      ...(now[0]?.type !== inner.type && endsInWord(before[index - 1]) ? [space] : []),
      ...now,
      ...(now.at(-1)?.type !== inner.type && beginsWithWord(before[index + 1]) ? [space] : []),
    ];
  });
  return { ...node, children } as T;
}

const space: PhrasingContent = { type: 'text', value: ' ' };
const endsInWord = (node: Nodes | undefined) => node !== undefined && /[\p{L}\p{N}]$/u.test(plainText(node));
const beginsWithWord = (node: Nodes | undefined) => node !== undefined && /^[\p{L}\p{N}]/u.test(plainText(node));

function linkFor(link: Link, leads: Leads): PhrasingContent[] {
  const url = link.url.trim();
  const title: PhrasingContent[] = link.title ? [{ type: 'text', value: ` (${link.title})` }] : [];
  const words = link.children;
  const reference = leads.document(url);
  if (reference !== undefined) return [{ ...link, url: reference, title: null, children: named(words, url) }, ...title];
  if (webAddress.test(url)) return [{ ...link, url, title: null, children: named(words, url) }, ...title];
  // A heading of the same document has another place now; its words are there.
  if (url.startsWith('#') || url === '') return [...words, ...title];
  return [
    ...words,
    { type: 'text', value: ' (' },
    { type: 'inlineCode', value: decodedAddress(url) },
    { type: 'text', value: ')' },
    ...title,
  ];
}

function named(words: Link['children'], url: string): Link['children'] {
  const said =
    words.some((child) => child.type === 'image') || plainText({ type: 'paragraph', children: words }).trim() !== '';
  return said ? words : [...words, { type: 'text', value: url }];
}

function imageFor(image: Image, leads: Leads): PhrasingContent[] {
  const title: PhrasingContent[] = image.title ? [{ type: 'text', value: ` (${image.title})` }] : [];
  const path = leads.image(image.url);
  if (path !== undefined)
    return [{ ...image, url: path, title: null, alt: image.alt?.trim() || leads.imageWithoutText }, ...title];
  const words: PhrasingContent[] = [
    { type: 'text', value: `${leads.imageElsewhere}${image.alt ? ` ${image.alt}` : ''}` },
  ];
  if (image.url.startsWith('data:')) return [...words, ...title];
  const address: PhrasingContent = webAddress.test(image.url)
    ? { type: 'link', url: image.url, children: [{ type: 'text', value: image.url }] }
    : { type: 'inlineCode', value: decodedAddress(image.url) || image.url };
  return [...words, { type: 'text', value: ' (' }, address, { type: 'text', value: ')' }, ...title];
}

/** Every address that images of a tree name, in order. */
export function imagesIn(node: Nodes): string[] {
  if (node.type === 'image') return [node.url];
  return 'children' in node ? node.children.flatMap((child) => imagesIn(child)) : [];
}

/** The bytes of an image that stands in the text itself (`data:image/png;base64,…`), with the ending of its kind. */
export function imageInAddress(address: string): { content: Uint8Array; ending: string } | undefined {
  const [, kind, data] = /^data:image\/(png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]+)$/i.exec(address) ?? [];
  if (kind === undefined || data === undefined) return undefined;
  return { content: Buffer.from(data, 'base64'), ending: kind.toLowerCase().replace('jpeg', 'jpg') };
}
