/** Small pictures of every kind, half red and half blue, that say in their metadata what nobody sees. */
import { crc32 } from 'node:zlib';

export const pictureKinds = ['png', 'jpg', 'webp', 'gif', 'avif', 'svg'] as const;

/** @param secret at most twelve letters */
export function pictures(secret: string): Record<(typeof pictureKinds)[number], Buffer> {
  return {
    png: png(secret),
    jpg: jpg(secret),
    webp: webp(secret),
    gif: gif(secret),
    avif: avif(secret),
    svg: svg(secret),
  };
}

const latin = (text: string) => Buffer.from(text, 'latin1');
const base64 = (text: string) => Buffer.from(text, 'base64');
const xmp = (secret: string) => `<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>${secret}</dc:creator></x:xmpmeta>`;

/** Exif that says which side is up, and a copyright: two entries of a list, and the text behind it. */
function exif(secret: string, orientation = 1): Buffer {
  const text = latin(`${secret}\0`);
  const list = Buffer.from(
    '4d4d002a00000008 0002 0112000300000001 00000000 8298000200000000 00000026 00000000'.replaceAll(' ', ''),
    'hex',
  );
  list.writeUInt16BE(orientation, 18);
  list.writeUInt32BE(text.length, 26);
  return Buffer.concat([list, text]);
}

function png(secret: string): Buffer {
  const plain = base64(
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAIAAAB/FOjAAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAFklEQVQY02P4z8CAFeEQ/s8wqoEWGgClN3+BaWIOuQAAAABJRU5ErkJggg==',
  );
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([latin(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const text = (type: string) => chunk(type, latin(`Comment\0${secret} ${type}`));
  const end = plain.length - 12;
  return Buffer.concat([
    plain.subarray(0, 33),
    text('tEXt'),
    chunk('eXIf', exif(secret)),
    plain.subarray(33, end),
    text('iTXt'),
    plain.subarray(end),
    latin(`behind the end: ${secret}`),
  ]);
}

function jpg(secret: string): Buffer {
  const plain = base64(
    '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABf/EABkRAAIDAQAAAAAAAAAAAAAAAABDBYHBBv/aAAwDAQACEQMRAD8Aio4FOdbWjM8u8P/Z',
  );
  const segment = (marker: number, data: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  };
  const comment = segment(0xfe, latin(secret));
  const scan = plain.indexOf(Buffer.from([0xff, 0xda]));
  return Buffer.concat([
    plain.subarray(0, 2),
    // 3: the other way up.
    segment(0xe1, Buffer.concat([latin('Exif\0\0'), exif(secret, 3)])),
    segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${xmp(secret)}`)),
    segment(0xed, latin(`Photoshop 3.0\x008BIM${secret}`)),
    plain.subarray(2, scan),
    comment,
    plain.subarray(scan, plain.length - 2),
    // Where a picture of several scans may have one.
    comment,
    plain.subarray(plain.length - 2),
    latin(`behind the end: ${secret}`),
  ]);
}

function webp(secret: string): Buffer {
  const plain = base64('UklGRiYAAABXRUJQVlA4TBkAAAAvD8ABAA8Q87//8x8OxILJ/KU7U4jof+QAAA==');
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(data.length);
    return Buffer.concat([latin(type), length, data, Buffer.alloc(data.length % 2)]);
  };
  // Flags for Exif and XMP; then width and height, less one each.
  const extended = chunk('VP8X', Buffer.from('0c000000 0f0000 070000'.replaceAll(' ', ''), 'hex'));
  const body = Buffer.concat([
    extended,
    plain.subarray(12),
    chunk('EXIF', exif(secret)),
    chunk('XMP ', latin(xmp(secret))),
  ]);
  const head = latin('RIFF\0\0\0\0WEBP');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body, latin(`behind the end: ${secret}`)]);
}

function gif(secret: string): Buffer {
  const plain = base64('R0lGODlhEAAIAIEAAExpcf8AAAAA/wAAACH5BAUAAAAALAAAAAAQAAgAAAITjG+iq4jM3IFLJipswNly/XlYAQA7');
  const block = (text: string) => Buffer.concat([Buffer.from([text.length]), latin(text)]);
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe]), block(secret), Buffer.alloc(1)]);
  const application = Buffer.concat([
    Buffer.from([0x21, 0xff]),
    block('XMP DataXMP'),
    block(xmp(secret)),
    Buffer.alloc(1),
  ]);
  const end = plain.length - 1;
  // Behind the header and its four colours.
  return Buffer.concat([
    plain.subarray(0, 25),
    comment,
    plain.subarray(25, end),
    application,
    plain.subarray(end),
    latin(`behind the end: ${secret}`),
  ]);
}

/** Made with Exif and XMP by an encoder; the words in them are as long as those that take their place. */
function avif(secret: string): Buffer {
  const made = base64(
    'AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAAWFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAEZpbG9jAAAAAERAAAMAAQAAAAABhQABAAAAAAAAAC8AAgAAAAABtAABAAAAAAAAANgAAwAAAAACjAABAAAAAAAAACMAAABiaWluZgAAAAAAAwAAABVpbmZlAgAAAAABAABhdjAxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAACppbmZlAgAAAQADAABtaW1lAGFwcGxpY2F0aW9uL3JkZit4bWwAAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAABAAAAAIAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAoaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAA5jZHNjAAMAAQABAAABMm1kYXQSAAoIOAy/toCGg0gyIRrCYuTgABQAABDgICcnBTQWw5Xl4zBRoU5dKv4kj2wVzAAAAAZFeGlmAABJSSoACAAAAAcAEgEDAAEAAAABAAAAGgEFAAEAAABiAAAAGwEFAAEAAABqAAAAKAEDAAEAAAACAAAAEwIDAAEAAAABAAAAmIICAA0AAAByAAAAaYcEAAEAAACAAAAAAAAAADhjAADoAwAAOGMAAOgDAABDQU5BUllDQU5BUlkAAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAAAQAAAAA6AEAAEAAAAIAAAAAAAAADx4OnhtcG1ldGE+Q0FOQVJZQ0FOQVJZPC94OnhtcG1ldGE+',
  ).toString('latin1');
  return latin(made.replaceAll('CANARYCANARY', secret.padEnd(12)));
}

function svg(secret: string): Buffer {
  return Buffer.from(`<?xml version="1.0"?>
<?xpacket begin="" id="${secret}"?>
<!-- ${secret} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:xlink="http://www.w3.org/1999/xlink" width="16" height="8" sodipodi:docname="${secret}.svg" inkscape:export-filename='/home/${secret}/a.png'>
<title>${secret}</title>
<desc>${secret}</desc>
<metadata><rdf>${secret}</rdf></metadata>
<sodipodi:namedview id="view"><inkscape:page label="${secret}"/></sodipodi:namedview>
<defs><rect id="half" width="8" height="8"/></defs>
<use xlink:href="#half" fill="#f00" inkscape:label="${secret}"/>
<use xlink:href="#half" x="8" fill="#00f"/>
</svg>
`);
}
