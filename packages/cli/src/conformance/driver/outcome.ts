import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

/** What became of something that the adapter was told to do. */
export type Outcome =
  | { readonly kind: 'done'; readonly value: JsonValue | undefined }
  | { readonly kind: 'failed'; readonly message: string; readonly error: JsonObject | undefined }
  | { readonly kind: 'unsupported'; readonly why: string }
  /** The adapter has ended. */
  | { readonly kind: 'gone'; readonly why: string };
