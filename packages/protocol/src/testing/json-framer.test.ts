import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { bytesOf, textOf } from '../bytes-of.test-kit.ts';
import { JsonStreamCodec } from '../codecs/json-stream-codec.ts';
import type { JsonObject } from '../codecs/json/json-value.ts';
import { stringifyJson } from '../codecs/json/stringify-json.ts';
import type { Frame } from './framer.ts';
import { JsonFramer } from './json-framer.ts';

function framesOf(chunks: readonly Uint8Array[], framer: JsonFramer = new JsonFramer()): Frame<JsonObject>[] {
  return [...chunks.flatMap((chunk) => [...framer.decode(chunk)]), ...framer.end()];
}

/** Messages as they are, and everything else as text. */
function shown(...texts: readonly string[]): unknown[] {
  return framesOf(texts.map(bytesOf)).map(({ bytes, message }) => message ?? textOf(bytes));
}

describe('JsonFramer', () => {
  it('finds objects behind each other, on several lines and in several chunks', () => {
    expect(shown('{"a":{"b":[1]}}{"c":"}"}\r\n', '{"d"', ':\n 1}\n')).toEqual([
      { a: { b: [1] } },
      { c: '}' },
      '\r\n',
      { d: 1 },
      '\n',
    ]);
  });

  it('keeps what is no object as it came, up to the end of each line', () => {
    expect(shown('QEMU monitor\r\n(qemu) {"a":1} and\n', 'more')).toEqual([
      'QEMU monitor\r\n',
      '(qemu) ',
      { a: 1 },
      ' and\n',
      'more',
    ]);
  });

  it('reads integers exactly', () => {
    expect(shown('{"size":18446744073709551615}')).toEqual([{ size: 18_446_744_073_709_551_615n }]);
  });

  it.each([
    ['an object that is no JSON', '{\'a\': 1}{"b":2}', ["{'a': 1}", { b: 2 }]],
    ['a line that was cut off inside of a string', '{"a":"x\n{"b":2}', ['{"a":"x\n', { b: 2 }]],
    ['an object that never ends', '{"a":[', ['{"a":[']],
    ['a backslash at the end of a chunk', '{"a":"\\', ['{"a":"\\']],
  ])('keeps %s as text', (_, stream, pieces) => {
    expect(shown(stream)).toEqual(pieces);
  });

  it('begins anew behind 0xFF, as QEMU does', () => {
    const frames = framesOf([Uint8Array.of(0x7b, 0x22, 0xff), bytesOf('{"a":1}')]);
    expect(frames).toEqual([
      { bytes: Uint8Array.of(0x7b, 0x22, 0xff), message: undefined },
      { bytes: bytesOf('{"a":1}'), message: { a: 1 } },
    ]);
  });

  it('takes no more than its limit for one object', () => {
    const frames = framesOf([bytesOf('{"a":"xx'), bytesOf('xxxx'), bytesOf('x"}{"b":1}')], new JsonFramer(10));
    expect(frames.map(({ bytes, message }) => message ?? textOf(bytes))).toEqual(['{"a":"xxxxxx', 'x"}', { b: 1 }]);
  });

  const chunkSizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

  test.prop([fc.uint8Array({ maxLength: 60 }), fc.array(fc.jsonValue(), { maxLength: 4 }), chunkSizes])(
    'loses no byte of anything, however it is cut, and finds the objects that JsonStreamCodec finds',
    (garbage, values, sizes) => {
      const objects = values.map((value) => ({ value: value as never }));
      const stream = bytesOf(objects.map((object) => `${stringifyJson(object)}\r\n`).join(''));
      const both = Uint8Array.from([...stream, ...garbage]);
      const frames = framesOf(cut(both, sizes));
      expect(frames.flatMap(({ bytes }) => [...bytes])).toEqual([...both]);
      const messages = frames.flatMap(({ message }) => (message === undefined ? [] : [message]));
      expect(messages.slice(0, objects.length)).toEqual([...new JsonStreamCodec().decode(stream)]);
    },
  );
});

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const size = sizes[chunks.length % sizes.length] ?? 1;
    chunks.push(bytes.subarray(start, start + size));
    start += size;
  }
  return chunks;
}
