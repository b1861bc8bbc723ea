import { Violation } from './verdict.ts';

/** The time that a rule has. Every wait of it ends then, and says what has not come. */
export class Deadline {
  readonly #timeoutMs: number;
  readonly #end: number;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#end = performance.now() + timeoutMs;
  }

  /** Rejects with a Violation when the time is over before the promise is settled; nobody has to catch that. */
  wait<T>(what: string, promise: Promise<T>): Promise<T> {
    const result = this.#race(what, promise);
    result.catch(() => undefined);
    return result;
  }

  /** The rule is through: waits that are left over do not hold anything up. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #race<T>(what: string, promise: Promise<T>): Promise<T> {
    const { promise: over, timer } = this.#over(what);
    try {
      return await Promise.race([promise, over]);
    } finally {
      clearTimeout(timer);
      this.#timers.delete(timer);
    }
  }

  #over(what: string): { readonly promise: Promise<never>; readonly timer: NodeJS.Timeout } {
    let reject!: (reason: Violation) => void;
    const promise = new Promise<never>((_resolve, onReject) => {
      reject = onReject;
    });
    const late = new Violation(`${what} has not come in ${this.#timeoutMs / 1000} s`);
    const timer = setTimeout(() => reject(late), this.#end - performance.now());
    this.#timers.add(timer);
    return { promise, timer };
  }
}
