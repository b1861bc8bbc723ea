import type { VirtualClock } from '../clock/virtual-clock.ts';

interface Goal {
  readonly bytes: number;
  readonly onArrival: () => void;
}

/** Work that takes its time: so many bytes a second, and none while it is paused. At no speed it never ends. */
export class Progress {
  readonly #clock: VirtualClock;
  #bytesPerSecond: number;
  /** What was done when the clock was last looked at. */
  #doneBytes = 0;
  #sinceMs: number;
  #isPaused = false;
  #goal: Goal | undefined;
  #alarm: Disposable | undefined;

  constructor(clock: VirtualClock, bytesPerSecond: number) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
    this.#sinceMs = clock.now();
  }

  /** How far it has got. */
  get doneBytes(): number {
    if (this.#isPaused || this.#goal === undefined) return this.#doneBytes;
    const passedMs = this.#clock.now() - this.#sinceMs;
    if (passedMs <= 0) return this.#doneBytes;
    return Math.min(this.#goal.bytes, Math.floor(this.#doneBytes + (passedMs / 1000) * this.#bytesPerSecond));
  }

  /** Works on until so many bytes are done, and then does something else. */
  runTo(bytes: number, onArrival: () => void): void {
    this.#look();
    this.#goal = { bytes, onArrival };
    this.#plan();
  }

  /** Changes the speed. */
  setSpeed(bytesPerSecond: number): void {
    this.#look();
    this.#bytesPerSecond = bytesPerSecond;
    this.#plan();
  }

  /** Rests, until it is resumed. */
  pause(): void {
    this.#look();
    this.#isPaused = true;
    this.#plan();
  }

  /** Goes on. */
  resume(): void {
    this.#sinceMs = this.#clock.now();
    this.#isPaused = false;
    this.#plan();
  }

  /** Is done with so many bytes, in no time. */
  finish(bytes: number, onArrival: () => void): void {
    this.stop();
    this.#doneBytes = bytes;
    onArrival();
  }

  /** Works no more. */
  stop(): void {
    this.#look();
    this.#goal = undefined;
    this.#plan();
  }

  #look(): void {
    this.#doneBytes = this.doneBytes;
    this.#sinceMs = this.#clock.now();
  }

  #plan(): void {
    this.#alarm?.[Symbol.dispose]();
    this.#alarm = undefined;
    const goal = this.#goal;
    if (goal === undefined || this.#isPaused || this.#bytesPerSecond === 0) return;
    const delayMs = (Math.max(0, goal.bytes - this.#doneBytes) / this.#bytesPerSecond) * 1000;
    this.#alarm = this.#clock.schedule(delayMs, () => {
      this.#doneBytes = goal.bytes;
      this.#goal = undefined;
      goal.onArrival();
    });
  }
}
