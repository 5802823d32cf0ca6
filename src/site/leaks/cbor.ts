/**
 * The texts in CBOR (RFC 8949), which is what Pagefind's index is written in. Only its texts are of interest: a reader
 * of all of it would have to know what Pagefind means by it.
 */
export function textsInCbor(bytes: Uint8Array): string[] {
  const begins = Buffer.from(bytes.buffer, bytes.byteOffset, 12).toString('latin1') === 'pagefind_dcd' ? 12 : 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: string[] = [];
  let at = begins;
  while (at < bytes.length) {
    const first = view.getUint8(at);
    const [major, info] = [first >> 5, first & 0x1f];
    at += 1;
    let length = info;
    if (info >= 24 && info <= 27) {
      const size = 1 << (info - 24);
      if (at + size > bytes.length) break;
      length =
        size === 1
          ? view.getUint8(at)
          : size === 2
            ? view.getUint16(at)
            : size === 4
              ? view.getUint32(at)
              : Number(view.getBigUint64(at));
      at += size;
    }
    // Bytes and texts are followed by themselves; lists and maps by their entries, which are read in turn.
    if ((major === 2 || major === 3) && info !== 31) {
      if (major === 3)
        texts.push(
          Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(length, bytes.length - at)).toString('utf8'),
        );
      at += length;
    }
  }
  return texts;
}
