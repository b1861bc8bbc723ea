import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { parseCommandArguments } from './command-arguments.ts';
import { UsageError } from './usage-error.ts';

describe('parseCommandArguments', () => {
  it('gives undefined where there is no word', () => {
    expect(parseCommandArguments([])).toBeUndefined();
  });

  it('takes one JSON object as it stands', () => {
    expect(parseCommandArguments(['{"a": [1, {"b": null}]}'])).toEqual({ a: [1, { b: null }] });
  });

  it('takes a value as JSON where it is JSON', () => {
    expect(parseCommandArguments(['a=1', 'b=-2.5', 'c=true', 'd=null', 'e=[1,2]', 'f={"x":1}', 'g="7"'])).toEqual({
      a: 1,
      b: -2.5,
      c: true,
      d: null,
      e: [1, 2],
      f: { x: 1 },
      g: '7',
    });
  });

  it('takes a value as text where it is no JSON', () => {
    expect(parseCommandArguments(['a=on', 'b=007', 'c=True', 'd=', 'e=x=y', 'f=/tmp/a b', 'g=+5'])).toEqual({
      a: 'on',
      b: '007',
      c: 'True',
      d: '',
      e: 'x=y',
      f: '/tmp/a b',
      g: '+5',
    });
  });

  it('keeps integers of 64 bits exact', () => {
    expect(parseCommandArguments(['max=18446744073709551615', 'min=-9223372036854775808'])).toEqual({
      max: 18446744073709551615n,
      min: -9223372036854775808n,
    });
  });

  it('makes nested objects of dotted keys, in any order', () => {
    expect(parseCommandArguments(['file.driver=file', 'node-name=n', 'file.x.y=1', 'file.filename=/a'])).toEqual({
      file: { driver: 'file', x: { y: 1 }, filename: '/a' },
      'node-name': 'n',
    });
  });

  it('takes __proto__ as a key like any other', () => {
    const value = parseCommandArguments(['__proto__.polluted=1', 'constructor=2']);
    expect(Object.entries(value ?? {})).toEqual([
      ['__proto__', { polluted: 1 }],
      ['constructor', 2],
    ]);
    expect(Object.hasOwn({}, 'polluted')).toBe(false);
  });

  test.prop([fc.stringMatching(/^[a-z][a-z-]{0,9}$/), fc.string()])(
    'hands any text on when it is quoted',
    (key, text) => {
      expect(parseCommandArguments([`${key}=${JSON.stringify(text)}`])).toEqual({ [key]: text });
    },
  );

  it.each([
    [['x'], '"x" has no "="; expected key=value, or one JSON object'],
    [['a=1', 'x'], '"x" has no "="; expected key=value, or one JSON object'],
    [['{"a":1}', 'b=2'], '"b=2" follows a JSON object; expected one JSON object, or key=value only'],
    [['a=1', 'a=2'], '"a" is set twice'],
    [['a.b=1', 'a.b=2'], '"a.b" is set twice'],
    [['a=1', 'a.b=2'], '"a" is both a value (a=...) and an object (a.name=...)'],
    [['a.b=1', 'a=2'], '"a" is both a value (a=...) and an object (a.name=...)'],
    [['a={}', 'a.b=2'], '"a" is both a value (a=...) and an object (a.name=...)'],
    [['=1'], 'The key "" has an empty part; expected name=value or outer.inner=value'],
    [['a.=1'], 'The key "a." has an empty part; expected name=value or outer.inner=value'],
    [['a..b=1'], 'The key "a..b" has an empty part; expected name=value or outer.inner=value'],
    [['[1]'], 'The arguments are no JSON object; expected {"name": value, ...}'],
  ])('refuses %j', (words, message) => {
    expect(() => parseCommandArguments(words)).toThrow(new UsageError(message));
  });

  it.each([
    [['{foo'], /^The arguments are no JSON: ./],
    [["{'a': 1}"], /^The arguments are no JSON: ./],
    [['{"a":1}x'], /^The arguments are no JSON: ./],
    [['a={foo'], /^The value of "a" begins like JSON but is none: ./],
    [['a="b'], /^The value of "a" begins like JSON but is none: ./],
    [['a=[::1]'], /^The value of "a" begins like JSON but is none: ./],
  ])('says what is wrong with the JSON of %j', (words, message) => {
    expect(() => parseCommandArguments(words)).toThrow(UsageError);
    expect(() => parseCommandArguments(words)).toThrow(message);
  });
});
