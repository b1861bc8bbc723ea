import { WireDouble } from './wire-value.ts';

/** More do not fit into 64 bits; to make an integer of many takes long. */
const MOST_DIGITS = 20;
const LEAST_INT64 = -(2n ** 63n);
const MOST_UINT64 = 2n ** 64n - 1n;

/** An integer if 64 bits hold it, signed or unsigned; else a double, as QEMU makes it. */
export function readInteger(digits: string): number | bigint | WireDouble {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return value + 0; // -0 is no integer of its own
  const exact = digits.length > MOST_DIGITS ? undefined : BigInt(digits);
  return exact !== undefined && exact >= LEAST_INT64 && exact <= MOST_UINT64 ? exact : new WireDouble(value);
}

/** A number with a fraction or an exponent. */
export function readFloat(digits: string): number | WireDouble {
  const value = Number(digits);
  return Number.isInteger(value) || !Number.isFinite(value) ? new WireDouble(value) : value;
}
