import type { ConnectPhase } from '../errors/connection-errors.ts';
import type { CallOptions } from '../wait/call-options.ts';
import { Deadline } from '../wait/deadline.ts';
import { Deferred } from '../wait/deferred.ts';
import type { Departure, Ending } from './ending.ts';

const OPENING_TIMEOUT_MS = 30_000;

/** Who is told when the patience of an attempt has ended: leaves what has come of it. */
export interface AttemptOwner {
  leave(departure: Departure): Ending;
}

/** What an attempt is called in errors. */
export interface AttemptTexts {
  readonly what: string;
  /** What it waits for at first. */
  readonly waitingFor: string;
}

/** One `connect`, `startServer` or `accept` on its way: its patience, how far it has come, and the end of it. */
export class Attempt {
  readonly what: string;
  phase: ConnectPhase = 'connection';
  /** What it waits for at the moment, for the text of a timeout. */
  waitingFor: string;
  readonly #deadline: Deadline;
  readonly #settled = new Deferred<void>();
  /** Made for those only who look at the signal: it costs more than all the rest. */
  #controller: AbortController | undefined;
  #ending: Ending | undefined;

  /** @throws RangeError for a `timeoutMs` that is none, and `signal.reason` when the signal has aborted. */
  constructor(owner: AttemptOwner, options: CallOptions, texts: AttemptTexts) {
    const { signal } = options;
    this.what = texts.what;
    this.waitingFor = texts.waitingFor;
    this.#deadline = new Deadline(
      options,
      () => this.waitingFor,
      (reason) => {
        if (signal?.aborted === true) owner.leave({ end: { kind: 'aborted', reason }, owner: 'caller' });
        else owner.leave({ end: { kind: 'lost', error: reason as Error }, owner: 'attempt' });
      },
    );
  }

  /** One that opens something, which should not take long. */
  static toOpen(owner: AttemptOwner, { signal, timeoutMs }: CallOptions, texts: AttemptTexts): Attempt {
    return new Attempt(owner, { signal, timeoutMs: timeoutMs ?? OPENING_TIMEOUT_MS }, texts);
  }

  /** Resolves when it has succeeded, or is not to: then there is an {@link ending}. */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** How what has come of it is being left, if it is. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Aborts, with the reason, when it is being left. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#ending !== undefined) this.#controller.abort(this.#ending.reason);
    return this.#controller.signal;
  }

  /** Makes the first step; what it throws at once leaves nothing behind. */
  start<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      this.settle();
      throw error;
    }
  }

  /** From now on nothing of it fires any more. The first call counts. */
  settle(ending?: Ending): void {
    if (this.#settled.state === 'settled') return;
    this.#ending = ending;
    this.#deadline.dispose();
    this.#settled.resolve();
    if (ending !== undefined) this.#controller?.abort(ending.reason);
  }
}
