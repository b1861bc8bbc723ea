declare const nothing: unique symbol;

// As `qmp` has them.
export type Int64 = number | bigint;
export interface Empty {
  readonly [nothing]?: never;
}
export type Unlisted = `${string} (unlisted)`;
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;
interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}
