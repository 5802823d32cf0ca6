/** HTML files, also those that other programs export. */

import type { Element } from 'hast';
import { visit } from 'unist-util-visit';
import { countElements, htmlSays, lowerBelowTitle, markdownOf, parseHtml } from './markup.ts';
import { CannotImport, decoded, type Source } from './source.ts';

// What a page declares about its own letters stands at its beginning (HTML, 4.2.5.4: within 1024 bytes).
const declaredWithin = 1024;

/** Reads an HTML file. Scripts and styles are left behind; nothing is run and nothing fetched. */
export function readHtml(path: string, bytes: Uint8Array): Source {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, declaredWithin));
  const charset = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
  const html = parseHtml(decoded(bytes, knownEncoding(charset ?? 'utf-8')), false);
  lowerBelowTitle(html);
  let title = '';
  visit(html, 'element', (node: Element) => {
    if (node.tagName === 'title' && title === '') title = htmlSays({ ...node, tagName: 'span' }).trim();
  });
  const left = (['script', 'style', 'iframe', 'object', 'svg'] as const).flatMap((name) => {
    const count = countElements(html, name);
    return count > 0 ? [`${count} × <${name}>`] : [];
  });
  return {
    path,
    tree: markdownOf(html),
    appendix: [],
    ...(title ? { title } : {}),
    properties: title ? [['title', title]] : [],
    embedded: new Map(),
    said: `${title}\n${htmlSays(html)}`,
    left,
  };
}

function knownEncoding(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw new CannotImport(
      `It says that its letters are encoded as "${name}", which is not known here. Save it as UTF-8.`,
    );
  }
}
