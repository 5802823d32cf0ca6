/**
 * The little that is read and changed in a file that Chromium has written: its objects, where the named destinations
 * are, and when it was made. Skia writes every object uncompressed and on lines of its own (only streams are
 * compressed), with a plain table of where each begins; what it does not write like that is an error here, never a
 * guess.
 */

/** A file as it is written: one character for each byte. */
export interface PdfFile {
  /** What stands before the first object. */
  header: string;
  /** Objects by their number, in the order in which they stand. */
  objects: ReadonlyMap<number, PdfObject>;
  /** Number of the catalog, where everything begins. */
  root: number;
  /** Number of the object that says who made the file, and when. */
  info: number;
}

interface PdfObject {
  /** What is said of it; the whole object where it has no stream. */
  words: string;
  /** Its stream with the words around it, or nothing. */
  stream: string;
}

/** Reads the objects of a file. */
export function readPdf(file: Uint8Array): PdfFile {
  const text = textOf(file);
  const table = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(text)?.[1] ?? Number.NaN);
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const [root, info] = [referenceIn(trailer, 'Root'), referenceIn(trailer, 'Info')];
  const places = [...text.slice(table).matchAll(/^(\d{10}) \d{5} n/gm)].map(([, place]) => Number(place));
  if (root === undefined || info === undefined || places.length === 0)
    throw new Error('The browser wrote a PDF file without a table of its objects.');
  const ends = [...places, table].sort((a, b) => a - b);
  const objects = new Map<number, PdfObject>();
  for (const [index, place] of ends.slice(0, -1).entries()) {
    const written = text.slice(place, ends[index + 1]);
    const [, number, body] = /^(\d+) 0 obj\n([\s\S]*)\nendobj\s*$/.exec(written) ?? [];
    if (number === undefined || body === undefined)
      throw new Error(`The browser wrote a PDF file with something other than an object at ${place}.`);
    const stream = body.search(/(?<=>>) stream\r?\n/);
    objects.set(Number(number), stream < 0 ? { words: body, stream: '' } : split(body, stream));
  }
  return { header: text.slice(0, ends[0]), objects, root, info };
}

const split = (body: string, at: number): PdfObject => ({ words: body.slice(0, at), stream: body.slice(at) });

/** The words of an object; nothing where there is none. */
export const wordsOf = (file: PdfFile, number: number | undefined): string =>
  (number === undefined ? undefined : file.objects.get(number)?.words) ?? '';

/** The number of the page, from 1, on which each named destination stands. */
export function pagesOfDestinations(file: PdfFile): ReadonlyMap<string, number> {
  const catalog = wordsOf(file, file.root);
  const root = referenceIn(catalog, 'Pages');
  if (root === undefined) throw new Error('The browser wrote a PDF file without a list of pages.');
  const numbers = new Map(pagesBelow(root, file).map((page, index) => [page, index + 1]));
  const found = new Map<string, number>();
  for (const [, name = '', page] of wordsOf(file, referenceIn(catalog, 'Dests')).matchAll(
    /\/([^\s/[\]()<>]+) \[(\d+) 0 R \/XYZ/g,
  )) {
    const number = numbers.get(Number(page));
    if (number !== undefined) found.set(unescaped(name), number);
  }
  return found;
}

/** How many pages a file has. */
export function pageCount(file: Uint8Array): number {
  return [...textOf(file).matchAll(/^<<\/Type \/Page$/gm)].length;
}

/**
 * Puts one time in place of the two at which the file was made, so that the same content is the same bytes.
 *
 * @param file is changed in place; no byte moves
 */
export function setDates(file: Uint8Array, time: Date): void {
  const digits = time.toISOString().replace(/\D/g, '').slice(0, 14);
  const dates = [...textOf(file).matchAll(/\/(?:CreationDate|ModDate) \(D:(\d{14})\+00'00'\)/g)];
  if (dates.length !== 2)
    throw new Error(`The browser wrote a PDF file with ${dates.length} dates; two were expected.`);
  for (const { index, 0: whole, 1: old = '' } of dates)
    file.set(new TextEncoder().encode(digits), index + whole.indexOf(old));
}

// One character for each byte, so that positions are those of the file.
const textOf = (file: Uint8Array) => Buffer.from(file.buffer, file.byteOffset, file.byteLength).toString('latin1');

/** The number of the object that an entry names. */
export function referenceIn(words: string, entry: string): number | undefined {
  const found = new RegExp(`/${entry} (\\d+) 0 R`).exec(words)?.[1];
  return found ? Number(found) : undefined;
}

function pagesBelow(number: number, file: PdfFile): number[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(wordsOf(file, number))?.[1];
  if (kids === undefined) return [number];
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, kid]) => pagesBelow(Number(kid), file));
}

/**
 * A name as its link wrote it. In the file other characters than letters and digits stand as #xx, and what stands
 * there is the fragment of an address, in which some stand as %xx.
 */
const unescaped = (name: string) =>
  decodeURIComponent(name.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))));
