import { Deferred } from '../wait/deferred.ts';
import type { SessionEnd } from './options.ts';

/** Who asked for the end, and so who is told of it. A loss that nobody asked for waits for `disconnect()`. */
export type EndingOwner = 'attempt' | 'disconnect' | 'abort' | 'nobody';

/** A session on its way out: how it ended, once it has. */
export class Ending {
  readonly #ended = new Deferred<SessionEnd>();
  readonly #cut: (reason: unknown) => void;
  #owner: EndingOwner;

  /** @param cut drops what the clean way out still waits for. */
  constructor(owner: EndingOwner, cut: (reason: unknown) => void) {
    this.#owner = owner;
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

  /** Takes an end that is nobody's yet. */
  claim(owner: EndingOwner): void {
    if (this.#owner === 'nobody') this.#owner = owner;
  }

  cutShort(reason: unknown): void {
    this.#cut(reason);
  }

  finish(end: SessionEnd): void {
    this.#ended.resolve(end);
  }
}
