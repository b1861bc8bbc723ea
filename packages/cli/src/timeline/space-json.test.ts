import { fc, test } from '@fast-check/vitest';
import { parseJson, stringifyJson } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';

import { spaceJson } from './space-json.ts';

describe('spaceJson', () => {
  it('puts a space behind each colon and comma, and keeps integers exact', () => {
    expect(spaceJson({ a: [1, { b: 18446744073709551615n }], c: {}, d: 'x,y:z' })).toBe(
      '{"a": [1, {"b": 18446744073709551615}], "c": {}, "d": "x,y:z"}',
    );
  });

  test.prop([fc.jsonValue()])('says the same as without spaces', (value) => {
    expect(parseJson(spaceJson(value))).toEqual(parseJson(stringifyJson(value)));
  });
});
