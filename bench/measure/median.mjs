/**
 * The middle value; the mean of the two in the middle where their number is even.
 *
 * @param {readonly number[]} values
 * @throws RangeError when there is none
 */
export function median(values) {
  if (values.length === 0) throw new RangeError('There is no median of no values');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}
