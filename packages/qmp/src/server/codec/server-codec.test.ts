import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import type { Inbound } from './inbound.ts';
import { MessageWriter } from './message-writer.ts';
import { WrittenMessage } from './outbound.ts';
import { ServerCodec } from './server-codec.ts';
import { WireDouble } from './wire-value.ts';

const writer = new MessageWriter(false);

function newCodec(): ServerCodec {
  return new ServerCodec({ writer, tellsPositions: true });
}

/** One character a byte. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** What chunks turn out to be: values, and texts for what is none. */
function decoded(...chunks: readonly Uint8Array[]): unknown[] {
  const codec = newCodec();
  return chunks.flatMap((chunk) => [...codec.decode(chunk)]).map(contentOf);
}

function contentOf(inbound: Inbound): unknown {
  if (inbound.kind === 'end') throw new Error('There is no end yet');
  return inbound.kind === 'fault' ? inbound.description : inbound.value;
}

function inSingleBytes(bytes: Uint8Array): Uint8Array[] {
  return [...bytes].map((byte) => Uint8Array.of(byte));
}

describe('reading', () => {
  it.each<[string, unknown[]]>([
    ['{"a":1}', [{ a: 1 }]],
    ['{"a":1}{"b":[true,false,null,"x",-5,{}]}\n', [{ a: 1 }, { b: [true, false, null, 'x', -5, {}] }]],
    ["{'it\\'s':'\"'}", [{ "it's": '"' }]],
    ['{"a":', []],
    ['{"a":1.5,"b":1.0,"c":1e2}', [{ a: 1.5, b: new WireDouble(1), c: new WireDouble(100) }]],
    ['[9007199254740992]', [[9007199254740992n]]],
    ['[18446744073709551615,18446744073709551616]', [[18446744073709551615n, new WireDouble(2 ** 64)]]],
    ['[-9223372036854775808,-9223372036854775809]', [[-(2n ** 63n), new WireDouble(-(2 ** 63))]]],
    ['[-0,0,1e400]', [[0, 0, new WireDouble(Infinity)]]],
    ['{"__proto__":{"x":1},"constructor":2}', [JSON.parse('{"__proto__":{"x":1},"constructor":2}')]],
    ['{"toString":1,"toString":2}', ['1:26: JSON parse error, duplicate key']],
    ['{"a":1,"a":2}', ['1:12: JSON parse error, duplicate key']],
    ['"\xc3\xa9\xc0\x80"', ['é\0']],
    ['{"a":foo}{"b":1}', ["1:6: JSON parse error, invalid keyword 'foo'", { b: 1 }]],
    ['\n\n  }', ['3:3: JSON parse error, expecting value']],
    ['{"a":1}\n{"b":2}\n [}', [{ a: 1 }, { b: 2 }, '3:3: JSON parse error, expecting value']],
    ['\xff{"a":1}', ["1:1: JSON parse error, stray '\ufffd'", { a: 1 }]],
  ])('%j', (text, expected) => {
    expect(decoded(bytesOf(text))).toEqual(expected);
    expect(decoded(...inSingleBytes(bytesOf(text)))).toEqual(expected);
  });

  it('knows 1,024 levels, and passes over what is deeper in one go', () => {
    const nested = (levels: number): Uint8Array => bytesOf(`${'['.repeat(levels)}${']'.repeat(levels)}{}`);
    expect(decoded(nested(1_024))).toHaveLength(2);
    expect(decoded(nested(1_025))).toEqual(['JSON nesting depth limit exceeded', {}]);
  });

  it('knows 2 Mi tokens', () => {
    const items = (count: number): Uint8Array => bytesOf(`[${'1,'.repeat(count - 1)}1]{}`);
    expect(decoded(items(2 ** 20 - 1))).toHaveLength(2);
    expect(decoded(items(2 ** 20))).toEqual(['JSON token count limit exceeded', {}]);
  });

  it('knows 64 MiB, and goes on after more', () => {
    const mebibyte = bytesOf('x'.repeat(2 ** 20));
    const most = Array.from({ length: 64 }, () => mebibyte);
    expect(decoded(bytesOf('["'), ...most, bytesOf('x'), bytesOf('"\n{"a":1}'))).toEqual([
      'JSON token size limit exceeded',
      { a: 1 },
    ]);
  });

  it('gives nothing of what is not complete at the end', () => {
    const codec = newCodec();
    expect([...codec.decode(bytesOf('{"a":1'))]).toEqual([]);
    expect([...codec.end()]).toEqual([{ kind: 'end' }]);
  });

  it('takes time in proportion to the bytes, however they are cut', () => {
    const timeOf = (count: number): number => {
      const codec = newCodec();
      const start = performance.now();
      for (const _ of codec.decode(bytesOf('["'))) continue;
      const piece = bytesOf('x'.repeat(16));
      for (let index = 0; index < count; index++) for (const _ of codec.decode(piece)) continue;
      expect([...codec.decode(bytesOf('"]'))]).toHaveLength(1);
      return performance.now() - start;
    };
    // The best of several: what else the machine does only makes them longer.
    const bestOf = (count: number): number => Math.min(...Array.from({ length: 4 }, () => timeOf(count)));
    expect(bestOf(160_000)).toBeLessThan(40 * Math.max(bestOf(20_000), 1));
  });
});

