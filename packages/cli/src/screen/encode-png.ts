import { crc32, deflateSync } from 'node:zlib';

import type { Picture } from './picture.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const BITS_PER_CHANNEL = 8;
const TRUE_COLOUR = 2;

/** A picture as a PNG file (PNG specification, sections 5 and 11): true colour, no filter, as suits screens of text. */
export function encodePng(picture: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(picture.width, 0);
  header.writeUInt32BE(picture.height, 4);
  header.writeUInt8(BITS_PER_CHANNEL, 8);
  header.writeUInt8(TRUE_COLOUR, 9);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanlines(picture))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each row with its filter in front: 0, for none. */
function scanlines({ width, height, pixels }: Picture): Buffer {
  const rowBytes = width * 3;
  const lines = Buffer.alloc((rowBytes + 1) * height);
  for (let row = 0; row < height; row += 1) {
    lines.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return lines;
}

/** Length, type, data, and a checksum of the latter two. */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
