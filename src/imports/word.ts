/** Word files (.docx), through mammoth, behind limits of our own: the file comes from anywhere. */

import { Readable } from 'node:stream';
import type { Element, Root as HastRoot } from 'hast';
import type { RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import { countElements, lowerBelowTitle, markdownOf, parseHtml } from './markup.ts';
import { CannotImport, type Source } from './source.ts';

/** What a Word file may hold. A runbook of 100 pages with pictures stays far below. */
const wordLimits = { parts: 2_000, unpackedBytes: 100_000_000 } as const;

// Word's own styles for what a reader sees as the title; the headings are known to mammoth.
const styles = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  'comment-reference => sup',
];

/** Reads a Word file: unpacked once to measure it, then by mammoth. */
export async function readWord(path: string, bytes: Uint8Array): Promise<Source> {
  const parts = await unpack(bytes);
  const { default: mammoth } = await import('mammoth');
  const embedded = new Map<string, Uint8Array>();
  let value: string;
  try {
    const result = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      {
        styleMap: styles,
        // Styles inside the file would decide what its text becomes; links to files of this machine are not followed.
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(async (image) => {
          const ending = /^image\/(png|jpe?g|gif|webp|svg)/.exec(image.contentType)?.[1] ?? 'bin';
          const address = `embedded:image-${embedded.size + 1}.${ending.replace('jpeg', 'jpg')}`;
          embedded.set(address, await image.readAsBuffer());
          return { src: address };
        }),
      },
    );
    value = result.value;
  } catch (fault) {
    throw new CannotImport(`It is no Word file that can be read: ${(fault as Error).message.split('\n')[0]}`);
  }
  const html = parseHtml(value, true);
  lowerBelowTitle(html);
  const notes = takeNotes(html);
  const margins = marginsOf(parts);
  const appendix: RootContent[] = [
    ...markdownOf(notes).children,
    ...margins.map((said): RootContent => ({ type: 'paragraph', children: [{ type: 'text', value: said }] })),
  ];
  const deleted = [...(parts.get('word/document.xml') ?? '').matchAll(/<w:delText[\s>]/g)].length;
  const left = [
    ...(deleted > 0 ? ['text that is marked as deleted'] : []),
    ...(countElements(html, 'svg') > 0 ? ['drawings'] : []),
  ];
  // Places would be those of the HTML between, which nobody has.
  const tree = markdownOf(html);
  visit(tree, (node) => {
    delete node.position;
  });
  return { path, tree, appendix, properties: [], embedded, said: saidByWord(parts), left };
}

/** The text parts of the archive; each is unpacked with a limit, whatever the archive says of its size. */
async function unpack(bytes: Uint8Array): Promise<Map<string, string>> {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11)
    throw new CannotImport(
      'It is encrypted, or an old .doc. Open it in Word, take the password off, and save it as .docx.',
    );
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new CannotImport('It is no .docx file: it does not begin as an archive.');
  const { default: JSZip } = await import('jszip');
  const archive = await JSZip.loadAsync(bytes).catch((fault: Error) => {
    throw new CannotImport(`It is a broken .docx file: ${fault.message.split('.')[0]}.`);
  });
  const files = Object.values(archive.files).filter((file) => !file.dir);
  if (files.length > wordLimits.parts)
    throw new CannotImport(
      `It holds ${files.length.toLocaleString('en')} parts; ${wordLimits.parts.toLocaleString('en')} are read at most.`,
    );
  if (!archive.file('word/document.xml')) throw new CannotImport('It is no Word file: it holds no word/document.xml.');
  const texts = new Map<string, string>();
  let left = wordLimits.unpackedBytes;
  for (const file of files) {
    const unpacked = await bounded(file.nodeStream(), left);
    left -= unpacked.length;
    if (!/\.(?:xml|rels)$/.test(file.name)) continue;
    const text = unpacked.toString('utf8');
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text.slice(0, 4096)))
      throw new CannotImport('It declares entities of its own, which no Word file does; it is not read.');
    texts.set(file.name, text);
  }
  return texts;
}

/** A stream to its end, or a refusal as soon as it gives more than it may. */
async function bounded(stream: NodeJS.ReadableStream, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of new Readable().wrap(stream)) {
      size += (chunk as Buffer).length;
      if (size > most)
        throw new CannotImport(
          `Unpacked it is larger than ${(wordLimits.unpackedBytes / 1_000_000).toFixed(0)} MB; a file that grows so much is not read.`,
        );
      chunks.push(chunk as Buffer);
    }
  } catch (fault) {
    if (fault instanceof CannotImport) throw fault;
    throw new CannotImport('It is a broken .docx file: a part of it cannot be unpacked.');
  }
  return Buffer.concat(chunks);
}

/** Takes footnotes, endnotes and comments out of what mammoth made: it puts them behind the text, as a list. */
function takeNotes(html: HastRoot): HastRoot {
  const notes: HastRoot = { type: 'root', children: [] };
  const isNote = (node: Element): boolean =>
    node.tagName === 'li'
      ? /^(?:footnote|endnote)-/.test(String(node.properties['id'] ?? ''))
      : node.tagName === 'dt' && /^comment-/.test(String(node.properties['id'] ?? ''));
  html.children = html.children.filter((child) => {
    const holdsNotes =
      child.type === 'element' && child.children.some((inner) => inner.type === 'element' && isNote(inner));
    if (holdsNotes) notes.children.push(child);
    return !holdsNotes;
  });
  // The arrow back to the text leads nowhere here.
  visit(notes, 'element', (node: Element, index, parent) => {
    if (node.tagName !== 'a' || !/^#(?:footnote|endnote|comment)-ref-/.test(String(node.properties['href'] ?? '')))
      return;
    if (parent && index !== undefined) parent.children[index] = { type: 'text', value: '' };
  });
  return notes;
}

/** What stands in the headers and footers of the pages, each text once. */
function marginsOf(parts: ReadonlyMap<string, string>): string[] {
  const texts = [...parts]
    .filter(([name]) => /^word\/(?:header|footer)\d*\.xml$/.test(name))
    .map(([, xml]) => textOfXml(xml).replace(/\s+/g, ' ').trim());
  return [...new Set(texts.filter(Boolean))];
}

/** All that a Word file says, read from its XML and not from what mammoth made of it. */
function saidByWord(parts: ReadonlyMap<string, string>): string {
  const named = ['document', 'footnotes', 'endnotes', 'comments'].map((name) =>
    textOfXml(parts.get(`word/${name}.xml`) ?? ''),
  );
  return [...named, ...marginsOf(parts)].join('\n');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function textOfXml(xml: string): string {
  return (
    xml
      // A text box is written twice, for old and new readers; mammoth reads the old form.
      .replace(/<mc:Choice\b[\s\S]*?<\/mc:Choice>/g, '')
      .replace(/<w:(?:p|br|cr|tab|tc)\b[^>]*>/g, '\n')
      .replace(/<w:(?:noBreakHyphen)\b[^>]*>/g, '-')
      .replace(/<w:(instrText|delText)\b[^>]*>[^<]*<\/w:\1>/g, '')
      .replace(/<wp:(posOffset|align|pctWidth|pctHeight)\b[^>]*>[^<]*<\/wp:\1>/g, '')
      .replace(/<[^>]*>/g, '')
      .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal?: string, hex?: string, name?: string) =>
        decimal
          ? String.fromCodePoint(Number(decimal))
          : hex
            ? String.fromCodePoint(Number.parseInt(hex, 16))
            : (entities[name ?? ''] ?? all),
      )
  );
}
