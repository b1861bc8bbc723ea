import type { JsonValue } from '@qmp/protocol/codecs';

/** One message of a conversation, as a timeline shows it. */
export interface Entry {
  readonly kind: 'command' | 'reply' | 'error' | 'event';
  /** Since the conversation began. */
  readonly atMs: number;
  /** The command, also of its reply; the event; or `greeting`. */
  readonly name: string;
  /** Arguments, return value, data or the error's text; undefined where there is none. */
  readonly content: JsonValue | undefined;
  /** How long a reply took, where its command is known. */
  readonly latencyMs?: number | undefined;
}
