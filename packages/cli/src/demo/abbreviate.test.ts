import { fc, test } from '@fast-check/vitest';
import type { JsonValue } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';

import { abbreviate } from './abbreviate.ts';

describe('abbreviate', () => {
  it('leaves alone what fits', () => {
    expect(abbreviate({ status: 'running', running: true }, 80)).toBe('{"status": "running", "running": true}');
  });

  it('spaces what is nested, and keeps integers exact', () => {
    expect(abbreviate({ a: [1, { b: 18446744073709551615n }], c: {} }, 80)).toBe(
      '{"a": [1, {"b": 18446744073709551615}], "c": {}}',
    );
  });

  it('cuts off what is too long at its end', () => {
    expect(abbreviate('a'.repeat(50), 10)).toBe('"aaaaaaaa…');
  });

  test.prop([fc.jsonValue(), fc.integer({ min: 1, max: 100 })])('never is longer than it may be', (value, width) => {
    expect(abbreviate(value as JsonValue, width).length).toBeLessThanOrEqual(width);
  });
});
