/**
 * Everything JSON can say. Integers are exact: a `number` where it is safe (±(2^53 - 1)), a `bigint` where it is not.
 * Numbers with a fraction or an exponent are always `number`.
 */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

/** A JSON object. A member that is `undefined` counts as absent: it is left out when the object is sent. */
export interface JsonObject {
  readonly [member: string]: JsonValue | undefined;
}
