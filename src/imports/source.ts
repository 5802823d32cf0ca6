/** What was read of a file that somebody brings, whatever its format: one clean tree, and all that it says. */

import type { Root, RootContent } from 'mdast';
import type { Point } from '../diagnostics/report.ts';

export interface Source {
  /** As the user named it, or as it was found in the folder. */
  path: string;
  /** Markdown without HTML, definitions, footnotes and comments: those are resolved, or stand in `appendix`. */
  tree: Root;
  /** What belongs to the text but stands at no place of it: footnotes, comments, headers and footers of pages. */
  appendix: RootContent[];
  /** The title that the file gives itself beside its text. */
  title?: string;
  /** Properties that the file has beside its text, in words. */
  properties: [name: string, value: string][];
  /** Images that are in the file itself, by the address that the tree names. */
  embedded: Map<string, Uint8Array>;
  /** Everything that the file says, read before anything was converted: what comes out is compared with it. */
  said: string;
  /** What was left behind on purpose, in words: scripts, style sheets. */
  left: string[];
}

/** A file that cannot be imported, in words for who brings it. */
export class CannotImport extends Error {}

/** The formats that are read, by the ending of a file's name. */
export const formats: Readonly<Record<string, 'markdown' | 'html' | 'word'>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'markdown',
  html: 'html',
  htm: 'html',
  docx: 'word',
};

/** The format of a file, by its name. */
export function formatOf(path: string): (typeof formats)[string] | undefined {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(formats, ending) ? formats[ending] : undefined;
}

/** Where a node stood in the source; undefined in Word, which has no lines. */
export function placeOf(node: { position?: { start: { line: number; column: number } } | undefined } | undefined) {
  const start = node?.position?.start;
  return start && ({ line: start.line, column: start.column } satisfies Omit<Point, 'offset'>);
}

/**
 * Bytes as text. UTF-8, or what a byte order mark or an HTML declaration says.
 *
 * @param declared the encoding that the file names, if it does
 */
export function decoded(bytes: Uint8Array, declared?: string): string {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  let text: string;
  try {
    text = new TextDecoder(marked ?? declared ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CannotImport('It is not UTF-8 text. Save it as UTF-8 and import it again.');
  }
  // Browsers pass over null characters in HTML; in Markdown they show that the file is something else.
  if (declared === undefined && text.includes('\0'))
    throw new CannotImport('It is not a text file: it holds null characters.');
  return text.replace(/\r\n?/g, '\n');
}
