import { afterEach, describe, expect, it, vi } from 'vitest';

import { ConnectError, TimeoutError } from '../errors/connection-errors.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import type { Transport } from '../transport/transport.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, toldTo } from './chat.test-kit.ts';
import { chatWith, expectUsable } from './connect.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

describe('connect()', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  describe('with a timeout', () => {
    it('waits 30 s unless told otherwise', async () => {
      vi.useFakeTimers();
      const connector = new MemoryConnector();
      connector.onDial = () => new Deferred<Transport>().promise;
      const chat = chatWith(connector);
      const failed = rejectionOf(chat.connect('a black hole'));
      await vi.advanceTimersByTimeAsync(29_999);
      expect(chat.runstate).toBe('connecting');
      await vi.advanceTimersByTimeAsync(1);
      const error = await failed;
      expect(error).toBeInstanceOf(ConnectError);
      expect(error).toMatchObject({
        phase: 'connection',
        cause: new TimeoutError('Timed out after 30000 ms waiting for the connection', {
          timeoutMs: 30_000,
        }),
      });
      vi.useRealTimers();
      await expectUsable(chat);
    });

    it('can be told to wait as long as it takes', async () => {
      vi.useFakeTimers();
      const connector = new MemoryConnector();
      const transport = new Deferred<Transport>();
      connector.onDial = () => transport.promise;
      const chat = chatWith(connector);
      const connected = chat.connect('far away', { timeoutMs: Infinity });
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(chat.runstate).toBe('connecting');
      transport.resolve(transportPair()[0]);
      await connected;
      await chat.disconnect();
    });

    it('names the latest reason why it had to dial again', async () => {
      vi.useFakeTimers();
      const connector = new MemoryConnector();
      connector.onDial = (_address, { onRetry }) => {
        onRetry?.(new Error('nobody listens yet'));
        return new Deferred<Transport>().promise;
      };
      const chat = chatWith(connector);
      const failed = rejectionOf(chat.connect('vm', { retry: true, timeoutMs: 100 }));
      await vi.advanceTimersByTimeAsync(100);
      expect(await failed).toMatchObject({
        message:
          'Failed to connect to vm: Timed out after 100 ms waiting for the connection (nobody listens yet)',
      });
    });

    it('does not end the session any more once it runs', async () => {
      vi.useFakeTimers();
      const [near] = transportPair();
      const chat = new Chat();
      await chat.connect(near, { timeoutMs: 100 });
      expect(vi.getTimerCount()).toBe(0);
      await vi.advanceTimersByTimeAsync(1000);
      expect(chat.runstate).toBe('running');
      await chat.disconnect();
    });

    it('tells the dialer, so that it can clean up', async () => {
      vi.useFakeTimers();
      const connector = new MemoryConnector();
      connector.onDial = () => new Deferred<Transport>().promise;
      const chat = chatWith(connector);
      const failed = rejectionOf(chat.connect('vm', { timeoutMs: 100 }));
      await vi.advanceTimersByTimeAsync(100);
      await failed;
      expect(connector.dialed[0]?.signal.reason).toBeInstanceOf(TimeoutError);
    });
  });

  describe('with a signal', () => {
    it('that aborts while it dials throws its reason, unchanged', async () => {
      const connector = new MemoryConnector();
      connector.onDial = () => new Deferred<Transport>().promise;
      const chat = chatWith(connector);
      const controller = new AbortController();
      const watcher = chat.runstates();
      const failed = rejectionOf(chat.connect('vm', { signal: controller.signal }));
      await microtasks();
      const reason = { why: 'the user left' };
      controller.abort(reason);
      expect(await failed).toBe(reason);
      expect(await toldTo(watcher)).toEqual(['connecting', 'disconnecting', 'idle']);
      const end = await chat.closed;
      expect(end).toEqual({ kind: 'aborted', reason });
      await expectUsable(chat);
    });

    it('that aborts in the same tick does not lose the transport', async () => {
      const [near, far] = transportPair();
      const chat = new Chat();
      const controller = new AbortController();
      const failed = rejectionOf(chat.connect(near, { signal: controller.signal }));
      controller.abort();
      expect(await failed).toBe(controller.signal.reason);
      expect(await far.readable[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
    });

    it('does not end the session any more once it runs', async () => {
      const controller = new AbortController();
      const [near] = transportPair();
      const chat = new Chat();
      await chat.connect(near, { signal: controller.signal });
      controller.abort();
      await microtasks();
      expect(chat.runstate).toBe('running');
      await chat.disconnect();
    });

    it('that aborts after the attempt has failed changes nothing', async () => {
      const connector = new MemoryConnector();
      const controller = new AbortController();
      connector.onDial = () => Promise.reject(new Error('refused'));
      const failed = rejectionOf(chatWith(connector).connect('vm', { signal: controller.signal }));
      await microtasks();
      controller.abort();
      expect(await failed).toBeInstanceOf(ConnectError);
    });
  });

  it('turns away a transport that arrives after the attempt has failed', async () => {
    const connector = new MemoryConnector();
    const late = new Deferred<Transport>();
    connector.onDial = () => late.promise;
    const chat = chatWith(connector);
    const failed = rejectionOf(chat.connect('vm'));
    await microtasks();
    chat.abort(new Error('enough'));
    await failed;
    const [near, far] = transportPair();
    const abort = vi.spyOn(near, 'abort');
    late.resolve(near);
    expect(await far.readable[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
    expect(abort).toHaveBeenCalledOnce();
    await expectUsable(chat);
  });

  it('does not wait for a dialer that ignores its signal', async () => {
    const connector = new MemoryConnector();
    const never = new Deferred<Transport>();
    connector.onDial = () => never.promise;
    const chat = chatWith(connector);
    const failed = rejectionOf(chat.connect('vm'));
    await chat.disconnect();
    await failed;
    expect(await isPending(never.promise)).toBe(true);
    await expectUsable(chat);
  });
});
