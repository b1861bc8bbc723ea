import { BoundedStream } from '../stream/bounded-stream.ts';
import { Deferred } from '../wait/deferred.ts';
import { NEXT_RUNSTATES, type Runstate } from './runstate.ts';

/** The current state, its one writer, and all who watch it. */
export class RunstateMachine {
  #state: Runstate = 'idle';
  #change = new Deferred<Runstate>();
  readonly #watchers = new Set<BoundedStream<Runstate>>();

  get state(): Runstate {
    return this.#state;
  }

  /** Every watcher hears of it in this very call, so none can be missed. */
  enter(next: Runstate): void {
    if (!NEXT_RUNSTATES[this.#state].includes(next)) {
      throw new Error(`There is no way from ${this.#state} to ${next}`);
    }
    this.#state = next;
    const change = this.#change;
    this.#change = new Deferred();
    change.resolve(next);
    for (const watcher of this.#watchers) watcher.push(next);
  }

  changed(): Promise<Runstate> {
    return this.#change.promise;
  }

  watch(): AsyncIterableIterator<Runstate, undefined> {
    const watcher = new BoundedStream<Runstate>({
      limit: Infinity,
      onClose: () => this.#watchers.delete(watcher),
    });
    this.#watchers.add(watcher);
    return watcher;
  }
}
