import { describe, expect, it } from 'vitest';
import { bytes, decodeAll, inChunks } from './decoding.test-kit.ts';
import { JsonStreamCodec } from './json-stream-codec.ts';

// Each of these takes a fraction of a second; a codec that reads anything again on each chunk needs minutes.
const MANY = 300_000;

function countOf(all: Uint8Array, chunkSize: number): number {
  const { messages, fault } = decodeAll(new JsonStreamCodec(), inChunks(all, chunkSize));
  expect(fault).toBeUndefined();
  return messages.length;
}

describe('the time that JsonStreamCodec takes grows with the bytes', () => {
  it('for one long message in chunks of one byte', () => {
    expect(countOf(bytes(JSON.stringify({ a: Array.from({ length: MANY / 8 }, () => ({ b: 1 })) })), 1)).toBe(1);
  });

  it('for one long message of which each chunk ends with a brace', () => {
    const item = `{"name":"${'x'.repeat(50)}"}`;
    const message = bytes(`[${item},`, `${item},`.repeat(MANY / 10), `${item}]`);

    expect(countOf(bytes('{"a":', message, '}\n'), item.length + 1)).toBe(1);
  });

  it('for one long string of braces', () => {
    expect(countOf(bytes(`{"a":"${'}'.repeat(2 * MANY)}"}`), 1100)).toBe(1);
  });

  it('for one long string of escaped quotes and braces', () => {
    expect(countOf(bytes(`{"a":"${'\\"}'.repeat(MANY)}"}`), 1100)).toBe(1);
  });

  it('for one long string of backslashes and braces', () => {
    expect(countOf(bytes(`{"a":"${`${'\\\\'.repeat(600)}}`.repeat(500)}"}`), 1201)).toBe(1);
  });

  it('for a message that is spread over many lines', () => {
    expect(countOf(bytes(`{"a":[${'{}\n,'.repeat(MANY / 2)}{}]}\n`), 1100)).toBe(1);
  });

  it('for many messages in one line, in one chunk and in many', () => {
    const all = bytes('{"a":{}}'.repeat(MANY / 4));

    expect(countOf(all, all.length)).toBe(MANY / 4);
    expect(countOf(all, 1100)).toBe(MANY / 4);
  });

  it('for many lines that hold more than one message each', () => {
    expect(countOf(bytes('{}{}\n'.repeat(MANY / 10)), 65_536)).toBe(MANY / 5);
  });

  it('for blanks before, inside and behind a message', () => {
    const blanks = ' '.repeat(MANY);

    expect(countOf(bytes(blanks, '{}', blanks, '{', blanks, '"a":{}', blanks, '}', blanks, '\n', blanks), 10)).toBe(2);
    expect(countOf(bytes(`{}${blanks}`.repeat(3)), 4 * MANY)).toBe(3);
  });

  it('for many messages with a mark before each', () => {
    const marked = bytes(0xff, '{}', 0xff, '{"a":1}\n');
    const all = new Uint8Array(marked.length * 5000);
    for (let start = 0; start < all.length; start += marked.length) all.set(marked, start);

    expect(countOf(all, all.length)).toBe(10_000);
    expect(countOf(all, 1100)).toBe(10_000);
    expect(countOf(new Uint8Array(MANY / 2).fill(0xff), MANY)).toBe(0);
  });
});
