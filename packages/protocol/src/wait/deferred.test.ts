import { describe, expect, it } from 'vitest';

import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from './deferred.ts';

describe('Deferred', () => {
  forbidUnhandledRejections();

  it('resolves its promise from outside', async () => {
    const deferred = new Deferred<number>();
    expect(deferred.state).toBe('pending');
    deferred.resolve(1);
    expect(deferred.state).toBe('settled');
    await expect(deferred.promise).resolves.toBe(1);
  });

  it('rejects its promise from outside, for everybody who looks', async () => {
    const deferred = new Deferred<number>();
    const error = new Error('no');
    deferred.reject(error);
    expect(deferred.state).toBe('settled');
    await expect(deferred.promise).rejects.toBe(error);
    await expect(deferred.promise).rejects.toBe(error);
  });

  it('counts only the first of resolve and reject', async () => {
    const deferred = new Deferred<number>();
    deferred.resolve(1);
    deferred.reject(new Error('too late'));
    deferred.resolve(2);
    await expect(deferred.promise).resolves.toBe(1);
  });

  it('is no unhandled rejection when nobody looks', () => {
    const deferred = new Deferred<number>();
    deferred.reject(new Error('nobody looks'));
    expect(deferred.state).toBe('settled');
  });
});
