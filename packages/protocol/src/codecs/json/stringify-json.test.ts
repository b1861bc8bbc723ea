import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json-value.ts';
import { parseJson } from './parse-json.ts';
import { stringifyJson } from './stringify-json.ts';

/** For values that the type refuses. */
const stringify = (value: unknown): string => stringifyJson(value as JsonValue);

function childOf(prototype: object | null): object {
  return Object.create(prototype) as object;
}

/** `JSON.stringify` would write null for what is not there. */
const holey: unknown[] = ['first'];
holey[2] = 'third';

describe('stringifyJson', () => {
  it.each<[text: string, value: JsonValue]>([
    ['null', null],
    ['true', true],
    ['false', false],
    ['0', 0],
    ['0', -0],
    ['1e-7', 1e-7],
    ['-1.5', -1.5],
    ['9007199254740992', 2 ** 53],
    ['1000000000000000000000', 1e21],
    ['-10000000000000000000000', -1e22],
    ['18446744073709551615', 18_446_744_073_709_551_615n],
    ['-1180591620717411303424', -(2n ** 70n)],
    ['""', ''],
    ['"é€\u{1f600}\u007f\u2028/"', 'é€\u{1f600}\u007f\u2028/'],
    ['"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f"', '"\\\b\f\n\r\t\u0000\u001f'],
    ['"\\\\ud800"', '\\ud800'],
    ['[]', []],
    ['{}', {}],
    ['[1,[2],{}]', [1, [2], {}]],
    ['{"a":{"b":[1,"x"]},"":null,"\\"":1}', { a: { b: [1, 'x'] }, '': null, '"': 1 }],
    ['{"b":1}', { a: undefined, b: 1, c: undefined }],
    ['{}', { a: undefined }],
    ['{"__proto__":1}', parseJson('{"__proto__":1}')],
  ])('writes %s', (text, value) => {
    expect(stringifyJson(value)).toBe(text);
  });

  it('writes the largest double as digits', () => {
    expect(stringifyJson(Number.MAX_VALUE)).toMatch(/^17976931348623157\d{292}$/);
  });

  it('writes objects without a prototype and those of another realm', () => {
    expect(stringify(Object.assign(childOf(null), { a: 1 }))).toBe('{"a":1}');
    expect(stringify(Object.assign(childOf(childOf(null)), { a: 1 }))).toBe('{"a":1}');
  });

  it('leaves out members that are inherited or named by a symbol', () => {
    const inheriting = childOf(Object.assign(childOf(null), { inherited: 1 }));

    expect(stringify(Object.assign(inheriting, { own: 2, [Symbol('s')]: 3 }))).toBe('{"own":2}');
  });

  it.each<[message: string, value: unknown]>([
    ['arguments.speed: NaN is not a JSON number', { arguments: { speed: Number.NaN } }],
    ['a[1]: Infinity is not a JSON number', { a: [0, Number.POSITIVE_INFINITY] }],
    ['-Infinity is not a JSON number', Number.NEGATIVE_INFINITY],
    ['arguments.list[2]: undefined is not a JSON value', { arguments: { list: [1, 2, undefined] } }],
    ['list[0]: undefined is not a JSON value', { list: Array.from({ length: 1 }).concat([1]) }],
    ['[1]: undefined is not a JSON value', Object.assign([1, 2, 3], { 1: undefined })],
    ['list[1]: undefined is not a JSON value', { list: holey }],
    ['undefined is not a JSON value', undefined],
    ['a.toJSON: a function is not a JSON value', { a: { toJSON: () => 1 } }],
    ['a: a function is not a JSON value', { a: () => 1 }],
    ['[0]: a symbol is not a JSON value', [Symbol('s')]],
    ['["node-name"]: the string is not well-formed Unicode', { 'node-name': 'a\ud800' }],
    ['a["b\\udc00"]: the string is not well-formed Unicode', { a: { 'b\udc00': 1 } }],
    ['the string is not well-formed Unicode', '\udc00\ud800'],
    ['a: Date is not a JSON value; expected a plain object', { a: new Date(0) }],
    ['a: Map is not a JSON value; expected a plain object', { a: new Map() }],
    ['a[0]: Uint8Array is not a JSON value; expected a plain object', { a: [new Uint8Array(1)] }],
    ['a: Object is not a JSON value; expected a plain object', { a: childOf({ b: 1 }) }],
    [
      'a: an object with a prototype is not a JSON value; expected a plain object',
      { a: childOf(childOf(childOf(null))) },
    ],
    ['an object with a prototype is not a JSON value; expected a plain object', new (class extends Map {})()],
  ])('says %j', (message, value) => {
    expect(() => stringify(value)).toThrow(new TypeError(message));
  });

  it('writes 1,024 levels and refuses 1,025', () => {
    const nested = (levels: number) => {
      let value: JsonValue = [];
      for (let level = 1; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
      return value;
    };

    expect(parseJson(stringifyJson(nested(1024)))).toEqual(nested(1024));
    expect(() => stringifyJson(nested(1025))).toThrow(TypeError);
  });

  it('refuses a cycle, and shows the beginning of the way', () => {
    const cycle: Record<string, unknown> = { list: [] };
    (cycle['list'] as unknown[]).push(cycle);

    expect(() => stringify(cycle)).toThrow(
      new TypeError('list[0].list[0].list[0].list[0]…: nested deeper than 1024 levels, or a cycle'),
    );
  });

  test.prop([fc.json({ stringUnit: 'binary' })])('writes what JSON.parse reads as the same value', (text) => {
    const value = JSON.parse(text) as JsonValue;
    expect(JSON.parse(stringifyJson(value))).toEqual(value);
  });
});
