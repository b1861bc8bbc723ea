import { describe, expect, it } from 'vitest';
import { median } from './median.mjs';

describe('the median', () => {
  it('is the value in the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two in the middle where their number is even', () => {
    expect(median([10, 1, 2, 4])).toBe(3);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing is refused', () => {
    expect(() => median([])).toThrow(new RangeError('There is no median of no values'));
  });
});
