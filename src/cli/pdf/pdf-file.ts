/**
 * The little that is read and changed in a file that Chromium has written: where the named destinations are, and when
 * it was made. Skia writes every object uncompressed and on lines of its own (only streams are compressed), with one
 * plain dictionary of destinations; what it does not write like that is an error here, never a guess.
 */

/** The number of the page, from 1, on which each named destination stands. */
export function pagesOfDestinations(file: Uint8Array): ReadonlyMap<string, number> {
  const objects = objectsOf(textOf(file));
  const catalog = [...objects.values()].find((object) => object.includes('/Type /Catalog'));
  const root = referenceIn(catalog, 'Pages');
  if (root === undefined) throw new Error('The browser wrote a PDF file without a list of pages.');
  const numbers = new Map(pagesBelow(root, objects).map((page, index) => [page, index + 1]));
  const destinations = referenceIn(catalog, 'Dests');
  const found = new Map<string, number>();
  for (const [, name = '', page] of (destinations === undefined ? '' : (objects.get(destinations) ?? '')).matchAll(
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

/** The objects by their number, as they are written. */
function objectsOf(text: string): Map<number, string> {
  const objects = new Map<number, string>();
  for (const [, number, object = ''] of text.matchAll(/^(\d+) 0 obj\n(<<(?!\/Length)[\s\S]*?)\nendobj$/gm))
    objects.set(Number(number), object);
  return objects;
}

function referenceIn(object: string | undefined, name: string): number | undefined {
  const found = object && new RegExp(`/${name} (\\d+) 0 R`).exec(object)?.[1];
  return found ? Number(found) : undefined;
}

function pagesBelow(number: number, objects: ReadonlyMap<number, string>): number[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(objects.get(number) ?? '')?.[1];
  if (kids === undefined) return [number];
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, kid]) => pagesBelow(Number(kid), objects));
}

/** A name as it was before it was written: other characters than letters and digits stand as #xx. */
const unescaped = (name: string) =>
  Buffer.from(
    name.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString('utf8');
