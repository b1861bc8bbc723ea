import { fc, test } from '@fast-check/vitest';
import { parseJson, stringifyJson } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';

import { formatJson } from './format-json.ts';

describe('formatJson', () => {
  it('puts each member and each element on a line of its own', () => {
    expect(formatJson({ a: 1, b: [true, { c: 'x' }], d: {}, e: [] })).toBe(
      '{\n  "a": 1,\n  "b": [\n    true,\n    {\n      "c": "x"\n    }\n  ],\n  "d": {},\n  "e": []\n}',
    );
  });

  it('keeps integers of 64 bits exact', () => {
    expect(formatJson({ max: 18446744073709551615n })).toBe('{\n  "max": 18446744073709551615\n}');
  });

  test.prop([fc.jsonValue()])('says the same as JSON on one line', (value) => {
    const text = formatJson(value);
    expect(parseJson(text)).toEqual(parseJson(stringifyJson(value)));
  });
});
