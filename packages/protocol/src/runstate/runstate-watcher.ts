import { Deferred } from '../wait/deferred.ts';
import type { Runstate } from './runstate.ts';

/** One who is told of every transition, and reads of them at its own pace until it leaves. */
export class RunstateWatcher implements AsyncIterableIterator<Runstate, undefined> {
  readonly #watchers: Set<RunstateWatcher>;
  #unread: Runstate[] = [];
  #news = new Deferred<void>();

  /** @param watchers those who are told; it is one of them until it leaves. */
  constructor(watchers: Set<RunstateWatcher>) {
    this.#watchers = watchers.add(this);
  }

  tell(state: Runstate): void {
    this.#unread.push(state);
    this.#wake();
  }

  async next(): Promise<IteratorResult<Runstate, undefined>> {
    while (this.#watchers.has(this)) {
      const value = this.#unread.shift();
      if (value !== undefined) return { value, done: false };
      await this.#news.promise;
    }
    return { value: undefined, done: true };
  }

  return(): Promise<IteratorResult<Runstate, undefined>> {
    this.#watchers.delete(this);
    this.#wake();
    return this.next();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #wake(): void {
    this.#news.resolve();
    this.#news = new Deferred();
  }
}
