/**
 * Takes out of images what nobody sees and everybody can read: where and by whom they were made, remarks, and pictures
 * of what was cut away. What the picture needs stays: colours, and which side is up.
 */

import { extname } from 'node:path';

/** An image without its metadata. What cannot be understood stays as it is; the scan of a build reads it. */
export function withoutMetadata(bytes: Buffer, path: string): Buffer {
  try {
    return stripped(bytes, extname(path).toLowerCase());
  } catch (reason) {
    // A file that is cut short names bytes that it does not have.
    if (reason instanceof RangeError) return bytes;
    throw reason;
  }
}

function stripped(bytes: Buffer, ending: string): Buffer {
  switch (ending) {
    case '.png':
      return png(bytes) ?? bytes;
    case '.jpg':
    case '.jpeg':
      return jpeg(bytes) ?? bytes;
    case '.webp':
      return webp(bytes) ?? bytes;
    case '.gif':
      return gif(bytes) ?? bytes;
    case '.avif':
      return avif(bytes) ?? bytes;
    case '.svg':
      return Buffer.from(svg(bytes.toString('utf8')));
    default:
      return bytes;
  }
}

// PNG (W3C, third edition): a signature, then chunks of length, type, data and checksum. These hold text or time.
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const telling = new Set(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME']);
// What an editor adds for itself has small letters first and second: not needed, and not registered.
const isPrivate = (type: string) => /^[a-z][a-z]/.test(type);

function png(bytes: Buffer): Buffer | undefined {
  if (!bytes.subarray(0, 8).equals(signature)) return undefined;
  const kept: Uint8Array[] = [signature];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    if (!telling.has(type) && !isPrivate(type)) kept.push(bytes.subarray(at, end));
    // What stands behind the end is no part of the picture.
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  return undefined;
}

// JPEG (ITU T.81): segments of a marker and a length. 0xE0 is JFIF, 0xE2 the colour profile, 0xEE Adobe's transform.
const keptSegments = new Set([0xe0, 0xe2, 0xee]);

function jpeg(bytes: Buffer): Buffer | undefined {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  for (let at = 2; at + 2 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number;
    const end = at + 4 <= bytes.length ? at + 2 + bytes.readUInt16BE(at + 2) : bytes.length;
    // The end of the picture: what stands behind it is no part of it.
    if (marker === 0xd9) return Buffer.concat([...kept, bytes.subarray(at, at + 2)]);
    if (end > bytes.length) return undefined;
    if (marker === 0xda) {
      const next = endOfScan(bytes, end);
      kept.push(bytes.subarray(at, next));
      at = next;
      continue;
    }
    const isApplication = marker >= 0xe0 && marker <= 0xef;
    if (marker === 0xe1) kept.push(...uprightness(bytes.subarray(at + 4, end)));
    else if (marker !== 0xfe && (!isApplication || keptSegments.has(marker))) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

/** Where the next marker stands. In a scan 0xFF is followed by zero, or by a number for starting again. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && (bytes[at + 1] === 0 || ((bytes[at + 1] as number) & 0xf8) === 0xd0))
    at = bytes.indexOf(0xff, at + 1);
  return at < 0 ? bytes.length : at;
}

/** An Exif segment that says which side is up, and nothing else; none where it is up already. */
function uprightness(exif: Buffer): Buffer[] {
  if (exif.toString('latin1', 0, 4) !== 'Exif' || exif.length < 14) return [];
  const tiff = exif.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (first + 2 > tiff.length) return [];
  for (let entry = 0; entry < short(first); entry += 1) {
    const at = first + 2 + entry * 12;
    if (at + 12 > tiff.length) return [];
    const way = short(at + 8);
    // Tag 0x0112 (Exif 2.32, Orientation); 1 is upright.
    if (short(at) !== 0x0112) continue;
    if (way < 2 || way > 8) return [];
    // Marker and length, Exif's name, the head of a TIFF, one entry of one number, and no further list.
    const head = 'ffe10022 457869660000 49492a0008000000 0100';
    const written = Buffer.from(`${head} 120103000100000000000000 00000000`.replaceAll(' ', ''), 'hex');
    written.writeUInt16LE(way, 28);
    return [written];
  }
  return [];
}

// WebP (RFC 9649): RIFF chunks of name, length and data, padded to two bytes.
function webp(bytes: Buffer): Buffer | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  const kept: Buffer[] = [];
  const whole = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  for (let at = 12; at + 8 <= whole; ) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    const chunk = Buffer.from(bytes.subarray(at, end));
    // The flags for Exif and XMP in the extended header.
    if (type === 'VP8X') chunk[8] = (chunk[8] as number) & ~0x0c;
    if (['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'].includes(type)) kept.push(chunk);
    at = end;
  }
  const body = Buffer.concat(kept);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

// GIF89a: blocks behind the header; 0x21 is an extension, 0xFE a comment, 0x01 text, 0xFF an application's.
function gif(bytes: Buffer): Buffer | undefined {
  if (!/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))) return undefined;
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + table(bytes[10] as number);
  const kept = [bytes.subarray(0, at)];
  const endOfBlocks = (from: number) => {
    let end = from;
    while (end < bytes.length && bytes[end] !== 0) end += (bytes[end] as number) + 1;
    return end + 1;
  };
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === 0x3b) return Buffer.concat([...kept, bytes.subarray(at, at + 1)]);
    if (kind !== 0x21 && kind !== 0x2c) return undefined;
    const label = bytes[at + 1];
    const end = kind === 0x2c ? endOfBlocks(at + 10 + table(bytes[at + 9] as number) + 1) : endOfBlocks(at + 2);
    // How often it repeats is said by an application's extension of this name.
    const repeats = bytes.toString('latin1', at + 3, at + 14) === 'NETSCAPE2.0';
    if (kind === 0x2c || label === 0xf9 || (label === 0xff && repeats)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

// AVIF (ISO/IEC 14496-12 and 23008-12): boxes of length and type. Exif and XMP are items whose bytes lie where `iloc`
// says. They are blanked there, so that no offset changes.
function avif(bytes: Buffer): Buffer | undefined {
  const boxes = boxesIn(bytes, 0, bytes.length);
  const meta = boxes?.find(({ type }) => type === 'meta');
  const inside = meta && boxesIn(bytes, meta.from + 4, meta.to);
  const box = (type: string) => inside?.find((each) => each.type === type);
  const [locations, infos, data] = [box('iloc'), box('iinf'), box('idat')];
  if (boxes?.[0]?.type !== 'ftyp' || !locations || !infos) return undefined;
  const blank = Buffer.from(bytes);
  // Boxes that hold nothing that is shown.
  for (const { type, from, to } of boxes) if (['free', 'skip', 'uuid'].includes(type)) blank.fill(0, from, to);
  const telling = tellingItems(bytes, infos);
  for (const { item, inData, from, length } of placesOfItems(bytes, locations)) {
    const start = from + (inData ? (data?.from ?? bytes.length) : 0);
    if (telling.has(item)) blank.fill(0, start, start + length);
  }
  return blank;
}

interface Box {
  type: string;
  /** Where what it holds begins and ends. */
  from: number;
  to: number;
}

function boxesIn(bytes: Buffer, from: number, to: number): Box[] | undefined {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const length = bytes.readUInt32BE(at);
    const isLong = length === 1;
    if (isLong && at + 16 > to) return undefined;
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : length === 0 ? to - at : length;
    if (size < 8 || at + size > to) return undefined;
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), from: at + (isLong ? 16 : 8), to: at + size });
    at += size;
  }
  return boxes;
}

