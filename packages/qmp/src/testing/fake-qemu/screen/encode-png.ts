import type { Picture } from './picture.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Of a colour, and what a colour is made of: red, green and blue. */
const BITS = 8;
const TRUE_COLOUR = 2;
/** The most that a block of data that is not compressed can hold. */
const LARGEST_BLOCK = 65_535;
const ADLER_MODULUS = 65_521;

/** A picture as a PNG file (PNG specification, sections 5 and 11), as simple as one can be: nothing is compressed. */
export function encodePng(picture: Picture): Uint8Array {
  const { width, height } = picture;
  const header = [...bigEndian(width), ...bigEndian(height), BITS, TRUE_COLOUR, 0, 0, 0];
  return concat([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', Uint8Array.from(header)),
    chunk('IDAT', store(scanlines(picture))),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Each row with its filter in front: 0, for none. */
function scanlines({ width, height, pixels }: Picture): Uint8Array {
  const rowBytes = width * 3;
  const lines = new Uint8Array((rowBytes + 1) * height);
  for (let row = 0; row < height; row += 1) {
    lines.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return lines;
}

/** The zlib format (RFC 1950) around stored blocks (RFC 1951, section 3.2.4). */
function store(data: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let start = 0; start < data.length; start += LARGEST_BLOCK) {
    const block = data.subarray(start, start + LARGEST_BLOCK);
    const isLast = start + LARGEST_BLOCK >= data.length;
    const { length } = block;
    pieces.push(Uint8Array.of(isLast ? 1 : 0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255), block);
  }
  return concat([...pieces, bigEndian(adler32(data))]);
}

/** Length, type, data, and a checksum of the latter two. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concat([new TextEncoder().encode(type), data]);
  return concat([bigEndian(data.length), body, bigEndian(crc32(body))]);
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % ADLER_MODULUS;
    b = (b + a) % ADLER_MODULUS;
  }
  return b * 65_536 + a;
}

function crc32(data: Uint8Array): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xed_b8_83_20 : 0);
  }
  return ~crc >>> 0;
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
