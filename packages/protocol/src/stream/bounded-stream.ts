import { Deferred } from '../wait/deferred.ts';

/** How a {@link BoundedStream} is set up. */
export interface BoundedStreamOptions {
  /** How many unread items it holds; the oldest go first. */
  readonly limit: number;
  /** Called once, when the reader leaves: nothing needs to be pushed any more. */
  readonly onClose?: (() => void) | undefined;
}

const DONE = { value: undefined, done: true } as const;

/**
 * Items pushed on one side and iterated on the other, in order, with a bound on what waits in between. Leaving a
 * `for await` loop, `return()` and disposal close it.
 */
export class BoundedStream<T> implements AsyncIterableIterator<T, undefined>, AsyncDisposable, Disposable {
  readonly #limit: number;
  #onClose: (() => void) | undefined;
  /** What is being read, from `#position` on. */
  #older: (T | undefined)[] = [];
  #position = 0;
  /** What came since; no ring, as writing to an old object costs more than to a new one. */
  #newer: T[] = [];
  #lost = 0;
  #waiters: Deferred<IteratorResult<T, undefined>>[] = [];
  #state: 'open' | 'ended' | 'failed' = 'open';
  #error: unknown;

  constructor(options: BoundedStreamOptions) {
    if (!(options.limit >= 1)) {
      throw new RangeError(`The limit of a stream is ${String(options.limit)}; expected 1 or more`);
    }
    this.#limit = options.limit;
    this.#onClose = options.onClose;
  }

  /** How many items nobody has read yet. */
  get unread(): number {
    return this.#older.length - this.#position + this.#newer.length;
  }

  /** How many items went lost because the reader was `limit` behind. */
  get lost(): number {
    return this.#lost;
  }

  /** Adds an item; after the end it is ignored. */
  push(item: T): void {
    if (this.#state !== 'open') return;
    if (this.#waiters.length > 0) {
      this.#waiters.shift()?.resolve({ value: item, done: false });
      return;
    }
    if (this.unread >= this.#limit) {
      this.#take();
      this.#lost += 1;
    }
    this.#newer.push(item);
  }

  /** Ends it: the reader gets what is unread, and then the end. */
  end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    for (const waiter of this.#waiters.splice(0)) waiter.resolve(DONE);
  }

  /** Breaks it: the reader gets what is unread, then this error once, and then the end. */
  fail(error: unknown): void {
    if (this.#state !== 'open') return;
    const waiter = this.#waiters.shift();
    if (waiter === undefined) {
      this.#state = 'failed';
      this.#error = error;
    } else {
      waiter.reject(error);
      this.end();
    }
  }

  /** The next item; waits for it where there is none. */
  next(): Promise<IteratorResult<T, undefined>> {
    if (this.unread > 0) return Promise.resolve({ value: this.#take(), done: false });
    if (this.#state === 'ended') return Promise.resolve(DONE);
    if (this.#state === 'failed') {
      this.#state = 'ended';
      return Promise.reject(this.#error);
    }
    const waiter = new Deferred<IteratorResult<T, undefined>>();
    this.#waiters.push(waiter);
    return waiter.promise;
  }

  /** Closes it and drops what is unread. */
  return(): Promise<IteratorResult<T, undefined>> {
    this[Symbol.dispose]();
    return Promise.resolve(DONE);
  }

  /** The stream itself: it is read once. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** {@link return}, at once. */
  [Symbol.dispose](): void {
    this.end();
    this.#state = 'ended';
    this.#older = [];
    this.#newer = [];
    this.#position = 0;
    const onClose = this.#onClose;
    this.#onClose = undefined;
    onClose?.();
  }

  /** {@link return}. */
  [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]();
    return Promise.resolve();
  }

  #take(): T {
    if (this.#position === this.#older.length) {
      this.#older = this.#newer;
      this.#newer = [];
      this.#position = 0;
    }
    const item = this.#older[this.#position] as T;
    this.#older[this.#position] = undefined;
    this.#position += 1;
    return item;
  }
}
