/** Deeper than this no message is written: a cycle ends here. */
export const MAX_NESTING = 1024;

/** Plain in any realm: without a prototype, or with one that has none. */
export function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
