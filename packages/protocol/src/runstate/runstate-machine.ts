import { Deferred } from '../wait/deferred.ts';
import { NEXT_RUNSTATES, type Runstate } from './runstate.ts';
import { RunstateWatcher } from './runstate-watcher.ts';

const NOBODY: readonly RunstateWatcher[] = [];

/** The current state, its one writer, and all who watch it. */
export class RunstateMachine {
  #state: Runstate = 'idle';
  /** The next transition, once somebody has asked for it. */
  #change: Deferred<Runstate> | undefined;
  #watchers: readonly RunstateWatcher[] = NOBODY;

  get state(): Runstate {
    return this.#state;
  }

  /** Every watcher hears of it in this very call, so none can be missed. */
  enter(next: Runstate): void {
    if (!NEXT_RUNSTATES[this.#state].includes(next)) {
      throw new Error(`There is no way from ${this.#state} to ${next}`);
    }
    this.#state = next;
    this.#change?.resolve(next);
    this.#change = undefined;
    for (const watcher of this.#watchers) watcher.tell(next);
  }

  changed(): Promise<Runstate> {
    this.#change ??= new Deferred();
    return this.#change.promise;
  }

  watch(): AsyncIterableIterator<Runstate, undefined> {
    const watcher = new RunstateWatcher(() => {
      this.#watchers = this.#watchers.filter((other) => other !== watcher);
    });
    this.#watchers = [...this.#watchers, watcher];
    return watcher;
  }
}
