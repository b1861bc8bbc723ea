import type { ConnectPhase } from '../errors/connection-errors.ts';
import type { CallOptions } from '../wait/call-options.ts';
import { Deadline } from '../wait/deadline.ts';
import { Deferred } from '../wait/deferred.ts';
import type { Ending } from './ending.ts';

const OPENING_TIMEOUT_MS = 30_000;

/** One `connect`, `startServer` or `accept` on its way: its patience, how far it has come, and why it failed. */
export class Attempt {
  phase: ConnectPhase = 'connection';
  /** What it waits for at the moment, for the text of a timeout. */
  waitingFor: string;
  readonly #outcome = new Deferred<void>();
  readonly #userSignal: AbortSignal | undefined;
  readonly #deadline: Deadline;
  /** Made for those only who look at the signal: it costs more than all the rest. */
  #controller: AbortController | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #ending: Ending | undefined;

  /** @throws RangeError for a `timeoutMs` that is none, and `signal.reason` when the signal has aborted. */
  constructor({ signal, timeoutMs }: CallOptions, waitingFor: string) {
    this.waitingFor = waitingFor;
    this.#userSignal = signal;
    this.#deadline = new Deadline(
      { signal, timeoutMs },
      () => this.waitingFor,
      (reason) => this.fail(reason),
    );
  }

  /** An attempt that opens something, which should not take long. */
  static toOpen({ signal, timeoutMs = OPENING_TIMEOUT_MS }: CallOptions, waitingFor: string): Attempt {
    return new Attempt({ signal, timeoutMs }, waitingFor);
  }

  /** Aborts, with the reason, when the attempt fails. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#failure !== undefined) this.#controller.abort(this.#failure.reason);
    }
    return this.#controller.signal;
  }

  /** Whether somebody still waits for it. */
  get isUnderWay(): boolean {
    return this.#outcome.state === 'pending';
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Why it has failed. */
  get reason(): unknown {
    return this.#failure?.reason;
  }

  /** Whether it was the caller's own signal that ended it. */
  get wasAbortedByCaller(): boolean {
    return this.#userSignal?.aborted === true && this.reason === this.#userSignal.reason;
  }

  /** The end that overtook it, if one did. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Makes the first step; what it throws at once leaves nothing behind. */
  start<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      this.#deadline.dispose();
      throw error;
    }
  }

  /** Resolves when the work is done, and rejects as soon as it, or the attempt, fails. Nothing fires after that. */
  carryOut(work: Promise<void>): Promise<void> {
    work.then(
      () => {
        this.#deadline.dispose();
        this.#outcome.resolve();
      },
      (error: unknown) => this.fail(error),
    );
    return this.#outcome.promise;
  }

  /** Ends it; the first reason counts. */
  fail(reason: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { reason };
    this.#deadline.dispose();
    this.#outcome.reject(reason);
    this.#controller?.abort(reason);
  }

  /** Its session, or what was to become one, is being left. */
  endWith(ending: Ending): void {
    this.#ending = ending;
    this.fail(ending.reason);
  }
}
