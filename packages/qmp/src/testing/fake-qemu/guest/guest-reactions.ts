import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { RunState } from '../run-state/run-state.ts';
import type { GuestHabits } from './guest-habits.ts';

/** What the guest does about something that happens to it: after a while, and only while it runs. */
export class GuestReactions {
  readonly habits: GuestHabits;
  readonly #clock: VirtualClock;
  readonly #runState: RunState;
  readonly #pending = new Set<Disposable>();

  constructor(habits: GuestHabits, clock: VirtualClock, runState: RunState) {
    this.habits = habits;
    this.#clock = clock;
    this.#runState = runState;
  }

  add(reaction: () => void): void {
    const pending = this.#clock.schedule(this.habits.reactionMs, () => {
      this.#pending.delete(pending);
      this.#runState.whenRunning(reaction);
    });
    this.#pending.add(pending);
  }

  /** A guest that begins anew knows of nothing. */
  forget(): void {
    for (const pending of this.#pending) pending[Symbol.dispose]();
    this.#pending.clear();
  }
}
