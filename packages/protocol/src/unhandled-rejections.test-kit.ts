import { afterEach, beforeEach, expect, vi } from 'vitest';

/** From here on each test of the suite fails when it leaves a rejection behind that nobody has handled. */
export function forbidUnhandledRejections(): void {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  beforeEach(() => {
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    vi.useRealTimers();
    // They are told at the end of a turn of the event loop.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    process.off('unhandledRejection', note);
    expect(unhandled.splice(0)).toEqual([]);
  });
}
