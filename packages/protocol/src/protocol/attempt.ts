import type { ConnectPhase } from '../errors/connection-errors.ts';
import type { CallOptions } from '../wait/call-options.ts';
import { Deadline } from '../wait/deadline.ts';
import { Deferred } from '../wait/deferred.ts';
import { type Departure, type Ending, reasonOf } from './ending.ts';

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
  /** What it waits for at the moment, for the text of a timeout. */
  waitingFor: string;
  readonly #deadline: Deadline;
  readonly #settled = new Deferred<Ending | undefined>();
  /** Made for those only who look at the signal: it costs more than all the rest. */
  #controller: AbortController | undefined;
  #ending: Ending | undefined;

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

  /** Resolves when it has succeeded, or is not to: then with the {@link ending}. */
  get settled(): Promise<Ending | undefined> {
    return this.#settled.promise;
  }

  /** How what has come of it is being left, if it is. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Aborts, with the reason, when it is being left. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#ending !== undefined) this.#controller.abort(reasonOf(this.#ending.end));
    return this.#controller.signal;
  }

  /** From now on nothing of it fires any more. */
  settle(ending?: Ending): void {
    this.#ending = ending;
    this.#deadline.dispose();
    this.#settled.resolve(ending);
    if (ending !== undefined) this.#controller?.abort(reasonOf(ending.end));
  }
}
