/** Reads an archive that `pack/archive.ts` wrote. */
import { decompress } from 'fzstd';

export interface Archive {
  /** The bytes of a file; undefined where there is none. They are shared, and must not be changed. */
  bytes: (path: string) => Uint8Array<ArrayBuffer> | undefined;
  has: (path: string) => boolean;
}

/**
 * Opens an archive that was written as base64.
 *
 * @throws when it is not whole
 */
export function openArchive(base64: string): Archive {
  const whole = decompress(fromBase64(base64)) as Uint8Array<ArrayBuffer>;
  const begin = 4 + new DataView(whole.buffer, whole.byteOffset).getUint32(0, true);
  const table = JSON.parse(new TextDecoder().decode(whole.subarray(4, begin))) as [path: string, length: number][];
  const places = new Map<string, readonly [from: number, to: number]>();
  let at = begin;
  for (const [path, length] of table) {
    places.set(path, [at, at + length]);
    at += length;
  }
  if (at !== whole.length) throw new Error('The archive is not whole.');
  return {
    has: (path) => places.has(path),
    bytes: (path) => {
      const place = places.get(path);
      return place && whole.subarray(...place);
    },
  };
}

/** An archive whose first files are at hand; the others are opened once one of them is asked for. */
export function openedLater(first: Archive, open: () => Archive): Archive {
  let opened: Archive | undefined;
  const others = () => {
    opened ??= open();
    return opened;
  };
  return {
    has: (path) => first.has(path) || others().has(path),
    bytes: (path) => first.bytes(path) ?? others().bytes(path),
  };
}

function fromBase64(text: string): Uint8Array {
  const { fromBase64: native } = Uint8Array as { fromBase64?: (text: string) => Uint8Array };
  if (native) return native.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
