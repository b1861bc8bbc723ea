import { fc, test } from '@fast-check/vitest';
import { describe, expect, it, vi } from 'vitest';

import { rejectionOf } from '../rejection-of.test-kit.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { BoundedStream } from './bounded-stream.ts';

async function readAll<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

describe('BoundedStream', () => {
  forbidUnhandledRejections();

  it('hands items on in the order in which they came', async () => {
    const stream = new BoundedStream<number>({ limit: 10 });
    stream.push(1);
    stream.push(2);
    expect(stream.unread).toBe(2);
    stream.end();
    await expect(readAll(stream)).resolves.toEqual([1, 2]);
    expect(stream.unread).toBe(0);
  });

  it('serves readers that wait, the first one first', async () => {
    const stream = new BoundedStream<string>({ limit: 1 });
    const waiting = [stream.next(), stream.next()];
    stream.push('a');
    stream.push('b');
    await expect(Promise.all(waiting)).resolves.toEqual([
      { value: 'a', done: false },
      { value: 'b', done: false },
    ]);
    expect(stream.lost).toBe(0);
  });

  it('keeps undefined as an item like any other', async () => {
    const stream = new BoundedStream<undefined>({ limit: 2 });
    stream.push(undefined);
    await expect(stream.next()).resolves.toEqual({ value: undefined, done: false });
  });

  it('drops the oldest beyond its limit, and counts them', async () => {
    const stream = new BoundedStream<number>({ limit: 3 });
    for (let item = 0; item < 10; item += 1) stream.push(item);
    expect(stream.unread).toBe(3);
    expect(stream.lost).toBe(7);
    stream.end();
    await expect(readAll(stream)).resolves.toEqual([7, 8, 9]);
  });

  it.each([0, -1, Number.NaN])('refuses a limit of %d', (limit) => {
    expect(() => new BoundedStream({ limit })).toThrow(
      new RangeError(`The limit of a stream is ${limit}; expected 1 or more`),
    );
  });

  it('ends for every reader that waits, and for later ones', async () => {
    const stream = new BoundedStream<number>({ limit: 3 });
    const waiting = [stream.next(), stream.next()];
    stream.end();
    const done = { value: undefined, done: true };
    await expect(Promise.all([...waiting, stream.next()])).resolves.toEqual([done, done, done]);
  });

  it('gives what is unread before the error that broke it, the error once, and then the end', async () => {
    const stream = new BoundedStream<number>({ limit: 3 });
    const error = new Error('lost');
    stream.push(1);
    stream.fail(error);
    await expect(stream.next()).resolves.toEqual({ value: 1, done: false });
    await expect(stream.next()).rejects.toBe(error);
    await expect(stream.next()).resolves.toEqual({ value: undefined, done: true });
  });

  it('gives the error to the first reader that waits, and the end to the others', async () => {
    const stream = new BoundedStream<number>({ limit: 3 });
    const error = new Error('lost');
    const first = rejectionOf(stream.next());
    const second = stream.next();
    stream.fail(error);
    expect(await first).toBe(error);
    await expect(second).resolves.toEqual({ value: undefined, done: true });
  });

  it('that broke is no unhandled rejection, with or without a reader', () => {
    const unread = new BoundedStream<number>({ limit: 3 });
    unread.fail(new Error('nobody reads'));
    const abandoned = new BoundedStream<number>({ limit: 3 });
    const waiting = abandoned.next();
    abandoned.fail(new Error('nobody awaits'));
    expect(waiting).toBeInstanceOf(Promise);
  });

  it('counts only the first of end and fail', async () => {
    const ended = new BoundedStream<number>({ limit: 3 });
    ended.end();
    ended.fail(new Error('too late'));
    await expect(ended.next()).resolves.toEqual({ value: undefined, done: true });
    const failed = new BoundedStream<number>({ limit: 3 });
    failed.fail(new Error('first'));
    failed.end();
    await expect(failed.next()).rejects.toThrow('first');
  });

  it('takes nothing more after its end', async () => {
    const stream = new BoundedStream<number>({ limit: 3 });
    stream.end();
    stream.push(1);
    expect(stream.unread).toBe(0);
    await expect(readAll(stream)).resolves.toEqual([]);
  });

  it('is closed, once, by leaving the loop', async () => {
    const onClose = vi.fn<() => void>();
    const stream = new BoundedStream<number>({ limit: 3, onClose });
    stream.push(1);
    stream.push(2);
    for await (const item of stream) {
      expect(item).toBe(1);
      break;
    }
    expect(onClose).toHaveBeenCalledOnce();
    expect(stream.unread).toBe(0);
    await expect(stream.next()).resolves.toEqual({ value: undefined, done: true });
    await stream[Symbol.asyncDispose]();
    stream[Symbol.dispose]();
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('ends a reader that waits when it is disposed of', async () => {
    const stream = new BoundedStream<number>({ limit: 3 });
    const waiting = stream.next();
    await stream[Symbol.asyncDispose]();
    await expect(waiting).resolves.toEqual({ value: undefined, done: true });
  });

  test.prop([
    fc.integer({ min: 1, max: 40 }),
    fc.array(fc.oneof(fc.constant('read' as const), fc.integer({ min: 1, max: 60 })), { maxLength: 30 }),
  ])('behaves as a list that forgets its head', async (limit, operations) => {
    const stream = new BoundedStream<number>({ limit });
    const model: number[] = [];
    let pushed = 0;
    let lost = 0;
    for (const operation of operations) {
      if (operation === 'read') {
        if (model.length > 0) expect(await stream.next()).toEqual({ value: model.shift(), done: false });
        continue;
      }
      for (let count = 0; count < operation; count += 1) {
        pushed += 1;
        stream.push(pushed);
        model.push(pushed);
        if (model.length > limit) {
          model.shift();
          lost += 1;
        }
      }
      expect([stream.unread, stream.lost]).toEqual([model.length, lost]);
    }
    stream.end();
    expect(await readAll(stream)).toEqual(model);
  });
});
