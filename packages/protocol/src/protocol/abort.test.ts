import { afterEach, describe, expect, it, vi } from 'vitest';

import { readAll } from '../bytes-of.test-kit.ts';
import { ConnectError, DisconnectedError } from '../errors/connection-errors.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import type { Transport } from '../transport/transport.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, runningChat, toldTo } from './chat.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

describe('abort()', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  it('does nothing when idle', async () => {
    const chat = new Chat();
    const watcher = chat.runstates();
    chat.abort(new Error('nothing to abort'));
    expect(await toldTo(watcher)).toEqual([]);
  });

  it('flushes nothing, and returns to idle by itself', async () => {
    const { chat, near, far } = await runningChat();
    const watcher = chat.runstates();
    near.stall();
    void chat.say('never');
    await microtasks();
    const reason = new Error('enough');
    chat.abort(reason);
    expect(chat.runstate).toBe('disconnecting');
    const end = await chat.closed;
    expect(end).toEqual({ kind: 'aborted', reason });
    expect(end.kind === 'aborted' && end.reason).toBe(reason);
    expect(chat.runstate).toBe('idle');
    expect(await readAll(far)).toBe('');
    expect(await toldTo(watcher)).toEqual(['disconnecting', 'idle']);
    await chat.disconnect();
  });

  it('has a reason of its own when none is given', async () => {
    const { chat } = await runningChat();
    chat.abort();
    expect(await chat.closed).toEqual({ kind: 'aborted', reason: new DisconnectedError('Aborted by this side') });
  });

  it('tells those who wait for backpressure the reason', async () => {
    const { chat, near } = await runningChat();
    near.stall();
    const slow = rejectionOf(Promise.resolve(chat.say('x'.repeat(2_000_000))));
    const reason = new Error('enough');
    chat.abort(reason);
    expect(await slow).toBe(reason);
  });

  it('counts the first reason only', async () => {
    const { chat } = await runningChat();
    const first = new Error('first');
    chat.abort(first);
    chat.abort(new Error('second'));
    expect(await chat.closed).toEqual({ kind: 'aborted', reason: first });
    expect(chat.ends).toHaveLength(1);
  });

  it('cuts a disconnect() short that waits for a slow peer', async () => {
    vi.useFakeTimers();
    const { chat, near } = await runningChat();
    near.stall();
    void chat.say('never');
    await microtasks();
    const disconnected = chat.disconnect();
    await microtasks();
    expect(chat.runstate).toBe('disconnecting');
    chat.abort();
    await disconnected;
    expect(chat.runstate).toBe('idle');
    expect(vi.getTimerCount()).toBe(0);
    expect(await chat.closed).toEqual({ kind: 'disconnected' });
  });

  it('after a loss returns to idle, and disconnect() has nothing to tell any more', async () => {
    const { chat, far } = await runningChat();
    await far.hangUp();
    const end = await chat.closed;
    expect(chat.runstate).toBe('disconnecting');
    chat.abort();
    expect(chat.runstate).toBe('idle');
    await expect(chat.disconnect()).resolves.toBeUndefined();
    expect(await chat.closed).toBe(end);
    expect(end.kind).toBe('lost');
  });

  it('in the very moment of a loss returns to idle as well', async () => {
    const { chat, far } = await runningChat();
    void far.hangUp();
    while (chat.runstate === 'running') await Promise.resolve();
    chat.abort();
    await chat.closed;
    expect(chat.runstate).toBe('idle');
  });

  describe('ends an attempt that is under way, with the reason as its cause:', () => {
    const reason = new Error('enough');

    it('a dialing one', async () => {
      const connector = new MemoryConnector();
      connector.onDial = () => new Deferred<Transport>().promise;
      const chat = new Chat({ connector });
      const watcher = chat.runstates();
      const failed = rejectionOf(chat.connect('vm'));
      chat.abort(reason);
      const error = await failed;
      expect(error).toBeInstanceOf(ConnectError);
      expect(error).toMatchObject({ message: 'Failed to connect to vm: enough', phase: 'connection', cause: reason });
      expect(chat.runstate).toBe('idle');
      expect(await toldTo(watcher)).toEqual(['connecting', 'disconnecting', 'idle']);
      expect(await chat.closed).toEqual({ kind: 'aborted', reason });
    });

    it('one that shakes hands', async () => {
      const chat = new Chat();
      chat.handshake = async (join) => {
        await chat.hear();
        await join();
      };
      const [near, far] = transportPair();
      const failed = rejectionOf(chat.connect(near));
      await microtasks();
      chat.abort(reason);
      expect(await failed).toMatchObject({ name: 'ConnectError', phase: 'session', cause: reason });
      expect(await readAll(far)).toBe('');
    });

    it('one that listens', async () => {
      const connector = new MemoryConnector();
      const chat = new Chat({ connector });
      await chat.startServer('here');
      chat.abort(reason);
      await chat.closed;
      expect(chat.runstate).toBe('idle');
      expect(connector.listener.state).toBe('closed');
    });

    it('one that accepts', async () => {
      const connector = new MemoryConnector();
      const chat = new Chat({ connector });
      await chat.startServer('here');
      const failed = rejectionOf(chat.accept());
      chat.abort(reason);
      expect(await failed).toMatchObject({ name: 'ConnectError', cause: reason });
      expect(connector.listener.state).toBe('closed');
      expect(chat.runstate).toBe('idle');
    });

    it('one whose peer arrives in that moment, which is turned away', async () => {
      const connector = new MemoryConnector();
      const chat = new Chat({ connector });
      await chat.startServer('here');
      const failed = rejectionOf(chat.accept());
      const [near, far] = transportPair();
      connector.listener.arrive(near);
      chat.abort(reason);
      expect(await failed).toMatchObject({ cause: reason });
      expect(await readAll(far)).toBe('');
    });
  });
});
