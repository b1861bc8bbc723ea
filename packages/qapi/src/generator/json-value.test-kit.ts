/** As `qmp` has it. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}
