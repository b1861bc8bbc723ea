import type { BuiltinName } from './builtin-type.ts';

/** The values that QEMU takes for an integer type. */
export interface IntegerRange {
  readonly least: number | bigint;
  readonly most: number | bigint;
}

const INT64: IntegerRange = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** What QEMU takes where it wants 64 bits without a sign: those with one, too, as it always has. */
const UINT64: IntegerRange = { least: INT64.least, most: 2n ** 64n - 1n };

const ranges = new Map<BuiltinName, IntegerRange>([
  // A running QEMU calls all others so, too; then it is the widest.
  ['int', INT64],
  ['int8', { least: -128, most: 127 }],
  ['int16', { least: -32_768, most: 32_767 }],
  ['int32', { least: -2_147_483_648, most: 2_147_483_647 }],
  ['int64', INT64],
  ['uint8', { least: 0, most: 255 }],
  ['uint16', { least: 0, most: 65_535 }],
  ['uint32', { least: 0, most: 4_294_967_295 }],
  ['uint64', UINT64],
  ['size', UINT64],
]);

/** The values of an integer type; undefined for other types. */
export function rangeOf(name: BuiltinName): IntegerRange | undefined {
  return ranges.get(name);
}

/** Whether an integer is one of the type. */
export function isInRange(value: number | bigint, name: BuiltinName): boolean {
  const range = ranges.get(name);
  return range !== undefined && value >= range.least && value <= range.most;
}
