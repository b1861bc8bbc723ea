import type { BuiltinName } from '../model/builtin-type.ts';
import type { QapiType } from '../model/qapi-type.ts';
import { isInRange, rangeOf } from '../model/integer-range.ts';

/** What is the same on the wire has one name. */
export type WireName = (name: BuiltinName) => BuiltinName;

/** Integers by their width and sign, as schemas from source tell them. */
export function exactWireName(name: BuiltinName): BuiltinName {
  if (name === 'int') return 'int64';
  return name === 'size' ? 'uint64' : name;
}

/** All integers alike, as a running QEMU tells them. */
export function collapsedWireName(name: BuiltinName): BuiltinName {
  return rangeOf(name) === undefined ? name : 'int';
}

/** Whether all values of the one type, which is of another kind, are values of the other. */
export function takesAll(wide: QapiType, narrow: QapiType): boolean {
  if (wide.kind !== 'builtin' || wide.name === 'any') return wide.kind === 'builtin';
  if (narrow.kind !== 'builtin') return narrow.kind === 'enum' && wide.name === 'str';
  const range = rangeOf(narrow.name);
  if (range === undefined) return narrow.name === wide.name;
  return wide.name === 'number' || (isInRange(range.least, wide.name) && isInRange(range.most, wide.name));
}
