/** Files that Chromium wrote become one: what stood over each stands over all, and every link finds its place. */

import { expect, test } from 'vitest';
import { joinFiles } from '../../src/cli/pdf/join.ts';
import { pageCount, pagesOfDestinations, readPdf, setDates, wordsOf } from '../../src/cli/pdf/pdf-file.ts';

const elsewhere = 'http://plan.invalid/binder';

/** A file of one page with a link, a heading with its bookmark, and a table, as Skia writes it. */
function printed({ title, place, to, node }: { title: string; place: string; to: string; node: number }): Uint8Array {
  const id = (number: number) => `(node${String(number).padStart(8, '0')})`;
  const objects = [
    `<</Title (${title} \\(5 0 R\\))\n/CreationDate (D:20261130100000+00'00')\n/ModDate (D:20261130100000+00'00')>>`,
    '<</Type /Page\n/Contents 4 0 R\n/Annots [3 0 R]\n/StructParents 0\n/Parent 5 0 R>>',
    `<</Type /Annot\n/Subtype /Link\n/A <</Type /Action\n/S /URI\n/URI (${elsewhere}#${to})>>\n/StructParent 1>>`,
    '<</Length 9>> stream\n5 0 R >>x\nendstream',
    '<</Type /Pages\n/Count 1\n/Kids [2 0 R]>>',
    `<</${place} [2 0 R /XYZ 1 2 0]>>`,
    '<</Type /StructTreeRoot\n/K 8 0 R\n/ParentTreeNextKey 2\n/ParentTree 11 0 R\n/IDTree 12 0 R>>',
    '<</Type /StructElem\n/S /Document\n/Lang (en)\n/P 7 0 R\n/K [9 0 R 10 0 R]>>',
    `<</Type /StructElem\n/S /TH\n/P 8 0 R\n/Pg 2 0 R\n/K 0\n/ID ${id(node)}>>`,
    `<</Type /StructElem\n/S /TD\n/P 8 0 R\n/Alt (\\(node00000007\\) 2 0 R)\n/A [<</O /Table\n/Headers [${id(node)} ${id(node)}]>>]>>`,
    '<</Type /ParentTree\n/Nums [0 14 0 R 1 9 0 R]>>',
    '<</Kids [13 0 R]>>',
    `<</Limits [${id(node)} ${id(node)}]\n/Names [${id(node)} 9 0 R]>>`,
    '[9 0 R 10 0 R]',
    '<</Type /Outlines\n/First 16 0 R\n/Last 16 0 R\n/Count 1>>',
    `<</Title (${title})\n/Dest [2 0 R /XYZ 1 2 0]\n/Parent 15 0 R\n/SE 9 0 R>>`,
    '<</Type /Catalog\n/Pages 5 0 R\n/Dests 6 0 R\n/StructTreeRoot 7 0 R\n/Outlines 15 0 R\n/Lang (en)>>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  return Buffer.from(
    `${text}xref\n0 18\n0000000000 65535 f \n${places.join('')}trailer\n<</Size 18\n/Root 17 0 R\n/Info 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  );
}

const one = (node = 7) => printed({ title: 'One', place: 'a', to: 'b--%C3%A9', node });
const two = (node = 7) => printed({ title: 'Two', place: 'b--#25C3#25A9', to: 'a', node });
const join = (...files: Uint8Array[]) => joinFiles(files, elsewhere);

test('pages, places and bookmarks follow each other', () => {
  const file = join(one(), two());
  expect(pageCount(file)).toBe(2);
  const read = readPdf(file);
  expect([...pagesOfDestinations(read)]).toEqual([
    ['a', 1],
    ['b--é', 2],
  ]);
  const marks = [...read.objects].filter(([, { words }]) => /^<<\/Title/.test(words) && words.includes('/SE'));
  const [[first, { words: before } = { words: '' }] = [], [second, { words: after } = { words: '' }] = []] = marks;
  expect(before).toContain(`/Next ${second} 0 R`);
  expect(after).toContain(`/Prev ${first} 0 R`);
  expect(before).not.toContain('/Prev');
  expect(wordsOf(read, 9)).toBe(`<</Type /Outlines\n/First ${first} 0 R\n/Last ${second} 0 R\n/Count 2>>`);
  setDates(file, new Date(0));
  expect(wordsOf(readPdf(file), read.info)).toContain("(One \\(5 0 R\\))\n/CreationDate (D:19700101000000+00'00')");
});

test('a link from one to the other leads to its place', () => {
  const links = [...readPdf(join(one(), two())).objects.values()].filter(({ words }) => words.includes('/Link'));
  expect(links.map(({ words }) => /\/Dest (\S+)/.exec(words)?.[1])).toEqual(['/b--#25C3#25A9', '/a']);
  for (const { words } of links) expect(words).not.toContain('URI');
});

test('tags are one tree, and every number and name in it is its own', () => {
  const { objects, ...read } = readPdf(join(one(), two()));
  const file = { objects, ...read };
  const kidsOf = (number: number) => [...wordsOf(file, number).matchAll(/(\d+) 0 R/g)].map(([, kid]) => Number(kid));
  expect(wordsOf(file, 6)).toMatch(/\/S \/Document\n\/Lang \(en\)\n\/P 5 0 R/);
  const parts = kidsOf(6).slice(1);
  expect(parts).toHaveLength(2);
  for (const part of parts) expect(wordsOf(file, part)).toMatch(/\/S \/Part\n\/Lang \(en\)\n\/P 6 0 R/);
  const keys = [...wordsOf(file, 7).matchAll(/(\d+) (\d+) 0 R/g)];
  expect(keys.map(([, key]) => Number(key))).toEqual([0, 1, 2, 3]);
  for (const [, , number] of keys) expect(objects.has(Number(number))).toBe(true);
  const words = [...objects.values()].map((object) => object.words);
  const numbers = words.flatMap((text) => [...text.matchAll(/\/StructParents? (\d+)/g)].map(([, key]) => Number(key)));
  expect(numbers).toEqual([0, 1, 2, 3]);
  expect(wordsOf(file, 8)).toMatch(/^<<\/Names \[\(part0000-000000\) \d+ 0 R \(part0001-000000\) \d+ 0 R\]>>$/);
  expect(words.join()).toContain('/Headers [(part0001-000000) (part0001-000000)]');
});

test('texts and streams stay as they are, also where they look like something else', () => {
  const { objects } = readPdf(join(one(), two()));
  const all = [...objects.values()];
  expect(all.filter(({ words }) => words.includes('/Alt (\\(node00000007\\) 2 0 R)'))).toHaveLength(2);
  expect(all.filter(({ stream }) => stream === ' stream\n5 0 R >>x\nendstream')).toHaveLength(2);
});

test('the numbers that a browser gave to elements are not in the file', () => {
  expect(join(one(7), two(8))).toEqual(join(one(1207), two(3)));
});

test('what is written in another way is an error', () => {
  expect(() => join(Buffer.from('%PDF-1.7\n'))).toThrow('without a table of its objects');
  const untagged = Buffer.from(
    Buffer.from(one()).toString('latin1').replace('/StructTreeRoot 7', '/StructTreeRott 7'),
    'latin1',
  );
  expect(() => join(untagged)).toThrow('without tags');
});
