import { Deferred } from '../wait/deferred.ts';
import type { Runstate } from './runstate.ts';

/** All who are told of transitions: each in the very call, so that none can be missed. */
export type Watchers = Set<{ tell(state: Runstate): void }>;

/** The next transition. */
export function nextRunstate(watchers: Watchers): Promise<Runstate> {
  return new Promise((resolve) => {
    watchers.add({
      tell(state) {
        watchers.delete(this);
        resolve(state);
      },
    });
  });
}

/** One who is told of every transition, and reads of them at its own pace until it leaves. */
export class RunstateWatcher implements AsyncIterableIterator<Runstate, undefined> {
  readonly #watchers: Watchers;
  #unread: Runstate[] = [];
  #news = new Deferred<void>();

  /** @param watchers those who are told; it is one of them until it leaves. */
  constructor(watchers: Watchers) {
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
