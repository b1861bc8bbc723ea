import type { RunState as Status } from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';
import type { Emit } from '../handlers.ts';

/** Whether the guest runs, and if not, why. */
export class RunState {
  #status: Status;
  readonly #emit: Emit;
  /** Stopped while the guest slept: that is what it goes back to. */
  #sleeps = false;
  /** Runs as soon as the migration that it awaits has come in. */
  #startsOnArrival = true;
  #waiting: (() => void)[] = [];

  constructor(status: Status, emit: Emit) {
    this.#status = status;
    this.#emit = emit;
  }

  get status(): Status {
    return this.#status;
  }

  get isRunning(): boolean {
    return this.#status === 'running';
  }

  /** Waits for a migration to come in: it can neither be stopped nor continued. */
  get awaitsMigration(): boolean {
    return this.#status === 'inmigrate';
  }

  /** What a guest does it does as soon as it runs; until then it waits. */
  whenRunning(task: () => void): void {
    if (this.isRunning) task();
    else this.#waiting.push(task);
  }

  /** Stops the guest, for a reason; one that does not run stays as it is. */
  stop(reason: Status): void {
    if (this.awaitsMigration) this.#startsOnArrival = false;
    if (!this.isRunning && this.#status !== 'suspended') return;
    this.#sleeps = this.#status === 'suspended';
    this.#status = reason;
    this.#emit('STOP');
  }

  /**
   * Has a stopped guest go on.
   *
   * @throws CommandError in a state in which QEMU does not.
   */
  continue(): void {
    if (this.#status === 'shutdown') throw genericError('Resetting the Virtual Machine is required');
    if (this.#status === 'finish-migrate') throw genericError('Migration is not finalized yet');
    if (this.awaitsMigration) this.#startsOnArrival = true;
    else if (!this.isRunning && this.#status !== 'suspended') this.resume();
  }

  /** The guest runs from now on, or sleeps on. */
  resume(): void {
    this.#emit('RESUME');
    this.#enter(this.#sleeps ? 'suspended' : 'running');
  }

  /** The migration that it awaited has come in. */
  arrive(): void {
    if (this.#startsOnArrival) this.resume();
    else this.#status = 'paused';
  }

  /** The guest goes to sleep. */
  suspend(): void {
    if (!this.isRunning) return;
    this.#status = 'suspended';
    this.#emit('SUSPEND');
  }

  /**
   * Wakes a guest that sleeps.
   *
   * @throws CommandError where it does not.
   */
  wake(): void {
    if (this.#status !== 'suspended') throw genericError('Unable to wake up: guest is not in suspended state');
    this.#sleeps = false;
    this.#emit('WAKEUP');
    this.#enter('running');
  }

  /** The machine begins anew: what the guest was about to do it has forgotten. */
  reset(): void {
    this.#waiting = [];
    this.#sleeps = false;
    if (this.#status === 'shutdown' || this.#status === 'suspended') this.#status = 'prelaunch';
  }

  /** A state that follows another while the guest stands still. */
  become(status: Status): void {
    this.#status = status;
  }

  #enter(status: Status): void {
    this.#status = status;
    if (!this.isRunning) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const task of waiting) task();
  }
}
