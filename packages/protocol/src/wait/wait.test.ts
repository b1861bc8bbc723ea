import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { TimeoutError } from '../errors/connection-errors.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from './deferred.ts';
import { wait } from './wait.ts';

const something = (): string => 'something';

describe('wait', () => {
  forbidUnhandledRejections();

  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('without options is the promise itself', () => {
    const promise = Promise.resolve(1);
    expect(wait(promise, something, {})).toBe(promise);
  });

  it('gives what the promise gives, and leaves neither timer nor listener', async () => {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    await expect(wait(Promise.resolve('value'), something, { signal, timeoutMs: 50 })).resolves.toBe('value');
    expect(vi.getTimerCount()).toBe(0);
    expect(remove).toHaveBeenCalledOnce();
  });

  it('throws what the promise throws, and leaves no timer', async () => {
    const error = new Error('no');
    await expect(wait(Promise.reject(error), something, { timeoutMs: 50 })).rejects.toBe(error);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('throws a TimeoutError that says what was waited for', async () => {
    const late = new Deferred<void>();
    const outcome = rejectionOf(wait(late.promise, () => 'a reply', { timeoutMs: 50 }));
    await vi.advanceTimersByTimeAsync(50);
    expect(await outcome).toEqual(new TimeoutError('Timed out after 50 ms waiting for a reply', { timeoutMs: 50 }));
    late.resolve();
  });

  it('throws the reason of its signal, unchanged', async () => {
    const controller = new AbortController();
    const reason = { why: 'enough' };
    const outcome = rejectionOf(wait(new Deferred().promise, something, { signal: controller.signal }));
    controller.abort(reason);
    expect(await outcome).toBe(reason);
  });

  it('may give up on a promise that then rejects', async () => {
    const late = new Deferred<void>();
    const controller = new AbortController();
    const outcome = rejectionOf(wait(late.promise, something, { signal: controller.signal }));
    controller.abort();
    expect(await outcome).toBe(controller.signal.reason);
    late.reject(new Error('too late'));
    await vi.advanceTimersByTimeAsync(0);
  });

  it('takes over a rejected promise even when the signal has aborted before', async () => {
    const signal = AbortSignal.abort(new Error('before'));
    await expect(wait(Promise.reject(new Error('nobody sees this')), something, { signal })).rejects.toThrow('before');
  });

  it('rejects for a timeout that is none', async () => {
    await expect(wait(Promise.resolve(), something, { timeoutMs: -5 })).rejects.toThrow(RangeError);
  });
});
