/** Looks through every file of a site for what its audience may not read, before the build succeeds. */

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { textsInCbor } from './cbor.ts';
import { textsInHtml } from './html.ts';
import type { Secrets } from './secrets.ts';
import { eachRun, hyphenatedIn, runLength, wordsIn } from './words.ts';

/** Something in a site that its audience may not read. */
interface Leak {
  /** Path from the folder of the site. */
  path: string;
  /** Line from 1, where the file has lines. */
  line?: number;
  what: string;
}

/** Thrown when a site holds what its audience may not read. */
class SiteLeaks extends Error {
  override name = 'SiteLeaks';
  readonly leaks: readonly Leak[];
  constructor(leaks: readonly Leak[], audience: string) {
    const told = leaks.slice(0, mostTold).map(({ path, line, what }) => `  ${path}${line ? `:${line}` : ''}  ${what}`);
    const more = leaks.length > mostTold ? [`  and ${leaks.length - mostTold} more`] : [];
    super(
      `The site holds what the audience "${audience}" may not read:\n${[...told, ...more].join('\n')}\n` +
        'Do not publish it. Take the words out of what this audience reads, or label it; what is no secret is listed under notSecret in plan.yaml.',
    );
    this.leaks = leaks;
  }
}

const mostTold = 20;
// Compressed or drawn, and made by the engine.
const notRead = new Set(['.woff2', '.woff']);
// Its program is the same in every site, and its remarks are long.
const pagefindsOwn = /^pagefind\/[^/]*\.js$/;
const pictures = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.ico']);
const index = new Set(['.pf_index', '.pf_meta', '.pf_filter']);
const readerOf: Readonly<Record<string, (text: string) => string[]>> = {
  '.html': textsInHtml,
  // A text of the search is put together of many; what is read as one ends with a sentence.
  '.pf_fragment': (text) => text.split(/[.?!:;,·|"]/),
  '.json': textsInJson,
  '.webmanifest': textsInJson,
  '.csv': (text) => text.split(/[,;"\r\n]/),
};

/**
 * Scans a site. All files are read, the compressed ones of the search index as well.
 *
 * @param folder of the site
 * @throws SiteLeaks when something is found
 */
export function scanSite(folder: string, secrets: Secrets): void {
  const leaks = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) => leaksIn(relative(folder, file).split(sep).join('/'), readFileSync(file), secrets));
  if (leaks.length > 0) throw new SiteLeaks(leaks, secrets.audience);
}

/** What is found in one file: each thing once. */
function leaksIn(path: string, bytes: Buffer, secrets: Secrets): Leak[] {
  const found = new Map<string, Leak>();
  const ending = extname(path);
  const add = (what: string, line?: number) => {
    if (!found.has(what)) found.set(what, { path, what, ...(line === undefined ? {} : { line }) });
  };
  lookInText(path, secrets, (what) => add(`${what} (in its name)`));
  if (notRead.has(ending)) return [...found.values()];
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const content = packed ? gunzipSync(bytes) : bytes;
  if (index.has(ending)) lookInIndex(content, secrets, add);
  else if (pictures.has(ending)) {
    const text = content.toString('latin1').replace(/[^\x20-\x7e]+/g, '\n');
    lookInText(text, secrets, add);
    lookForRuns([text], secrets, (what) => add(what));
  } else lookInFile(path, content.toString('utf8'), secrets, add);
  if (path.endsWith('vocabulary.json')) lookForWords(wordsIn(content.toString('utf8')), secrets, add);
  return [...found.values()];
}

type Add = (what: string, line?: number) => void;

function lookInFile(path: string, text: string, secrets: Secrets, add: Add): void {
  lookInText(text, secrets, add);
  if (pagefindsOwn.test(path)) return;
  const pieces = readerOf[extname(path)]?.(text) ?? text.split(/["'`]/);
  lookForRuns(pieces, secrets, (what, words) => add(what, lineOf(text, words)));
}

/** The line on which words stand, with markup between them or without. */
function lineOf(text: string, words: readonly string[]): number | undefined {
  const found = new RegExp(words.join('(?:<[^>]*>|[^\\p{L}\\p{N}<])+'), 'iu').exec(text);
  return found ? lineAt(text, found.index) : undefined;
}

/** Values and ids, wherever they stand. */
function lookInText(text: string, secrets: Secrets, add: Add): void {
  const { telephones, values, ids, references, folders, sources } = secrets;
  const tell = (what: string, place: number, at: number) => add(`${what} ${sources[place]}`, lineAt(text, at));
  if (telephones.size > 0)
    for (const match of text.matchAll(/[+0-9][0-9 ()./-]{4,}[0-9]/g)) {
      const digits = match[0].replace(/\D/g, '');
      for (const [number, place] of telephones) if (digits.includes(number)) tell('a number of', place, match.index);
    }
  if (values.size > 0) {
    const lower = text.toLowerCase();
    for (const [value, place] of values) {
      const at = lower.indexOf(value);
      if (at >= 0) tell('a value of', place, at);
    }
  }
  const names = new Set(hyphenatedIn(text));
  for (const name of names) {
    const place = ids.get(name);
    if (place !== undefined) tell(`the id "${name}" of`, place, text.indexOf(name));
  }
  for (const match of text.matchAll(/([a-z]+)([:/])([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)/g)) {
    const kind = match[2] === ':' ? match[1] : folders.get(match[1] as string);
    const place = kind && references.get(`${kind}:${match[3]}`);
    if (place !== undefined && place !== '') tell('the name of', place, match.index);
  }
}

/** Runs of words; what overlaps is told as one. */
function lookForRuns(
  pieces: readonly string[],
  { runs, sources }: Secrets,
  tell: (what: string, words: readonly string[]) => void,
): void {
  for (const piece of pieces) {
    const words = wordsIn(piece);
    let open: { from: number; to: number; place: number } | undefined;
    const close = () => {
      if (!open) return;
      const found = words.slice(open.from, open.to);
      tell(`the words "${found.join(' ')}" of ${sources[open.place]}`, found);
      open = undefined;
    };
    eachRun(words, (run, at) => {
      const place = runs.get(run);
      if (place === undefined) return;
      if (open && at < open.to) open.to = at + runLength;
      else {
        close();
        open = { from: at, to: at + runLength, place };
      }
    });
    close();
  }
}

function lookInIndex(content: Buffer, secrets: Secrets, add: Add): void {
  const texts = textsInCbor(content);
  lookInText(texts.join('\n'), secrets, add);
  lookForRuns(texts, secrets, (what) => add(what));
  lookForWords(texts.flatMap(wordsIn), secrets, add);
}

function lookForWords(words: readonly string[], secrets: Secrets, add: Add): void {
  // The last letter of a stem is not always that of the word: industri.
  for (const word of new Set(words))
    if (word.length > 4 && secrets.words.has(word.slice(0, -1))) add(`the word "${word}"`);
}

function textsInJson(text: string): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (!Array.isArray(value)) found.push(key);
        walk(inner);
      }
  };
  try {
    walk(JSON.parse(text));
    return found;
  } catch {
    return text.split('"');
  }
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < at; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}
