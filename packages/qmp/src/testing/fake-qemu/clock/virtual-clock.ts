import { checkMilliseconds } from '@qmp/protocol/wait';

import type { Clock } from '../../../server/events/clock.ts';

/**
 * How time passes for a fake QEMU: `automatic` jumps to whatever comes next as soon as everybody has had a turn,
 * `manual` stands still until it is told to advance, and `real` is the time of day.
 */
export type ClockPace = 'automatic' | 'manual' | 'real';

/** The clock of a fake QEMU, as a test sees it. */
export interface FakeClock {
  /** How time passes. */
  readonly pace: ClockPace;
  /** The time, in milliseconds since 1970. It begins with the time of day. */
  now(): number;
  /**
   * Lets so many milliseconds pass, and everything happen that is due in them. Between two things everybody gets a turn
   * to react.
   */
  advance(ms: number): Promise<void>;
  /** Goes on to the next thing that is due; false if there is none. */
  step(): Promise<boolean>;
  /** Goes on until nothing is due any more: every job has ended that ends by itself. */
  runUntilIdle(): Promise<void>;
}

interface Alarm {
  readonly atMs: number;
  readonly task: () => void;
}

// Those of the platform, even where a test puts others in their place.
const { setTimeout, clearTimeout } = globalThis;

/** The clock by which jobs copy, guests react and migrations go on. */
export class VirtualClock implements Clock, FakeClock {
  readonly pace: ClockPace;
  /** By time; those of the same time in the order of their setting. */
  readonly #alarms: Alarm[] = [];
  /** The time of day, or how far it runs ahead of it when the pace is real. */
  #offsetMs: number;
  #hand: ReturnType<typeof setTimeout> | undefined;

  /** @param pace how time passes. It begins with the time of day. */
  constructor(pace: ClockPace) {
    this.pace = pace;
    this.#offsetMs = pace === 'real' ? 0 : Date.now();
  }

  now(): number {
    return this.pace === 'real' ? Date.now() + this.#offsetMs : this.#offsetMs;
  }

  /** Has a task done after so many milliseconds, unless what is returned is disposed of before. */
  schedule(delayMs: number, task: () => void): Disposable {
    const alarm: Alarm = { atMs: this.now() + delayMs, task };
    const later = this.#alarms.findIndex(({ atMs }) => atMs > alarm.atMs);
    this.#alarms.splice(later === -1 ? this.#alarms.length : later, 0, alarm);
    this.#wind();
    return { [Symbol.dispose]: () => this.#remove(alarm) };
  }

  /** Has a task done when the command that is being carried out has got its reply, whatever the pace. */
  soon(task: () => void): void {
    setTimeout(task, 0);
  }

  async advance(ms: number): Promise<void> {
    checkMilliseconds('ms', ms);
    const untilMs = this.now() + ms;
    await turn();
    while (await this.#next(untilMs));
    this.#skipTo(untilMs);
  }

  async step(): Promise<boolean> {
    await turn();
    return await this.#next(Infinity);
  }

  async runUntilIdle(): Promise<void> {
    while (await this.step());
  }

  /** Forgets whatever is due. */
  stop(): void {
    this.#alarms.length = 0;
    this.#wind();
  }

  async #next(untilMs: number): Promise<boolean> {
    const [alarm] = this.#alarms;
    if (alarm === undefined || alarm.atMs > untilMs) return false;
    this.#skipTo(alarm.atMs);
    this.#remove(alarm);
    alarm.task();
    await turn();
    return true;
  }

  #skipTo(ms: number): void {
    this.#offsetMs += Math.max(0, ms - this.now());
  }

  #remove(alarm: Alarm): void {
    const at = this.#alarms.indexOf(alarm);
    if (at !== -1) this.#alarms.splice(at, 1);
    this.#wind();
  }

  /** Has the clock go on by itself, where it does. */
  #wind(): void {
    clearTimeout(this.#hand);
    const [alarm] = this.#alarms;
    if (this.pace === 'manual' || alarm === undefined) return;
    const waitMs = this.pace === 'real' ? Math.max(0, alarm.atMs - this.now()) : 0;
    this.#hand = setTimeout(() => void this.#next(Infinity), waitMs);
  }
}

/** What is under way gets done: replies are read, reactions come in. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
