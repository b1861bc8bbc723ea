import type { JsonObject } from '@qmp/protocol/codecs';
import type { EventsBy } from '../workloads/workload.ts';

/** A kind of client that is measured. */
export interface Client {
  /** Connects, negotiates, and is ready for commands. */
  connect(path: string): Promise<Session>;
}

/** What every client that is measured has to do. */
export interface Session {
  execute(command: string, args?: JsonObject): Promise<unknown>;
  /**
   * Counts events from now on, all of them and those of one name; settles when it has seen `count`.
   *
   * @throws Error when some went lost.
   */
  countEvents(count: number, by: EventsBy): Promise<void>;
  /** Listens without ever reading; the result says how many events came so far and how many of them were dropped. */
  leaveEventsUnread(): () => { readonly seen: number; readonly lost: number };
  /** Settles when the connection is gone. */
  close(): Promise<void>;
}
