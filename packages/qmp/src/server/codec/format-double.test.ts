import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';

import { formatDouble } from './format-double.ts';

it.each<[number, string]>([
  [0, '0'],
  [-0, '-0'],
  [0.1, '0.10000000000000001'],
  [-0.1, '-0.10000000000000001'],
  [1.5e-7, '1.4999999999999999e-07'],
  [1e-4, '0.0001'],
  [1e-5, '1.0000000000000001e-05'],
  [0.00012345, '0.00012344999999999999'],
  [123456789.12345679, '123456789.12345679'],
  [1e16, '10000000000000000'],
  [1e17, '1e+17'],
  [123456789012345680, '1.2345678901234568e+17'],
  [1e22, '1e+22'],
  [1e100, '1e+100'],
  [Number.MAX_VALUE, '1.7976931348623157e+308'],
  [Number.MIN_VALUE, '4.9406564584124654e-324'],
  // Halfway between two texts: C takes the even one.
  [2 ** -25, '2.9802322387695312e-08'],
  [3 * 2 ** -25, '8.9406967163085938e-08'],
  [100.25, '100.25'],
  [187.79664516129034, '187.79664516129034'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
  [Number.NaN, 'nan'],
])('%d', (value, text) => {
  expect(formatDouble(value)).toBe(text);
});

test.prop([fc.double({ noNaN: true, noDefaultInfinity: true })], { numRuns: 2_000 })('tells every double', (value) => {
  expect(Number(formatDouble(value))).toBe(value);
});
