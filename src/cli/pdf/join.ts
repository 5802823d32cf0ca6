/**
 * Joins files that Chromium has printed into one, with everything that makes a long file usable: tags, bookmarks, and
 * links from one to the other. Objects are taken over as they are, under new numbers; only the few that stand over all
 * others are written anew. What libraries offer for this copies pages, and loses tags and bookmarks.
 *
 * Source for the names of entries: ISO 32000-2:2020, 7.7 (structure of a document), 12.3 (destinations, bookmarks) and
 * 14.7 (structure tree).
 */

import { type PdfFile, readPdf, referenceIn, wordsOf } from './pdf-file.ts';

// What stands over the parts has the first numbers; Skia's own parts follow.
const [catalog, info, pages, destinations, structure, whole, parents, names, bookmarks] = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const firstFree = 10;

/** What the parts have said so far, for the objects that stand over them. */
interface Joined {
  objects: string[];
  pageTrees: number[];
  pageCount: number;
  destinations: string[];
  /** The element that stands over all others of each part. */
  elements: number[];
  parents: string[];
  nextParent: number;
  names: string[];
  /** First and last bookmark of each part that has any. */
  bookmarks: { first: number; last: number }[];
  bookmarkCount: number;
}

/**
 * Joins printed files.
 *
 * @param files in their order; the first says title, language and program
 * @param elsewhere address that a link names, before its fragment, where it leads into another of the files
 */
export function joinFiles(files: readonly Uint8Array[], elsewhere: string): Uint8Array {
  const joined: Joined = {
    objects: [],
    pageTrees: [],
    pageCount: 0,
    destinations: [],
    elements: [],
    parents: [],
    nextParent: 0,
    names: [],
    bookmarks: [],
    bookmarkCount: 0,
  };
  let first: PdfFile | undefined;
  for (const [index, bytes] of files.entries()) {
    const file = readPdf(bytes);
    first ??= file;
    addPart(joined, file, index, elsewhere);
  }
  if (!first) throw new Error('There is no file to join.');
  link(joined);
  return written(first, [...above(joined, first), ...joined.objects]);
}

/** The objects that stand over everything, in the order of their numbers. */
function above(joined: Joined, first: PdfFile): string[] {
  const of = (numbers: readonly number[]) => numbers.map((number) => `${number} 0 R`).join(' ');
  const began = wordsOf(first, first.root);
  const language = /\/Lang \([^)]*\)/.exec(began)?.[0];
  const marks = joined.bookmarks;
  return [
    `<</Type /Catalog
/Pages ${pages} 0 R
/Dests ${destinations} 0 R
/MarkInfo <</Type /MarkInfo
/Marked true>>
/StructTreeRoot ${structure} 0 R${marks.length > 0 ? `\n/Outlines ${bookmarks} 0 R` : ''}
/ViewerPreferences <</Type /ViewerPreferences
/DisplayDocTitle true>>${language ? `\n${language}` : ''}>>`,
    wordsOf(first, first.info),
    `<</Type /Pages
/Count ${joined.pageCount}
/Kids [${of(joined.pageTrees)}]>>`,
    `<<${joined.destinations.join('\n')}>>`,
    `<</Type /StructTreeRoot
/K ${whole} 0 R
/ParentTreeNextKey ${joined.nextParent}
/ParentTree ${parents} 0 R
/IDTree ${names} 0 R>>`,
    `<</Type /StructElem
/S /Document${language ? `\n${language}` : ''}
/P ${structure} 0 R
/K [${of(joined.elements)}]>>`,
    `<</Nums [${joined.parents.join(' ')}]>>`,
    `<</Names [${joined.names.join(' ')}]>>`,
    marks.length > 0
      ? `<</Type /Outlines
/First ${marks[0]?.first} 0 R
/Last ${marks.at(-1)?.last} 0 R
/Count ${joined.bookmarkCount}>>`
      : 'null',
  ];
}

/** Takes the objects of a file over. */
function addPart(joined: Joined, file: PdfFile, index: number, elsewhere: string): void {
  const top = topOf(file);
  // What stood over this file alone is replaced by what stands over all.
  const gone = new Set([file.root, file.info, top.structure, top.parents, top.destinations, top.names, top.bookmarks]);
  for (const { 1: leaf } of wordsOf(file, top.names).matchAll(/(\d+) 0 R/g)) gone.add(Number(leaf));
  const numbers = new Map<number, number>([[top.structure, whole]]);
  if (top.bookmarks !== undefined) numbers.set(top.bookmarks, bookmarks);
  let next = firstFree + joined.objects.length;
  for (const number of file.objects.keys()) if (!gone.has(number)) numbers.set(number, next++);
  const numbered = (number: number | undefined) => {
    const found = number === undefined ? undefined : numbers.get(number);
    if (found === undefined) throw new Error(`The browser wrote a PDF file that names an object which is not in it.`);
    return found;
  };
  const ids = idsOf(file, index);
  const rewritten = (words: string) =>
    words.replace(
      /\([^\\()]*(?:\\[\s\S][^\\()]*)*\)|\/(StructParents?) (\d+)|(\d+) 0 R/g,
      (same, entry?: string, key?: string, number?: string) => {
        if (entry) return `/${entry} ${Number(key) + joined.nextParent}`;
        return number ? `${numbered(Number(number))} 0 R` : same;
      },
    );
  for (const [number, { words, stream }] of file.objects) {
    if (gone.has(number)) continue;
    let text = stream ? words : withLinks(withIds(words, ids), elsewhere);
    if (number === top.element) text = text.replace('/S /Document', '/S /Part');
    text = rewritten(text);
    if (number === top.pages) text = withEntry(text, `/Parent ${pages} 0 R`);
    joined.objects.push(text + stream);
  }
  joined.pageTrees.push(numbered(top.pages));
  joined.pageCount += countIn(wordsOf(file, top.pages));
  joined.elements.push(numbered(top.element));
  joined.destinations.push(...rewritten(wordsOf(file, top.destinations)).slice(2, -2).split('\n').filter(Boolean));
  joined.parents.push(
    ...[...wordsOf(file, top.parents).matchAll(/(\d+) (\d+) 0 R/g)].map(
      ([, key, number]) => `${Number(key) + joined.nextParent} ${numbered(Number(number))} 0 R`,
    ),
  );
  joined.names.push(...[...ids].map(([, { id, element }]) => `(${id}) ${numbered(element)} 0 R`));
  const marks = wordsOf(file, top.bookmarks);
  if (marks) {
    joined.bookmarks.push({
      first: numbered(referenceIn(marks, 'First')),
      last: numbered(referenceIn(marks, 'Last')),
    });
    joined.bookmarkCount += countIn(marks);
  }
  joined.nextParent += Number(/\/ParentTreeNextKey (\d+)/.exec(wordsOf(file, top.structure))?.[1]);
}

