/** As many digits as tell any two doubles apart, and often more. */
const DIGITS = 17;
/** More digits than are looked at, to see whether a double lies in the middle between two texts. */
const MANY_DIGITS = 60;
const LEAST_FIXED_EXPONENT = -4;

/** A double as QEMU writes it, which is C's `%.17g`: `0.10000000000000001`, `1e+20`, `inf`. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}inf`;
  if (size === 0) return `${sign}0`;
  const { digits, exponent } = roundedDigits(size);
  const significant = digits.replace(/0+$/, '');
  if (exponent < LEAST_FIXED_EXPONENT || exponent >= DIGITS) {
    return `${sign}${withPoint(significant, 1)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${significant}`;
  return sign + withPoint(significant.padEnd(exponent + 1, '0'), exponent + 1);
}

function withPoint(digits: string, before: number): string {
  return digits.length > before ? `${digits.slice(0, before)}.${digits.slice(before)}` : digits;
}

/** What lies in the middle is rounded to the even digit by C, and up by JavaScript. */
function roundedDigits(size: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', exponent] = size.toExponential(DIGITS - 1).split('e');
  const digits = mantissa.replace('.', '');
  const exact = size.toExponential(MANY_DIGITS).replace('.', '').split('e')[0] ?? '';
  const isInTheMiddle = /^50*$/.test(exact.slice(DIGITS));
  const isEven = Number(exact[DIGITS - 1]) % 2 === 0;
  return { digits: isInTheMiddle && isEven ? exact.slice(0, DIGITS) : digits, exponent: Number(exponent) };
}
