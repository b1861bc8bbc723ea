import { ignore } from '../wait/deferred.ts';

interface Waiter<T> {
  readonly promise: Promise<IteratorResult<T, undefined>>;
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

/** How a {@link BoundedStream} is set up. */
export interface BoundedStreamOptions {
  /** How many unread items it holds; the oldest go first. */
  readonly limit: number;
  /** Called once, when the reader leaves: nothing needs to be pushed any more. */
  readonly onClose?: (() => void) | undefined;
}

const FIRST_CAPACITY = 16;
const DONE = { value: undefined, done: true } as const;

/**
 * Items pushed on one side and iterated on the other, in order, with a bound on what waits in between. Leaving a
 * `for await` loop, `return()` and disposal close it.
 */
export class BoundedStream<T> implements AsyncIterableIterator<T, undefined>, AsyncDisposable, Disposable {
  readonly #limit: number;
  #onClose: (() => void) | undefined;
  /** A ring of a power of two, grown on demand. */
  #ring: (T | undefined)[] = new Array<T | undefined>(FIRST_CAPACITY);
  #first = 0;
  #unread = 0;
  #lost = 0;
  #waiters: Waiter<T>[] = [];
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
    return this.#unread;
  }

  /** How many items went lost because the reader was `limit` behind. */
  get lost(): number {
    return this.#lost;
  }

  /** Adds an item; after the end it is ignored. */
  push(item: T): void {
    if (this.#state !== 'open') return;
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) {
      waiter.resolve({ value: item, done: false });
      return;
    }
    if (this.#unread >= this.#limit) {
      this.#take();
      this.#lost += 1;
    }
    if (this.#unread === this.#ring.length) this.#grow();
    this.#ring[(this.#first + this.#unread) & (this.#ring.length - 1)] = item;
    this.#unread += 1;
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
    const [first, ...others] = this.#waiters.splice(0);
    if (first === undefined) {
      this.#state = 'failed';
      this.#error = error;
      return;
    }
    this.#state = 'ended';
    first.promise.catch(ignore);
    first.reject(error);
    for (const waiter of others) waiter.resolve(DONE);
  }

  /** The next item; waits for it where there is none. */
  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#unread > 0) return Promise.resolve({ value: this.#take(), done: false });
    if (this.#state === 'ended') return Promise.resolve(DONE);
    if (this.#state === 'failed') {
      this.#state = 'ended';
      return Promise.reject(this.#error);
    }
    let resolve!: Waiter<T>['resolve'];
    let reject!: Waiter<T>['reject'];
    const promise = new Promise<IteratorResult<T, undefined>>((onResult, onError) => {
      resolve = onResult;
      reject = onError;
    });
    this.#waiters.push({ promise, resolve, reject });
    return promise;
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
    this.#ring = [];
    this.#first = 0;
    this.#unread = 0;
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
    const item = this.#ring[this.#first] as T;
    this.#ring[this.#first] = undefined;
    this.#first = (this.#first + 1) & (this.#ring.length - 1);
    this.#unread -= 1;
    return item;
  }

  #grow(): void {
    const older = this.#ring.slice(this.#first);
    const newer = this.#ring.slice(0, this.#first);
    this.#ring = older.concat(newer, new Array<T | undefined>(this.#ring.length));
    this.#first = 0;
  }
}
