import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { model } from './schema.test-kit.ts';
import { validate, validateEvent, validateReturn } from './validate.ts';

describe('validateReturn', () => {
  it.each<[string, unknown]>([
    ['stop', {}],
    ['stop', { brandNew: 1 }],
    ['query-names', ['a']],
    ['query-status', { running: true, status: 'raw' }],
    ['query-status', { running: true, status: 'brand-new', 'x-more': {}, spice: 'there' }],
  ])('takes what %s returns: %o', (command, value) => {
    expect(validateReturn(model, command, value)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['stop', [], 'expected an object, found an array'],
    ['query-names', ['a', 1], '[1]: expected a string, found a number'],
    ['query-status', { status: 'raw' }, 'running is missing; expected a boolean'],
    [
      'query-status',
      { running: true, status: 1 },
      'status: expected "file", "qcow2", "raw" or "null-co", found a number',
    ],
    ['query-status', { running: true, status: 'raw', spice: 1 }, 'spice: expected a string, found a number'],
    ['query-statu', {}, '"query-statu" is unknown; did you mean "query-status"?'],
  ])('says of %s %o: %s', (command, value, message) => {
    expect(validateReturn(model, command, value).map((issue) => issue.message)).toEqual([message]);
  });
});

describe('validateEvent', () => {
  it('takes data as they are, and none', () => {
    expect(validateEvent(model, 'STOP', undefined)).toEqual([]);
    expect(validateEvent(model, 'STOP', { since: 1 })).toEqual([]);
    expect(validateEvent(model, 'RESET', { reason: 'brand-new' })).toEqual([]);
  });

  it('says what is wrong with them', () => {
    expect(validateEvent(model, 'RESET', undefined)[0]?.message).toBe(
      'reason is missing; expected "file", "qcow2", "raw" or "null-co"',
    );
    expect(validateEvent(model, 'RSET', {})[0]?.message).toBe('"RSET" is unknown; did you mean "RESET"?');
    expect(validateEvent(model, 'BRAND_NEW', {})[0]?.message).toBe(
      '"BRAND_NEW" is unknown; expected the name of an event',
    );
  });
});

describe('the validator', () => {
  test.prop([fc.constantFrom(...model.commands.keys()), fc.anything({ withBigInt: true, withSparseArray: true })])(
    'takes any value and throws nothing',
    (command, value) => {
      for (const issue of [...validate(model, command, value), ...validateReturn(model, command, value)]) {
        expect(issue.message).not.toBe('');
      }
    },
  );
});