/** The numbers of the items that hold Exif or a text such as XMP. */
function tellingItems(bytes: Buffer, { from, to }: Box): Set<number> {
  const entries = boxesIn(bytes, from + (bytes[from] === 0 ? 6 : 8), to) ?? [];
  return new Set(
    entries.flatMap(({ from: at }) => {
      const wide = bytes[at] === 3 ? 2 : 0;
      const type = bytes.toString('latin1', at + 8 + wide, at + 12 + wide);
      return type === 'Exif' || type === 'mime' ? [bytes.readUIntBE(at + 4, 2 + wide)] : [];
    }),
  );
}

/** Where the bytes of items lie: in the file, or in the box that holds data of items. */
function placesOfItems(bytes: Buffer, box: Box): { item: number; inData: boolean; from: number; length: number }[] {
  let at = box.from;
  const next = (length: number) => {
    at += length;
    // An offset of eight bytes fits a number as long as the file does.
    return length === 0
      ? 0
      : length === 8
        ? Number(bytes.readBigUInt64BE(at - 8))
        : bytes.readUIntBE(at - length, length);
  };
  const version = next(1);
  next(3);
  const sizes = next(2);
  const [offset, length, base, index] = [12, 8, 4, 0].map((shift) => (sizes >> shift) & 0xf) as [
    number,
    number,
    number,
    number,
  ];
  const wide = version === 2 ? 4 : 2;
  const places: ReturnType<typeof placesOfItems> = [];
  for (let items = next(wide); items > 0 && at < box.to; items -= 1) {
    const item = next(wide);
    const inData = version > 0 && (next(2) & 0xf) === 1;
    next(2);
    const start = next(base);
    for (let extents = next(2); extents > 0 && at < box.to; extents -= 1) {
      if (version > 0) next(index);
      const from = start + next(offset);
      places.push({ item, inData, from, length: next(length) });
    }
  }
  return places;
}

// What editors add has a name with a prefix of theirs: paths on somebody's disk, names of layers and files.
const editors = '(?!(?:svg|xlink|xml|xmlns):)[a-z][\\w.-]*:[\\w.-]+';

function svg(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\?(?!xml\s)[\s\S]*?\?>/g, '')
    .replace(/<metadata\b[\s\S]*?(?:<\/metadata>|\/>)/gi, '')
    .replace(/<(title|desc)\b[^>]*>[\s\S]*?<\/\1>/gi, '')
    .replace(new RegExp(`<(${editors})\\b[^>]*?(?:/>|>[\\s\\S]*?</\\1\\s*>)`, 'gi'), '')
    .replace(new RegExp(`\\s${editors}\\s*=\\s*(?:"[^"]*"|'[^']*')`, 'gi'), '');
}
