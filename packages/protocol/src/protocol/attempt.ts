import type { ConnectPhase } from '../errors/connection-errors.ts';
import type { CallOptions } from '../wait/call-options.ts';
import { Deadline } from '../wait/deadline.ts';
import { type Departure, type Ending, reasonOf } from './ending.ts';

/** What opens something should not take long. */
export const OPENING_TIMEOUT_MS = 30_000;

/** Who is told when the patience of an attempt has ended: leaves what has come of it. */
export interface AttemptOwner {
  leave(departure: Departure): unknown;
}

/** What is attempted. */
export interface AttemptOptions {
  /** What errors call it. */
  readonly what: string;
  /** What it waits for at first. */
  readonly waitingFor: string;
  /** How long it may take unless its caller says otherwise; as long as it takes if left out. */
  readonly timeoutMs?: number;
}

/** One `connect`, `startServer` or `accept` on its way: its patience, how far it has come, and the end of it. */
export class Attempt {
  readonly what: string;
  phase: ConnectPhase = 'connection';
  #settle!: (ending: Ending | undefined) => void;
  /** Resolves when it has succeeded, or is not to: then with the {@link ending}. */
  readonly settled: Promise<Ending | undefined> = new Promise((resolve) => {
    this.#settle = resolve;
  });
  /** What it waits for at the moment, for the text of a timeout. */
  waitingFor: string;
  readonly #deadline: Deadline;
  /** Made for those only who look at the signal: it costs more than all the rest. */
  #controller: AbortController | undefined;
  /** How what has come of it is being left, if it is. */
  ending: Ending | undefined;

  /** @throws RangeError for a `timeoutMs` that is none, and `signal.reason` when the signal has aborted. */
  constructor(owner: AttemptOwner, patience: CallOptions, options: AttemptOptions) {
    const { signal, timeoutMs = options.timeoutMs } = patience;
    this.what = options.what;
    this.waitingFor = options.waitingFor;
    this.#deadline = new Deadline(
      { signal, timeoutMs },
      () => this.waitingFor,
      (reason) =>
        owner.leave(
          signal?.aborted === true
            ? { end: { kind: 'aborted', reason }, owner: 'caller' }
            : { end: { kind: 'lost', error: reason as Error }, owner: 'attempt' },
        ),
    );
  }

  /** Aborts, with the reason, when it is being left. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.ending !== undefined) this.#controller.abort(reasonOf(this.ending.end));
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

  /** From now on nothing of it fires any more. */
  settle(ending?: Ending): void {
    this.ending = ending;
    this.#deadline.dispose();
    this.#settle(ending);
    if (ending !== undefined) this.#controller?.abort(reasonOf(ending.end));
  }
}
