import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

/**
 * A JSON value as QEMU tells them apart: a `number` without a fraction and a `bigint` are integers, within 64 bits; a
 * double that looks like an integer, or like none, is a {@link WireDouble}.
 */
export type WireValue = null | boolean | number | bigint | string | WireDouble | readonly WireValue[] | WireObject;

/** A JSON object of such values. */
export interface WireObject {
  readonly [member: string]: WireValue;
}

/** A double that a `number` would not show as one: `1.0`, `1e3`, an integer beyond 64 bits, infinity. */
export class WireDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  /** As log records show it. */
  toJSON(): number {
    return this.value;
  }
}

/** Whether it is a JSON object. */
export function isWireObject(value: WireValue | undefined): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof WireDouble);
}

/** The value with numbers in the place of doubles, as programs want it. */
export function toJson(value: WireObject): JsonObject;
export function toJson(value: WireValue): JsonValue;
export function toJson(value: WireValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof WireDouble) return value.value;
  if (Array.isArray(value)) return (value as readonly WireValue[]).map((item) => toJson(item));
  // Not by assignment: "__proto__" is a name like any other.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
}
