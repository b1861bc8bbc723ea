import { describe, expect, it, vi } from 'vitest';

import { bytesOf, textOf } from '../bytes-of.test-kit.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { type MemoryTransport, transportPair } from './transport-pair.ts';

async function readAll(transport: MemoryTransport): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of transport.readable) chunks.push(textOf(chunk));
  return chunks;
}

const FULL = 'x'.repeat(256 * 1024);

describe('transportPair', () => {
  forbidUnhandledRejections();

  it('carries bytes both ways, as they were written', async () => {
    const [left, right] = transportPair();
    const arrived = Promise.all([readAll(left), readAll(right)]);
    expect(left.write(bytesOf('to the right'))).toBeUndefined();
    expect(right.write(bytesOf('to '))).toBeUndefined();
    expect(right.write(bytesOf('the left'))).toBeUndefined();
    await Promise.all([left.close(), right.close()]);
    expect(await arrived).toEqual([['to ', 'the left'], ['to the right']]);
    expect([left.description, right.description]).toEqual(['memory:left', 'memory:right']);
  });

  it('keeps what was written from a change of the buffer afterwards', async () => {
    const [left, right] = transportPair();
    const buffer = bytesOf('abc');
    void left.write(buffer);
    buffer.fill(0);
    await left.close();
    expect(await readAll(right)).toEqual(['abc']);
  });

  it('cuts chunks as it is told', async () => {
    const sizes = [1, 2, 0, 100];
    const [left, right] = transportPair({ chunkBytes: () => sizes.shift() ?? 3 });
    void left.write(bytesOf('abcdef'));
    void left.write(bytesOf('ghij'));
    await left.close();
    expect(await readAll(right)).toEqual(['a', 'bc', 'd', 'ef', 'ghi', 'j']);
  });

  it('lets a chunk through when the test says so', async () => {
    const gates = [new Deferred<void>(), new Deferred<void>()];
    let next = 0;
    const [left, right] = transportPair({
      chunkBytes: () => 1,
      delay: () => gates[next++]?.promise ?? Promise.resolve(),
    });
    const reader = right.readable[Symbol.asyncIterator]();
    void left.write(bytesOf('ab'));
    const first = reader.next();
    expect(await isPending(first)).toBe(true);
    gates[0]?.resolve();
    expect(await first).toEqual({ value: bytesOf('a'), done: false });
    const second = reader.next();
    expect(await isPending(second)).toBe(true);
    gates[1]?.resolve();
    expect(await second).toEqual({ value: bytesOf('b'), done: false });
  });

  it('makes a writer wait for a reader that is behind', async () => {
    const [left, right] = transportPair();
    void left.write(bytesOf(FULL));
    await microtasks();
    const written = left.write(bytesOf('more'));
    expect(written).toBeInstanceOf(Promise);
    expect(await isPending(Promise.resolve(written))).toBe(true);
    const reader = right.readable[Symbol.asyncIterator]();
    await reader.next();
    await written;
    expect(await reader.next()).toEqual({ value: bytesOf('more'), done: false });
  });

  it('lets a writer go that waits for a reader which is gone', async () => {
    const [left, right] = transportPair();
    void left.write(bytesOf(FULL));
    await microtasks();
    const written = left.write(bytesOf('more'));
    right.abort();
    await expect(written).resolves.toBeUndefined();
    await expect(left.close()).resolves.toBeUndefined();
  });

  it('takes nothing after its end', async () => {
    const [left] = transportPair();
    await left.close();
    await expect(left.write(bytesOf('late'))).rejects.toThrow('written after the end');
  });

  it('flushes before it closes, and ends both directions', async () => {
    const [left, right] = transportPair();
    void left.write(bytesOf('last'));
    const closed = left.close();
    expect(await readAll(right)).toEqual(['last']);
    await closed;
    expect(await readAll(left)).toEqual([]);
  });

  it('that is aborted drops what was not yet delivered', async () => {
    const [left, right] = transportPair({ delay: () => microtasks() });
    void left.write(bytesOf('never'));
    left.abort();
    left.abort();
    expect(await readAll(right)).toEqual([]);
    expect(await readAll(left)).toEqual([]);
  });

  describe('faults', () => {
    it('hangUp lets what was written arrive, and then the end', async () => {
      const [left, right] = transportPair();
      void left.write(bytesOf('bye'));
      await left.hangUp();
      expect(await readAll(right)).toEqual(['bye']);
      void right.write(bytesOf('still there?'));
      await right.close();
      expect(await readAll(left)).toEqual(['still there?']);
    });

    it('break gives both readers the error, and takes no more writes', async () => {
      const [left, right] = transportPair();
      const error = new Error('ECONNRESET');
      right.break(error);
      expect(await rejectionOf(readAll(left))).toBe(error);
      expect(await rejectionOf(readAll(right))).toBe(error);
      await expect(left.write(bytesOf('late'))).rejects.toBe(error);
    });

    it('break rejects writes that wait, for a stalled end or for a reader', async () => {
      const [left, right] = transportPair();
      const error = new Error('ECONNRESET');
      left.stall();
      const stalled = rejectionOf(Promise.resolve(left.write(bytesOf('a'))));
      void right.write(bytesOf(FULL));
      await microtasks();
      const behind = rejectionOf(Promise.resolve(right.write(bytesOf('b'))));
      await microtasks();
      left.break(error);
      expect(await stalled).toBe(error);
      expect(await behind).toBe(error);
      await expect(left.close()).rejects.toBe(error);
    });

    it('stall holds writes back until it is over', async () => {
      const [left, right] = transportPair();
      const goOn = left.stall();
      const arrived = readAll(right);
      const written = left.write(bytesOf('slow'));
      expect(await isPending(Promise.resolve(written))).toBe(true);
      goOn();
      await written;
      expect(left.write(bytesOf('fast'))).toBeUndefined();
      await left.close();
      expect(await arrived).toEqual(['slow', 'fast']);
    });

    it('abort ends a stall', async () => {
      const [left] = transportPair();
      left.stall();
      const written = left.write(bytesOf('never'));
      left.abort();
      await expect(written).resolves.toBeUndefined();
    });
  });

  it('has no timer of its own', async () => {
    vi.useFakeTimers();
    const [left, right] = transportPair({ chunkBytes: () => 1 });
    void left.write(bytesOf('abc'));
    await left.close();
    expect(await readAll(right)).toEqual(['a', 'b', 'c']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
