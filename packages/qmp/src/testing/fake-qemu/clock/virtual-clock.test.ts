import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { VirtualClock } from './virtual-clock.ts';

const HOUR_MS = 3_600_000;

describe('VirtualClock', () => {
  it('begins with the time of day', () => {
    expect(Math.abs(new VirtualClock('manual').now() - Date.now())).toBeLessThan(1_000);
  });

  it('stands still when its pace is manual', async () => {
    const clock = new VirtualClock('manual');
    const done: number[] = [];
    const startMs = clock.now();
    clock.schedule(2, () => done.push(clock.now() - startMs));
    clock.schedule(1, () => done.push(clock.now() - startMs));
    clock.schedule(HOUR_MS, () => done.push(clock.now() - startMs));
    await clock.advance(0);
    expect(done).toEqual([]);
    await clock.advance(5);
    expect(done).toEqual([1, 2]);
    expect(clock.now()).toBe(startMs + 5);
    await clock.runUntilIdle();
    expect(done).toEqual([1, 2, HOUR_MS]);
  });

  it('does what is due at the same time in the order in which it was asked for', async () => {
    const clock = new VirtualClock('manual');
    const done: string[] = [];
    for (const name of ['a', 'b', 'c']) clock.schedule(1, () => done.push(name));
    await clock.advance(1);
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('goes on to what a task has asked for', async () => {
    const clock = new VirtualClock('manual');
    const startMs = clock.now();
    const end = new Promise<number>((resolve) => {
      clock.schedule(HOUR_MS, () => clock.schedule(HOUR_MS, () => resolve(clock.now() - startMs)));
    });
    await clock.advance(2 * HOUR_MS);
    expect(await end).toBe(2 * HOUR_MS);
  });

  it('goes step by step', async () => {
    const clock = new VirtualClock('manual');
    clock.schedule(HOUR_MS, () => undefined);
    expect(await clock.step()).toBe(true);
    expect(await clock.step()).toBe(false);
  });

  it('jumps ahead by itself when its pace is automatic', async () => {
    const clock = new VirtualClock('automatic');
    const startMs = clock.now();
    const passedMs = await new Promise((resolve) => {
      clock.schedule(HOUR_MS, () => resolve(clock.now() - startMs));
    });
    expect(passedMs).toBe(HOUR_MS);
  });

  it('is the time of day when its pace is real, and can be moved ahead of it', async () => {
    const clock = new VirtualClock('real');
    const done = vi.fn();
    clock.schedule(1, done);
    await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
    clock.schedule(HOUR_MS, done);
    await clock.advance(HOUR_MS);
    expect(done).toHaveBeenCalledTimes(2);
    expect(clock.now() - Date.now()).toBeGreaterThan(HOUR_MS - 1_000);
  });

  it.each(['automatic', 'manual', 'real'] as const)('takes back a task, and all tasks, when it is %s', async (pace) => {
    const clock = new VirtualClock(pace);
    const task = vi.fn();
    clock.schedule(1, task)[Symbol.dispose]();
    clock.schedule(2, task);
    clock.stop();
    await clock.advance(10);
    expect(task).not.toHaveBeenCalled();
  });

  it('does soon what is asked for soon, whatever the pace', async () => {
    const clock = new VirtualClock('manual');
    await new Promise<void>((resolve) => clock.soon(resolve));
    expect(clock.pace).toBe('manual');
  });

  it('keeps its own time where a test has put other timers in place', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const clock = new VirtualClock('automatic');
    await new Promise<void>((resolve) => {
      clock.schedule(HOUR_MS, resolve);
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('refuses a time that is none', async () => {
    await expect(new VirtualClock('manual').advance(-1)).rejects.toThrow(RangeError);
  });
});
