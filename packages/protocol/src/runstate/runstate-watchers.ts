import { Deferred } from '../wait/deferred.ts';
import type { Runstate } from './runstate.ts';
import { RunstateWatcher } from './runstate-watcher.ts';

/** All who watch the states of one protocol object. */
export class RunstateWatchers {
  readonly #watchers = new Set<RunstateWatcher>();
  /** The next transition, once somebody has asked for it. */
  #change: Deferred<Runstate> | undefined;

  /** A transition: everybody hears of it in this very call, so none can be missed. */
  tell(state: Runstate): void {
    this.#change?.resolve(state);
    this.#change = undefined;
    for (const watcher of this.#watchers) watcher.tell(state);
  }

  changed(): Promise<Runstate> {
    this.#change ??= new Deferred();
    return this.#change.promise;
  }

  watch(): AsyncIterableIterator<Runstate, undefined> {
    return new RunstateWatcher(this.#watchers);
  }
}
