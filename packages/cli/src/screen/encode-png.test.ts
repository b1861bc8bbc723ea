import { crc32, inflateSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { encodePng } from './encode-png.ts';

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  readonly isIntact: boolean;
}

function* chunksOf(file: Buffer): Iterable<Chunk> {
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    yield {
      type: body.toString('latin1', 0, 4),
      data: body.subarray(4),
      isIntact: crc32(body) === file.readUInt32BE(at + 8 + length),
    };
    at += length + 12;
  }
}

describe('encodePng', () => {
  const pixels = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3);
  const file = encodePng({ width: 2, height: 2, pixels });
  const chunks = [...chunksOf(file)];

  it('begins like a PNG file, and holds intact chunks in order', () => {
    expect(file.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001A\n');
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
    expect(chunks.every(({ isIntact }) => isIntact)).toBe(true);
  });

  it('tells size and colour type', () => {
    expect([...(chunks[0]?.data ?? [])]).toEqual([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  });

  it('holds each row of pixels behind a filter byte', () => {
    const rows = inflateSync(chunks[1]?.data ?? Buffer.alloc(0));
    expect([...rows]).toEqual([0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 1, 2, 3]);
  });
});
