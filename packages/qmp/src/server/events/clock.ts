/** The time as a server knows it: that of the system, or one of your own for tests. */
export interface Clock {
  /** In milliseconds since 1970, fractions count; `undefined` where there is no clock. */
  now(): number | undefined;
  /** Calls back once, that much later, unless what is returned is disposed of before. */
  schedule(delayMs: number, callback: () => void): Disposable;
}

/** The system's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
};
