/** Names that mean something in TypeScript everywhere; QEMU has a type `String`. */
const words = `Array BigInt Boolean Date Error Function Iterator JSON Map Math Number Object Promise Proxy ReadonlyArray
  Reflect RegExp Set String Symbol WeakMap WeakSet Awaited Capitalize Exclude Extract Lowercase NonNullable Omit Parameters
  Partial Pick Readonly Record Required ReturnType Uncapitalize Uppercase`;

/** {@link words}, one by one. */
export const reservedNames: readonly string[] = words.split(/\s+/);
