/**
 * Three digits that count, with `k` and `M`: `41.3 k`.
 *
 * @param {number} value
 */
export function formatNumber(value) {
  if (value >= 1e6) return `${threeDigits(value / 1e6)} M`;
  if (value >= 1e3) return `${threeDigits(value / 1e3)} k`;
  return threeDigits(value);
}

/** @param {number} value */
function threeDigits(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
