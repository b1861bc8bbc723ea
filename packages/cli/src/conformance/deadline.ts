import { Violation } from './verdict.ts';

interface Wait {
  readonly reject: (reason: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

/** The time that a rule has. Every wait of it ends then, and says what has not come; or earlier, when all is to end. */
export class Deadline {
  readonly #timeoutMs: number;
  readonly #end: number;
  readonly #stop: AbortSignal | undefined;
  readonly #waits = new Set<Wait>();

  /** @param stop whose reason every wait then rejects with. */
  constructor(timeoutMs: number, stop?: AbortSignal) {
    this.#timeoutMs = timeoutMs;
    this.#end = performance.now() + timeoutMs;
    this.#stop = stop;
    stop?.addEventListener('abort', this.#onStop);
  }

  /** Rejects with a Violation when the time is over before the promise is settled; nobody has to catch that. */
  wait<T>(what: string, promise: Promise<T>): Promise<T> {
    const result = this.#race(what, promise);
    result.catch(() => undefined);
    return result;
  }

  /** The rule is through: waits that are left over do not hold anything up. */
  close(): void {
    this.#stop?.removeEventListener('abort', this.#onStop);
    for (const { timer } of this.#waits) clearTimeout(timer);
  }

  readonly #onStop = (): void => {
    for (const { reject } of this.#waits) reject(this.#stop?.reason);
  };

  async #race<T>(what: string, promise: Promise<T>): Promise<T> {
    this.#stop?.throwIfAborted();
    let wait: Wait | undefined;
    const over = new Promise<never>((_resolve, reject) => {
      const late = (): void => reject(new Violation(`${what} has not come in ${this.#timeoutMs / 1000} s`));
      wait = { reject, timer: setTimeout(late, this.#end - performance.now()) };
      this.#waits.add(wait);
    });
    try {
      return await Promise.race([promise, over]);
    } finally {
      if (wait !== undefined) {
        clearTimeout(wait.timer);
        this.#waits.delete(wait);
      }
    }
  }
}
