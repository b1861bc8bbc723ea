import { DisconnectedError } from '../errors/connection-errors.ts';
import { Deferred } from '../wait/deferred.ts';
import type { SessionEnd } from './options.ts';

/** Who asked for the end, and so who is told of it. A loss that nobody asked for waits for `disconnect()`. */
export type EndingOwner = 'attempt' | 'disconnect' | 'abort' | 'nobody';

/** How a session is left. */
export interface Departure {
  /** As it is meant; flushing may still go wrong. */
  readonly end: SessionEnd;
  readonly owner: EndingOwner;
  /** The time for a clean way out; without one nothing is flushed. */
  readonly graceMs?: number;
}

/** A session on its way out: how it was left, and how it ended, once it has. */
export class Ending {
  readonly departure: Departure;
  readonly #ended = new Deferred<SessionEnd>();
  readonly #cut: ((reason: unknown) => unknown) | undefined;
  #owner: EndingOwner;
  #reason: unknown;

  /** @param cut drops what the clean way out still waits for. */
  constructor(departure: Departure, cut?: (reason: unknown) => unknown) {
    this.departure = departure;
    this.#owner = departure.owner;
    this.#cut = cut;
  }

  get owner(): EndingOwner {
    return this.#owner;
  }

  get ended(): Promise<SessionEnd> {
    return this.#ended.promise;
  }

  get isOver(): boolean {
    return this.#ended.state === 'settled';
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

  /** Takes an end that is nobody's yet. */
  claim(owner: EndingOwner): void {
    if (this.#owner === 'nobody') this.#owner = owner;
  }

  cutShort(reason: unknown): void {
    this.#cut?.(reason);
  }

  finish(end: SessionEnd): void {
    this.#ended.resolve(end);
  }
}
