import { describe, expect, it } from 'vitest';
import { bytes, decodeAll, inChunks } from './decoding.test-kit.ts';
import { JsonStreamCodec } from './json-stream-codec.ts';

// Each of these takes well below a second; a codec that reads anything again on each chunk needs minutes.
const MEGABYTE = 1_000_000;

function countOf(all: Uint8Array, chunkSize: number): number {
  const { messages, fault } = decodeAll(new JsonStreamCodec(), inChunks(all, chunkSize));
  expect(fault).toBeUndefined();
  return messages.length;
}

describe('the time that JsonStreamCodec takes grows with the bytes', () => {
  it('for one long message in chunks of one byte', () => {
    expect(countOf(bytes(JSON.stringify({ a: Array.from({ length: MEGABYTE / 8 }, () => ({ b: 1 })) })), 1)).toBe(1);
  });

  it('for one long message of which each chunk ends with a brace', () => {
    const item = `{"name":"${'x'.repeat(50)}"}`;
    const message = bytes(`[${item},`, `${item},`.repeat(4 * 20_000), `${item}]`);

    expect(countOf(bytes('{"a":', message, '}\n'), item.length + 1)).toBe(1);
  });

  it('for one long string of braces', () => {
    expect(countOf(bytes(`{"a":"${'}'.repeat(2 * MEGABYTE)}"}`), 1100)).toBe(1);
  });

  it('for one long string of escaped quotes and braces', () => {
    expect(countOf(bytes(`{"a":"${'\\"}'.repeat(MEGABYTE)}"}`), 1100)).toBe(1);
  });

  it('for one long string of backslashes and braces', () => {
    expect(countOf(bytes(`{"a":"${`${'\\\\'.repeat(600)}}`.repeat(2000)}"}`), 1201)).toBe(1);
  });

  it('for a message that is spread over many lines', () => {
    expect(countOf(bytes(`{"a":[${'{}\n,'.repeat(MEGABYTE / 2)}{}]}\n`), 1100)).toBe(1);
  });

  it('for many messages in one line, in one chunk and in many', () => {
    const all = bytes('{"a":{}}'.repeat(MEGABYTE / 4));

    expect(countOf(all, all.length)).toBe(MEGABYTE / 4);
    expect(countOf(all, 1100)).toBe(MEGABYTE / 4);
  });

  it('for many lines that hold more than one message each', () => {
    expect(countOf(bytes('{}{}\n'.repeat(MEGABYTE / 10)), 65_536)).toBe(MEGABYTE / 5);
  });

  it('for blanks before, inside and behind a message', () => {
    const blanks = ' '.repeat(MEGABYTE);

    expect(countOf(bytes(blanks, '{}', blanks, '{', blanks, '"a":{}', blanks, '}', blanks, '\n', blanks), 10)).toBe(2);
    expect(countOf(bytes(`{}${blanks}`.repeat(3)), 4 * MEGABYTE)).toBe(3);
  });

  it('for many messages with a mark before each', () => {
    const marked = bytes(0xff, '{}', 0xff, '{"a":1}\n');
    const all = new Uint8Array(marked.length * 20_000);
    for (let start = 0; start < all.length; start += marked.length) all.set(marked, start);

    expect(countOf(all, all.length)).toBe(40_000);
    expect(countOf(all, 1100)).toBe(40_000);
    expect(countOf(new Uint8Array(MEGABYTE / 2).fill(0xff), MEGABYTE)).toBe(0);
  });
});
