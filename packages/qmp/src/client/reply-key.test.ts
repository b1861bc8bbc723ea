import { isDeepStrictEqual } from 'node:util';
import { fc, test } from '@fast-check/vitest';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';
import { NO_ID, replyKey } from './reply-key.ts';

const keyOf = (id: JsonValue): number | string => replyKey({ id });

describe('replyKey', () => {
  it('tells a missing id from one that is null or empty', () => {
    expect(replyKey({})).toBe(NO_ID);
    expect(replyKey({ id: undefined })).toBe(NO_ID);
    expect(keyOf(null)).not.toBe(NO_ID);
    expect(keyOf('')).not.toBe(NO_ID);
    expect(keyOf('')).not.toBe(keyOf(null));
  });

  it('tells a number from the string of its digits', () => {
    expect(keyOf('5')).not.toBe(keyOf(5));
  });

  it('tells true from "true", [] from {} and [1] from 1', () => {
    const keys = [true, 'true', [], {}, [1], 1, ['1'], { a: 1 }, [['a', 1]]].map((id) => keyOf(id));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('sees one id in a bigint and the number that comes back for it', () => {
    expect(keyOf(5n)).toBe(keyOf(5));
    expect(keyOf({ deep: [5n] })).toBe(keyOf({ deep: [5] }));
  });

  it('sees one id in an unsafe number and the bigint that comes back for it', () => {
    const written = 1_152_921_504_606_847_000n; // as JSON.stringify writes 2 ** 60
    expect(keyOf(2 ** 60)).toBe(keyOf(written));
  });

  it('tells neighbours apart as far as 64 bits go', () => {
    expect(keyOf(2n ** 64n - 1n)).not.toBe(keyOf(2n ** 64n - 2n));
    expect(keyOf(-(2n ** 63n))).not.toBe(keyOf(-(2n ** 63n) + 1n));
  });

  it('sees one id in an integer beyond 64 bits and the double that comes back for it', () => {
    expect(keyOf(2n ** 70n)).toBe(keyOf(2 ** 70));
  });

  it('does not care for the order of members, nor for members that are not sent', () => {
    const sent: JsonObject = { a: 1, b: { c: 2, d: undefined } };
    expect(keyOf(sent)).toBe(keyOf({ b: { c: 2 }, a: 1 }));
  });

  test.prop([fc.jsonValue()])('is the same for an id and its copy that came over the wire', (id) => {
    const copy = JSON.parse(JSON.stringify(id), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as JsonValue;
    expect(new Set([keyOf(copy), keyOf(id as JsonValue)]).size).toBe(1); // 0 and -0 are one key
  });

  test.prop([fc.jsonValue(), fc.jsonValue()])('differs for ids that differ', (one, other) => {
    fc.pre(!isDeepStrictEqual(one, other));
    expect(keyOf(one as JsonValue)).not.toBe(keyOf(other as JsonValue));
  });
});
