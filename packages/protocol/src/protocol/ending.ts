import { DisconnectedError } from '../errors/connection-errors.ts';
import type { Deferred } from '../wait/deferred.ts';
import type { SessionEnd } from './options.ts';

/** How a session is left. */
export interface Departure {
  /** As it is meant; flushing may still go wrong. */
  readonly end: SessionEnd;
  /** Who asked for it, and so who is told of it. A loss that nobody asked for waits for `disconnect()`. */
  readonly owner: 'caller' | 'attempt' | 'disconnect' | 'abort' | 'nobody';
  /** The time for a clean way out; without one nothing is flushed. */
  readonly graceMs?: number | undefined;
}

/** A session on its way out. */
export interface Ending extends Departure {
  /** Another one who wants to leave, too, takes an end that is nobody's yet. */
  owner: Departure['owner'];
  /** Gets how it really ended, once it has. */
  readonly closed: Deferred<SessionEnd>;
}

/** What those who still wait for the session get as the cause. */
export function reasonOf(end: SessionEnd): unknown {
  switch (end.kind) {
    case 'lost':
      return end.error;
    case 'aborted':
      return end.reason;
    case 'disconnected':
      return new DisconnectedError('Disconnected by this side');
  }
}
