import { QapiModel } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';

import { WireDouble, type WireValue } from '../codec/wire-value.ts';
import { ArgumentChecker } from './argument-checker.ts';

const INTEGERS = ['int', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'size'] as const;

/** What is wrong with a value of a type, nested in an object or not. */
function faultOf(type: string | readonly [string], value: WireValue, hidesWidths = false): string | undefined {
  const model = new QapiModel([
    { kind: 'command', name: 'do', arguments: [{ name: 'in', type: 'Outer' }] },
    { kind: 'object', name: 'Outer', members: [{ name: 'x', type }] },
    {
      kind: 'alternate',
      name: 'Number',
      alternatives: [
        { name: 'n', type: 'number' },
        { name: 'b', type: 'bool' },
      ],
    },
    {
      kind: 'alternate',
      name: 'Text',
      alternatives: [
        { name: 'e', type: 'Kind' },
        { name: 'l', type: ['str'] },
      ],
    },
    { kind: 'enum', name: 'Kind', values: [{ name: 'a' }] },
  ]);
  return new ArgumentChecker(hidesWidths).check({ in: { x: value } }, model.command('do')?.arguments);
}

describe('integers', () => {
  const limits: Readonly<Record<(typeof INTEGERS)[number], readonly [least: bigint, most: bigint]>> = {
    int: [-(2n ** 63n), 2n ** 63n - 1n],
    int8: [-128n, 127n],
    int16: [-32_768n, 32_767n],
    int32: [-(2n ** 31n), 2n ** 31n - 1n],
    int64: [-(2n ** 63n), 2n ** 63n - 1n],
    uint8: [0n, 255n],
    uint16: [0n, 65_535n],
    uint32: [0n, 2n ** 32n - 1n],
    // A sign is taken, too, by what is as wide as it can be.
    uint64: [-(2n ** 63n), 2n ** 64n - 1n],
    size: [-(2n ** 63n), 2n ** 64n - 1n],
  };

  it.each(INTEGERS)('%s have limits, within which each is taken', (type) => {
    const [least, most] = limits[type].map((limit) => (Number.isSafeInteger(Number(limit)) ? Number(limit) : limit));
    expect([faultOf(type, least ?? 0), faultOf(type, most ?? 0)]).toEqual([undefined, undefined]);
    const isWide = ['int', 'int64', 'uint64', 'size'].includes(type);
    if (isWide) return;
    for (const beyond of [Number(least) - 1, Number(most) + 1]) {
      expect(faultOf(type, beyond)).toBe(`Parameter 'x' expects ${type}_t`);
    }
  });

  it.each(INTEGERS)('%s are no doubles, and nothing else', (type) => {
    const text =
      type.startsWith('uint') || type === 'size'
        ? "Parameter 'in.x' expects uint64"
        : "Invalid parameter type for 'in.x', expected: integer";
    for (const value of [1.5, new WireDouble(1), '1', null, true, [], {}]) expect(faultOf(type, value)).toBe(text);
  });

  it('are as wide as can be where the schema does not say how wide', () => {
    expect(faultOf('int', 2n ** 64n - 1n, true)).toBeUndefined();
    expect(faultOf('int', 2n ** 64n - 1n)).toBe("Invalid parameter type for 'in.x', expected: integer");
  });
});

describe('other types', () => {
  it.each<[string | readonly [string], WireValue, string | undefined]>([
    ['number', 1, undefined],
    ['number', new WireDouble(1), undefined],
    ['number', '1', "Invalid parameter type for 'in.x', expected: number"],
    ['null', null, undefined],
    ['null', false, "Invalid parameter type for 'in.x', expected: null"],
    ['any', { x: [new WireDouble(1)] }, undefined],
    ['Number', 2n ** 63n, undefined],
    ['Number', 0.5, undefined],
    ['Number', true, undefined],
    ['Number', 'x', "Invalid parameter type for 'x', expected: Number"],
    ['Text', 'a', undefined],
    ['Text', 'b', "Parameter 'x' does not accept value 'b'"],
    ['Text', ['a', 1], "Invalid parameter type for 'in.x[1]', expected: string"],
    ['Text', null, "Invalid parameter type for 'x', expected: Text"],
    [['Kind'], ['a', 'b'], "Parameter 'null' does not accept value 'b'"],
    [['uint8'], [256], "Parameter 'null' expects uint8_t"],
  ])('%o takes %o or says why not', (type, value, expected) => {
    expect(faultOf(type, value)).toBe(expected);
  });

  it('a member that every object has by birth is missing all the same', () => {
    const model = new QapiModel([{ kind: 'command', name: 'do', arguments: [{ name: 'constructor', type: 'str' }] }]);
    const fault = new ArgumentChecker(false).check({}, model.command('do')?.arguments);
    expect(fault).toBe("Parameter 'constructor' is missing");
  });
});