const piece = fc.oneof(
  fc.constantFrom('{', '}', '[', ']', ':', ',', '"', "'", '\\', ' ', '\n', '\t', '\r', '\xff', '\xfe', '\0', '\x01'),
  fc.constantFrom('"a"', '"b":', '1', '-', '0', '01', '1.5', '1e5', '.', 'e', '+', 'true', 'false', 'null', 'foo', 'N'),
  fc.constantFrom('\\u00e9', '\\ud83d\\ude00', '\\ud800', '\\x', '\xc3\xa9', '\xc0\x80', '\xed\xa0\x80', '\xf0\x9f'),
  fc.constantFrom('{"execute":"query-name"}', '{"a":[1,{"b":null}]}', '["x",18446744073709551616]'),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('whatever a client sends', () => {
  test.prop([text], { numRuns: 2_000 })('is read the same in single bytes as in one piece', (input) => {
    const bytes = bytesOf(input);
    expect(decoded(...inSingleBytes(bytes))).toEqual(decoded(bytes));
  });

  test.prop([text, fc.nat(60)], { numRuns: 2_000 })('is read the same in two pieces', (input, cut) => {
    const bytes = bytesOf(input);
    expect(decoded(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(decoded(bytes));
  });

  test.prop([fc.uint8Array({ maxLength: 64 })], { numRuns: 2_000 })(
    'gives no more messages than it has bytes',
    (bytes) => {
      expect(decoded(bytes).length).toBeLessThanOrEqual(bytes.byteLength);
    },
  );

  test.prop([text], { numRuns: 1_000 })('a message behind 0xFF is read', (input) => {
    expect(decoded(bytesOf(`${input}\xff{"a":1}`)).at(-1)).toEqual({ a: 1 });
  });

  test.prop([fc.json({ maxDepth: 5 })], { numRuns: 1_000 })('is what it is, if it is JSON', (json) => {
    const [value] = decoded(new TextEncoder().encode(`{"value":${json}}`)) as [{ value: unknown }];
    const isEscaped = /[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/.test(JSON.stringify(JSON.parse(json)));
    if (isEscaped || /\\u(d[89a-f]|ff?f[ef])/i.test(json)) return;
    expect(plain(value.value)).toEqual(JSON.parse(json));
  });
});

/** Without what tells doubles from integers. */
function plain(value: unknown): unknown {
  if (value instanceof WireDouble) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

describe('writing', () => {
  it.each<[object, string]>([
    [{ return: {}, id: 1 }, '{"return": {}, "id": 1}'],
    [{ a: undefined, b: [1, 'x', null, true] }, '{"b": [1, "x", null, true]}'],
    [
      { a: 2n ** 64n - 1n, b: 1e21, c: 0.1, d: -0.5 },
      '{"a": 18446744073709551615, "b": 1000000000000000000000, "c": 0.10000000000000001, "d": -0.5}',
    ],
    [{ a: new WireDouble(1), b: new WireDouble(-0), c: new WireDouble(Infinity) }, '{"a": 1, "b": -0, "c": inf}'],
    [
      { 'é"': '\u007f\u0000/\\\n\ud83d\ude00\ud83d\ufffe' },
      '{"\\u00E9\\"": "\\u007F\\u0000/\\\\\\n\\uD83D\\uDE00\\uFFFD\\uFFFD"}',
    ],
  ])('%#', (message, expected) => {
    expect(newCodec().encode(message as never)).toBe(`${expected}\r\n`);
  });

  it('takes what was written before as it is', () => {
    const message = new WrittenMessage({ event: 'STOP' }, new MessageWriter(true));
    expect(newCodec().encode(message)).toBe('{\r\n    "event": "STOP"\r\n}\r\n');
  });

  test.prop([fc.dictionary(fc.string(), fc.jsonValue())])('can be read back, and is ASCII', (message) => {
    const line = writer.write(message);
    expect(line).toMatch(/^[ -~]*\r\n$/);
    const wellFormed = JSON.stringify(message).replace(/\\ud[89a-f]../g, '\ufffd');
    expect(JSON.stringify(JSON.parse(line))).toEqual(JSON.stringify(JSON.parse(wellFormed)));
  });
});
