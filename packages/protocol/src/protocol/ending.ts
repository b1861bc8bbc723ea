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
  readonly graceMs?: number;
}

/** A session on its way out. */
export class Ending {
  readonly departure: Departure;
  /** Gets how it really ended, once it has. */
  readonly closed: Deferred<SessionEnd>;
  #owner: Departure['owner'];
  #reason: unknown;

  constructor(departure: Departure, closed: Deferred<SessionEnd>) {
    this.departure = departure;
    this.closed = closed;
    this.#owner = departure.owner;
  }

  get owner(): Departure['owner'] {
    return this.#owner;
  }

  /** Another one wants to leave, too: takes an end that is nobody's yet. */
  join({ owner }: Departure): this {
    if (this.#owner === 'nobody') this.#owner = owner;
    return this;
  }

  /** What those who still wait for the session get as the cause. */
  get reason(): unknown {
    const { end } = this.departure;
    if (end.kind === 'lost') return end.error;
    if (end.kind === 'aborted') return end.reason;
    // Made when somebody waits: most sessions end without.
    this.#reason ??= new DisconnectedError('Disconnected by this side');
    return this.#reason;
  }
}
