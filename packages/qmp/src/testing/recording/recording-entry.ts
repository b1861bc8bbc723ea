import type { JsonObject } from '@qmp/protocol/codecs';

/** The version of the format that is written, and the only one there is to be read. */
export const RECORDING_VERSION = 1;

/** Who said something. */
export type Side = 'client' | 'server';

/** The beginning of a session. A recording holds one session or several, one after the other. */
export interface SessionHeader {
  readonly kind: 'header';
  /** The server's address: `unix:/run/vm.sock`. */
  readonly peer: string;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
}

/** A message of a session, without its secrets. */
export interface RecordedMessage {
  readonly kind: 'message';
  /** Since the session began, in milliseconds. */
  readonly ms: number;
  readonly from: Side;
  readonly message: JsonObject;
}

/** What is no message, such as the banner of another server or a message that was cut off. */
export interface RecordedText {
  readonly kind: 'text';
  readonly ms: number;
  readonly from: Side;
  readonly text: string;
}

/** The end of a session. A recording that was cut off itself lacks it. */
export interface SessionEndEntry {
  readonly kind: 'end';
  readonly ms: number;
  /** Who ended it; `link` if it broke. */
  readonly by: Side | 'link';
  /** What broke the link. */
  readonly error?: string | undefined;
}

/** One line of a recording. */
export type RecordingEntry = SessionHeader | RecordedMessage | RecordedText | SessionEndEntry;
