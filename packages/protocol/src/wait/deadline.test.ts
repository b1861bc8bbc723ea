import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { TimeoutError } from '../errors/connection-errors.ts';
import { Deadline } from './deadline.ts';

const nothing = (): string => 'nothing';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a timeout', () => {
  it('tells, when it is over, how long was waited and for what', () => {
    const ends: unknown[] = [];
    let waitingFor = 'the greeting';
    const deadline = new Deadline(
      { timeoutMs: 250 },
      () => waitingFor,
      (reason) => ends.push(reason),
    );
    waitingFor = 'the reply';
    vi.advanceTimersByTime(249);
    expect(ends).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ends).toEqual([new TimeoutError('Timed out after 250 ms waiting for the reply', { timeoutMs: 250 })]);
    expect(ends[0]).toMatchObject({ name: 'TimeoutError', code: 'TIMED_OUT', timeoutMs: 250 });
    deadline.dispose();
  });

  it('of 0 ends at once, but not within the call', () => {
    const onEnd = vi.fn<(reason: unknown) => void>();
    const deadline = new Deadline({ timeoutMs: 0 }, nothing, onEnd);
    expect(onEnd).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0);
    expect(onEnd).toHaveBeenCalledOnce();
    deadline.dispose();
  });

  it.each([Infinity, 2 ** 31, Number.MAX_SAFE_INTEGER])('of %d needs no timer', (timeoutMs) => {
    const deadline = new Deadline({ timeoutMs }, nothing, () => {});
    expect(vi.getTimerCount()).toBe(0);
    deadline.dispose();
  });

  it('of the longest time that a timer can count is one', () => {
    const deadline = new Deadline({ timeoutMs: 2 ** 31 - 1 }, nothing, () => {});
    expect(vi.getTimerCount()).toBe(1);
    deadline.dispose();
  });

  it.each([-1, Number.NaN, '5' as unknown as number, null as unknown as number])('of %s is refused', (timeoutMs) => {
    expect(() => new Deadline({ timeoutMs }, nothing, () => {})).toThrow(
      new RangeError(`timeoutMs is ${String(timeoutMs)}; expected milliseconds, 0 or more`),
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is forgotten when the deadline is disposed of', () => {
    const onEnd = vi.fn<(reason: unknown) => void>();
    new Deadline({ timeoutMs: 5 }, nothing, onEnd).dispose();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(10);
    expect(onEnd).not.toHaveBeenCalled();
  });
});

describe('a signal', () => {
  it('ends it with its own reason, unchanged', () => {
    const onEnd = vi.fn<(reason: unknown) => void>();
    const controller = new AbortController();
    const reason = { why: 'the user left' };
    const deadline = new Deadline({ signal: controller.signal }, nothing, onEnd);
    controller.abort(reason);
    expect(onEnd.mock.calls).toEqual([[reason]]);
    expect(onEnd.mock.calls[0]?.[0]).toBe(reason);
    deadline.dispose();
  });

  it('that has aborted already throws its reason, and leaves no timer', () => {
    const reason = new Error('long gone');
    const signal = AbortSignal.abort(reason);
    expect(() => new Deadline({ signal, timeoutMs: 5 }, nothing, () => {})).toThrow(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps no listener after the deadline is disposed of', () => {
    const onEnd = vi.fn<(reason: unknown) => void>();
    const controller = new AbortController();
    const remove = vi.spyOn(controller.signal, 'removeEventListener');
    new Deadline({ signal: controller.signal }, nothing, onEnd).dispose();
    expect(remove).toHaveBeenCalledOnce();
    controller.abort();
    expect(onEnd).not.toHaveBeenCalled();
  });
});

it('without a signal and a timeout never ends', () => {
  const onEnd = vi.fn<(reason: unknown) => void>();
  const deadline = new Deadline({}, nothing, onEnd);
  expect(vi.getTimerCount()).toBe(0);
  deadline.dispose();
  expect(onEnd).not.toHaveBeenCalled();
});
