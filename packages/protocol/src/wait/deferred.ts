/** A promise whose end lies in other hands. It never counts as an unhandled rejection. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  #state: 'pending' | 'settled' = 'pending';
  #resolve!: (value: T) => void;
  #reject!: (reason: unknown) => void;

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise.catch(ignore);
  }

  /** Whether it has been resolved or rejected. */
  get state(): 'pending' | 'settled' {
    return this.#state;
  }

  /** The first of `resolve` and `reject` counts. */
  resolve(value: T): void {
    this.#state = 'settled';
    this.#resolve(value);
  }

  /** See {@link resolve}. */
  reject(reason: unknown): void {
    this.#state = 'settled';
    this.#reject(reason);
  }
}

/** Marks a rejection as seen: whoever awaits the promise gets it all the same. */
export function ignore(): void {}
