/**
 * The base of everything that fails at run time in this toolkit. Branch on `code` or `instanceof`; `message` starts
 * with
 * what was attempted and ends with why. Misused arguments are the platform's `TypeError` and `RangeError` instead.
 */
export abstract class QmpError extends Error {
  abstract override readonly name: string;
  /** Stable and machine-readable; never empty. */
  abstract readonly code: string;
}
