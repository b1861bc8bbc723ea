export type { JsonValue } from '@qmp/protocol/codecs';

declare const nothing: unique symbol;

/** A 64-bit integer: a `number` where it is safe, a `bigint` where it is not. Either may be sent. */
export type Int64 = number | bigint;

/** An object without members: what most commands return. */
export interface Empty {
  // Without any member it would take everything.
  readonly [nothing]?: never;
}

/**
 * Stands for the tags that a schema does not list, of a newer server: it keeps `default` alive in a `switch` over a reply.
 * No string on the wire is of this type.
 */
export type Unlisted = `${string} (unlisted)`;
