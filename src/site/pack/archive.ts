/** Puts many files into one compressed run of bytes. `client/pack/archive.ts` reads it. */
import { constants, gunzipSync, zstdCompressSync } from 'node:zlib';

/**
 * Packs files in the order given: the length of a table (four bytes, little-endian), the table as JSON
 * (`[[path, bytes], …]`), and the files one after the other, all of it as one Zstandard frame.
 *
 * The window is as large as the whole, so that what many pages share (header, navigation, actions) is stored once. Deflate, which
 * browsers could expand themselves, sees 32 kB back: it takes twice the room.
 */
export function archiveOf(files: readonly (readonly [path: string, bytes: Uint8Array])[]): Buffer {
  const table = Buffer.from(JSON.stringify(files.map(([path, bytes]) => [path, bytes.length])));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(table.length);
  const whole = Buffer.concat([length, table, ...files.map(([, bytes]) => bytes)]);
  return zstdCompressSync(whole, {
    params: {
      [constants.ZSTD_c_compressionLevel]: compressionLevel,
      [constants.ZSTD_c_windowLog]: Math.min(largestWindow, Math.max(10, Math.ceil(Math.log2(whole.length + 1)))),
      [constants.ZSTD_c_contentSizeFlag]: 1,
    },
    pledgedSrcSize: whole.length,
  });
}

const compressionLevel = 22;
/** Log2 of 128 MB, the largest window that the compressor takes without being told to. */
const largestWindow = 27;

/** The bytes that a file of the search index stands for: compressed together, they take less than each by itself. */
export function expanded(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
