import type { SessionEndEntry, SessionHeader, Side } from 'qmp/testing';

import type { Entry } from '../timeline/entry.ts';

/** The beginning of a session. */
export interface SessionStart extends Omit<SessionHeader, 'kind'> {
  readonly kind: 'session';
  /** From 1. */
  readonly session: number;
}

/** What is no message. */
export interface LoggedText {
  readonly kind: 'text';
  readonly atMs: number;
  readonly from: Side;
  readonly content: string;
}

/** The end of a session, and what it came to. */
export interface SessionSummary {
  readonly kind: 'end';
  /** Undefined where the recording breaks off. */
  readonly by: SessionEndEntry['by'] | undefined;
  readonly atMs: number;
  readonly error: string | undefined;
  readonly commands: number;
  readonly errors: number;
  readonly events: number;
  /** The commands that have had no reply. */
  readonly unanswered: readonly string[];
}

/** Something to be told of a recording. */
export type LogItem = SessionStart | Entry | LoggedText | SessionSummary;
