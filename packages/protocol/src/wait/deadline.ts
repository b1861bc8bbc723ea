import { TimeoutError } from '../errors/connection-errors.ts';
import type { CallOptions } from './call-options.ts';

/** Timers count in 32 bits; a longer wait (25 days) would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The end of a call's patience: its signal or its timeout, whichever comes first, told once to `onEnd` with what the
 * call is to throw. Dispose of it when the call ends, or the timer and the signal's listener stay behind.
 */
export class Deadline {
  readonly #onEnd: (reason: unknown) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param waitingFor what a timeout says was waited for; asked when it happens.
   * @throws RangeError when `timeoutMs` is not a number of milliseconds; `signal.reason` when the signal has aborted.
   */
  constructor(options: CallOptions, waitingFor: () => string, onEnd: (reason: unknown) => void) {
    const { signal, timeoutMs = Infinity } = options;
    checkMilliseconds('timeoutMs', timeoutMs);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', this);
    this.#signal = signal;
    this.#onEnd = onEnd;
    if (timeoutMs <= LONGEST_TIMER_MS) {
      this.#timer = setTimeout(() => {
        onEnd(new TimeoutError(`Timed out after ${timeoutMs} ms waiting for ${waitingFor()}`, { timeoutMs }));
      }, timeoutMs);
    }
  }

  /** The call has ended: nothing fires any more. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this);
  }

  /** @internal The signal has aborted. */
  handleEvent(): void {
    this.#onEnd(this.#signal?.reason);
  }
}

/** @throws RangeError when the option is not a number of milliseconds from 0 up. */
export function checkMilliseconds(option: string, milliseconds: unknown): void {
  if (typeof milliseconds === 'number' && milliseconds >= 0) return;
  throw new RangeError(`${option} is ${String(milliseconds)}; expected milliseconds, 0 or more`);
}
