import { describe, expect, it } from 'vitest';

import { parseSeconds } from './parse-seconds.ts';
import { UsageError } from './usage-error.ts';

describe('parseSeconds', () => {
  it.each([
    ['30', 30_000],
    ['2.5', 2_500],
    ['.5', 500],
    ['3.', 3_000],
  ])('reads %j', (text, milliseconds) => {
    expect(parseSeconds('--timeout', text)).toBe(milliseconds);
  });

  it.each(['', '0', '0.0', '-1', 'abc', '1e3', '5s', 'Infinity', ' 1', '9'.repeat(400)])('refuses %j', (text) => {
    const message = `--timeout is ${JSON.stringify(text)}; expected a number of seconds above 0, such as 2.5`;
    expect(() => parseSeconds('--timeout', text)).toThrow(new UsageError(message));
  });
});
