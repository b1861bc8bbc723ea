import type { JsonValue } from '@qmp/protocol/codecs';

/** What a client's bytes turn out to be. */
export type Inbound =
  /** A JSON value; only objects are requests. */
  | { readonly kind: 'value'; readonly value: JsonValue }
  /** What cannot be one, in QEMU's words. */
  | { readonly kind: 'fault'; readonly description: string }
  /** The client sends nothing more. */
  | { readonly kind: 'end' };
