import { describe, expect, it } from 'vitest';
import type { MemberDefinition } from '../model/definition.ts';
import { QapiModel } from '../model/qapi-model.ts';
import { definitions } from './schema.test-kit.ts';
import { validate } from './validate.ts';

/** What is said of a value of a type. */
function messagesFor(type: MemberDefinition['type'], value: unknown): string[] {
  const one = new QapiModel([...definitions, { kind: 'command', name: 'go', arguments: [{ name: 'a', type }] }]);
  return validate(one, 'go', { a: value }).map(({ message }) => message);
}

describe('integers', () => {
  const ranges: readonly [string, bigint, bigint][] = [
    ['int8', -(2n ** 7n), 2n ** 7n - 1n],
    ['int16', -(2n ** 15n), 2n ** 15n - 1n],
    ['int32', -(2n ** 31n), 2n ** 31n - 1n],
    ['int64', -(2n ** 63n), 2n ** 63n - 1n],
    ['uint8', 0n, 2n ** 8n - 1n],
    ['uint16', 0n, 2n ** 16n - 1n],
    ['uint32', 0n, 2n ** 32n - 1n],
    // QEMU takes what has a sign there, too.
    ['uint64', -(2n ** 63n), 2n ** 64n - 1n],
    ['size', -(2n ** 63n), 2n ** 64n - 1n],
    ['int', -(2n ** 63n), 2n ** 63n - 1n],
  ];

  it.each(ranges)('of the type %s go from %d to %d', (type, least, most) => {
    for (const value of [least, most]) {
      expect(messagesFor(type, value)).toEqual([]);
      if (Number.isSafeInteger(Number(value))) expect(messagesFor(type, Number(value))).toEqual([]);
    }
    for (const value of [least - 1n, most + 1n, 2 ** 65, -(2 ** 65)]) {
      expect(messagesFor(type, value)).toEqual([expect.stringMatching(/^a: expected an integer .*, found -?\d/)]);
    }
  });

  it('go as far as those without a sign where a running QEMU does not tell them apart', () => {
    const live = new QapiModel([{ kind: 'command', name: 'go', arguments: [{ name: 'a', type: 'int' }] }]);
    expect(validate(live, 'go', { a: 2n ** 64n - 1n })).toEqual([]);
    expect(validate(live, 'go', { a: 2n ** 64n })).toHaveLength(1);
    expect(validate(live, 'go', { a: -(2n ** 63n) })).toEqual([]);
    expect(validate(live, 'go', { a: -(2n ** 63n) - 1n })).toHaveLength(1);
  });

  it.each([1.5, NaN, Infinity])('are not %d', (value) => {
    expect(messagesFor('int32', value)).toEqual([
      `a: expected an integer from -2147483648 to 2147483647, found ${value}`,
    ]);
  });

  it('are not texts or booleans, but are numbers', () => {
    expect(messagesFor('int8', '1')).toEqual(['a: expected an integer from -128 to 127, found a string']);
    expect(messagesFor('int8', true)).toEqual(['a: expected an integer from -128 to 127, found a boolean']);
    expect(messagesFor('number', 1n)).toEqual([]);
    expect(messagesFor('number', 1.5)).toEqual([]);
    expect(messagesFor('number', '1')).toEqual(['a: expected a number, found a string']);
  });
});

describe('other types', () => {
  it.each<[string | readonly [string], unknown]>([
    ['any', null],
    ['any', [{ a: 1 }]],
    ['null', null],
    ['bool', false],
    ['str', ''],
    [['bool'], []],
  ])('%s has the value %o', (type, value) => {
    expect(messagesFor(type, value)).toEqual([]);
  });

  it.each<[string | readonly [string], unknown, string]>([
    ['null', 0, 'a: expected null, found a number'],
    ['bool', 0, 'a: expected a boolean, found a number'],
    ['str', () => 1, 'a: expected a string, found a function'],
    [['bool'], true, 'a: expected an array, found a boolean'],
    [['bool'], [undefined], 'a[0]: expected a boolean, found undefined'],
    [['any'], [undefined], 'a[0]: expected a value, found undefined'],
    ['Driver', 1, 'a: expected "file", "qcow2", "raw" or "null-co", found a number'],
    ['Driver', 'x'.repeat(1_000_000), `a: expected "file", "qcow2", "raw" or "null-co", found "${'x'.repeat(60)}…"`],
  ])('%s does not have %s', (type, value, message) => {
    expect(messagesFor(type, value)).toEqual([message]);
  });
});
