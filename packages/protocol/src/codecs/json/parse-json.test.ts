import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DeserializationError } from '../codec-errors.ts';
import { parseExactly } from './exact-parser.ts';
import type { JsonValue } from './json-value.ts';
import { parseJson, parseLines } from './parse-json.ts';

function faultOf(parse: (text: string) => unknown, text: string): unknown {
  try {
    parse(text);
    return undefined;
  } catch (fault) {
    return fault;
  }
}

/** The value as `JSON.parse` has it. */
function rounded(value: JsonValue | undefined): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rounded);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rounded(member)]));
}

describe('parseJson', () => {
  it.each([
    ['9007199254740991', 9_007_199_254_740_991],
    ['-9007199254740991', -9_007_199_254_740_991],
    ['9007199254740992', 9_007_199_254_740_992n],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['-9007199254740993', -9_007_199_254_740_993n],
    ['18446744073709551615', 18_446_744_073_709_551_615n],
    ['1000000000000000000000', 1_000_000_000_000_000_000_000n],
    ['[[9007199254740993]]', [[9_007_199_254_740_993n]]],
    ['{"a":{"b":9007199254740993}}', { a: { b: 9_007_199_254_740_993n } }],
    ['1.0000000000000001e3', 1000.0000000000001],
    ['1.00000000000000000000e3', 1000],
    ['9007199254740993.0', 9_007_199_254_740_992],
    ['1e20', 1e20],
    ['[1e+20,1E-7,0.10000000000000001,-0.5e+1,9007199254740993]', [1e20, 1e-7, 0.1, -5, 9_007_199_254_740_993n]],
    ['1.8446744073709552e+19', 1.8446744073709552e19],
    ['-0', -0],
    ['[-0, 9007199254740993]', [-0, 9_007_199_254_740_993n]],
    [' \t\r\n 1 \t\r\n ', 1],
    [' [ ] ', []],
    ['[ 9007199254740993 , { } , { "a" : [ ] } ]', [9_007_199_254_740_993n, {}, { a: [] }]],
    ['[9007199254740993,"\\u00e9\\n\\"\\\\",true,false,null]', [9_007_199_254_740_993n, 'é\n"\\', true, false, null]],
  ])('reads %j', (text, value) => {
    expect(parseJson(text)).toStrictEqual(value);
  });

  it('reads an integer of any length', () => {
    expect(parseJson('9'.repeat(1000))).toBe(10n ** 1000n - 1n);
  });

  it('takes the last of several members with one name, and __proto__ as data, beside a long integer', () => {
    const value = parseJson('{"a":9007199254740993,"__proto__":{"b":1},"a":2}') as object;

    expect(Object.entries(value)).toEqual([
      ['a', 2],
      ['__proto__', { b: 1 }],
    ]);
  });

  it.each([
    ['', 'Broken JSON at character 1: expected a value, found the end'],
    ['[1', 'Broken JSON at character 3: expected "," or "]", found the end'],
    ['[1,]', 'Broken JSON at character 4: expected a value, found "]"'],
    ['{"a":1', 'Broken JSON at character 7: expected "," or "}", found the end'],
    ['{"a" 1}', 'Broken JSON at character 6: expected ":", found "1}"'],
    ['{"a":1,}', 'Broken JSON at character 8: expected a member name in double quotes, found "}"'],
    ['{a:1}', 'Broken JSON at character 2: expected a member name in double quotes, found "a:1}"'],
    ['"abc', 'Broken JSON at character 1: the text ends inside a string'],
    ['"abc\\', 'Broken JSON at character 1: the text ends inside a string'],
    ['"a\nb"', 'Broken JSON at character 3: a control character in a string is not escaped'],
    ['["\\u12"]', 'Broken JSON at character 2: a string has an escape that JSON does not know'],
    ['01', 'Broken JSON at character 2: expected the end of the text, found "1"'],
    ['1.', 'Broken JSON at character 3: expected a digit, found the end'],
    ['1.e5', 'Broken JSON at character 3: expected a digit, found "e5"'],
    ['1e+', 'Broken JSON at character 4: expected a digit, found the end'],
    ['-', 'Broken JSON at character 1: expected a value, found "-"'],
    ['+1', 'Broken JSON at character 1: expected a value, found "+1"'],
    ['.5', 'Broken JSON at character 1: expected a value, found ".5"'],
    ['nul', 'Broken JSON at character 1: expected a value, found "nul"'],
    ['truth', 'Broken JSON at character 1: expected a value, found "truth"'],
    ['falsch', 'Broken JSON at character 1: expected a value, found "falsch"'],
    ['1 2', 'Broken JSON at character 3: expected the end of the text, found "2"'],
    ['[inf]', 'Broken JSON at character 2: inf is not a number that JSON has'],
    ['-Infinity', 'Broken JSON at character 1: -Infinity is not a number that JSON has'],
    ['1e400', 'Broken JSON at character 1: the number 1e400 is too large for a double'],
    ['[-1e+999]', 'Broken JSON at character 2: the number -1e+999 is too large for a double'],
    [`${'9'.repeat(400)}.5`, `Broken JSON at character 1: the number ${'9'.repeat(40)} is too large for a double`],
    [`[${'x'.repeat(50)}`, `Broken JSON at character 2: expected a value, found "${'x'.repeat(40)}…"`],
  ])('explains %j', (text, message) => {
    const fault = faultOf(parseJson, text);

    expect(fault).toBeInstanceOf(DeserializationError);
    expect(fault).toMatchObject({ message, raw: text.slice(0, 200) });
  });

  it('says why an escape was refused', () => {
    expect(faultOf(parseJson, '"\\x"')).toMatchObject({ cause: { name: 'SyntaxError' } });
  });

  it('reads 1,024 levels and refuses 1,025', () => {
    const nested = (levels: number, core: string) => '['.repeat(levels) + core + ']'.repeat(levels);

    for (const core of ['', '1', '9007199254740993']) {
      expect(() => parseJson(nested(1024, core))).not.toThrow();
      expect(() => parseJson(nested(1025, core))).toThrow(
        'Broken JSON at character 1025: arrays and objects nest deeper than 1024 levels',
      );
    }
    expect(() => parseJson(`${'{"a":'.repeat(1025)}1${'}'.repeat(1025)}`)).toThrow('nest deeper than 1024 levels');
  });

  test.prop([fc.json({ stringUnit: 'binary' })])('reads with its own parser what JSON.parse does', (text) => {
    expect(rounded(parseExactly(text))).toStrictEqual(JSON.parse(text));
  });

  const character = fc.mapToConstant(
    { num: 62, build: (offset) => String.fromCharCode(0x21 + offset) },
    ...['{', '}', '[', ']', '"', ',', ':', '\\', '\n', ' ', '\u0000', '\ud800'].map((text) => ({
      num: 4,
      build: () => text,
    })),
    ...['true', 'false', 'null', '0', '-', '.', 'e', '\\u00'].map((text) => ({ num: 4, build: () => text })),
  );

  test.prop([fc.string({ unit: character, maxLength: 12 })], { numRuns: 2000 })(
    'accepts with its own parser exactly what JSON.parse does',
    (text) => {
      const fault = faultOf(parseExactly, text);
      fc.pre(!(fault instanceof Error) || !fault.message.includes('too large'));

      expect(fault === undefined).toBe(faultOf(JSON.parse, text) === undefined);
    },
  );
});

describe('parseLines', () => {
  it('reads each line as one value', () => {
    expect(parseLines('{"a":1}\r\n[2]\n3')).toEqual([{ a: 1 }, [2], 3]);
  });

  it.each(['{"a":1}\n\n{"b":2}', '{"a":1}{"b":2}\n{}', '{"a":1},{"b":2}', '{"a":[1\n2]}', '{"a":1e999}\n{}'])(
    'leaves %j to be read one by one',
    (text) => {
      expect(parseLines(text)).toBeUndefined();
    },
  );
});