/** The objects that stand over the others of a file. */
function topOf(file: PdfFile) {
  const began = wordsOf(file, file.root);
  const root = referenceIn(began, 'StructTreeRoot');
  const tree = wordsOf(file, root);
  const [tops, element, parentTree] = [
    referenceIn(began, 'Pages'),
    referenceIn(tree, 'K'),
    referenceIn(tree, 'ParentTree'),
  ];
  if (root === undefined || tops === undefined || element === undefined || parentTree === undefined)
    throw new Error('The browser wrote a PDF file without pages or without tags.');
  return {
    pages: tops,
    structure: root,
    element,
    parents: parentTree,
    names: referenceIn(tree, 'IDTree'),
    destinations: referenceIn(began, 'Dests'),
    bookmarks: referenceIn(began, 'Outlines'),
  };
}

interface NamedElement {
  /** Its new id. */
  id: string;
  /** The number that the element has in its file. */
  element: number;
}

/**
 * The elements that others name, as cells of a table do their headings. Chromium counts them over all that a process
 * has drawn, so they get ids that depend on nothing but their order.
 */
function idsOf(file: PdfFile, part: number): Map<string, NamedElement> {
  const found = [...file.objects]
    .flatMap(([element, { words }]) => {
      const id = /\/ID \((node\d+)\)/.exec(words)?.[1];
      return id ? [{ id, element }] : [];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const digits = (number: number, width: number) => String(number).padStart(width, '0');
  return new Map(
    found.map(({ id, element }, index) => [id, { id: `part${digits(part, 4)}-${digits(index, 6)}`, element }]),
  );
}

/** Puts the new ids in place of the old ones; a text of a person has no bracket that is not escaped. */
function withIds(words: string, ids: ReadonlyMap<string, NamedElement>): string {
  if (!words.startsWith('<</Type /StructElem')) return words;
  return words.replace(/(\/ID |\/Headers \[(?:\(node\d+\) ?)*)\(node\d+\)/g, (named) =>
    named.replace(/node\d+/g, (id) => ids.get(id)?.id ?? id),
  );
}

/** A link that names an address elsewhere leads to a place of the joined file. */
function withLinks(words: string, elsewhere: string): string {
  const action = `/A <</Type /Action\n/S /URI\n/URI (${elsewhere}#`;
  const from = words.indexOf(action);
  if (from < 0) return words;
  const to = words.indexOf(')>>', from);
  const place = words.slice(from + action.length, to).replace(/\\(.)/g, '$1');
  return `${words.slice(0, from)}/Dest /${escaped(place)}${words.slice(to + 3)}`;
}

// Other characters than these stand as #xx in a name.
const escaped = (name: string) =>
  name.replace(/[^A-Za-z0-9_.-]/g, (character) => `#${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The bookmarks of one part lead on to those of the next. */
function link(joined: Joined): void {
  const add = (number: number, entry: string) => {
    const place = number - firstFree;
    joined.objects[place] = withEntry(joined.objects[place] as string, entry);
  };
  for (const [index, { first, last }] of joined.bookmarks.entries()) {
    const [before, after] = [joined.bookmarks[index - 1], joined.bookmarks[index + 1]];
    if (before) add(first, `/Prev ${before.last} 0 R`);
    if (after) add(last, `/Next ${after.first} 0 R`);
  }
}

const withEntry = (words: string, entry: string) => `${words.slice(0, -2)}\n${entry}>>`;

const countIn = (words: string) => Number(/\/Count (\d+)/.exec(words)?.[1]);

/** A file of these objects, with the table of where they stand. */
function written({ header }: PdfFile, objects: readonly string[]): Uint8Array {
  const places: number[] = [];
  const pieces = [header];
  let length = header.length;
  for (const [index, object] of objects.entries()) {
    const piece = `${index + 1} 0 obj\n${object}\nendobj\n`;
    places.push(length);
    pieces.push(piece);
    length += piece.length;
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`);
  const end = `trailer\n<</Size ${objects.length + 1}\n/Root ${catalog} 0 R\n/Info ${info} 0 R>>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.from(
    [...pieces, `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`, ...table, end].join(''),
    'latin1',
  );
}
