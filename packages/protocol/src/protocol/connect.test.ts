import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Address } from '../address/address.ts';
import { bytesOf } from '../bytes-of.test-kit.ts';
import { AddressError, ConnectError, StateError, TimeoutError } from '../errors/connection-errors.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import type { Transport } from '../transport/transport.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, runningChat, toldTo } from './chat.test-kit.ts';
import { CountingController } from './counting-controller.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

function chatWith(connector: MemoryConnector): Chat {
  return new Chat({ name: 'vm0', connector });
}

/** The object must be as good as new. */
async function expectUsable(chat: Chat): Promise<void> {
  expect(chat.runstate).toBe('idle');
  const watcher = chat.runstates();
  const { far } = await runningChat(chat);
  void far.write(bytesOf('hello again\n'));
  await microtasks();
  expect(chat.heard.at(-1)).toBe('hello again');
  await chat.disconnect();
  expect(await toldTo(watcher)).toEqual(['connecting', 'running', 'disconnecting', 'idle']);
}

describe('connect()', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  it('takes a ready-made transport', async () => {
    const chat = new Chat();
    const [near, far] = transportPair();
    void far.write(bytesOf('hello\n'));
    await chat.connect(near);
    expect(chat.runstate).toBe('running');
    await microtasks();
    expect(chat.heard).toEqual(['hello']);
    await chat.disconnect();
  });

  it('knows its peer for as long as there is one', async () => {
    const chat = new Chat();
    expect(chat.peer).toBeUndefined();
    await runningChat(chat);
    expect(chat.peer).toBe('memory:left');
    await chat.disconnect();
    expect(chat.peer).toBeUndefined();
  });

  it('dials an address, as the options say', async () => {
    const connector = new MemoryConnector();
    const [near, far] = transportPair();
    connector.onDial = () => Promise.resolve(near);
    const chat = chatWith(connector);
    await chat.connect('anywhere', { retry: true });
    expect(connector.dialed).toMatchObject([{ retry: true }]);
    const reader = far.readable[Symbol.asyncIterator]();
    void chat.say('hello');
    expect(await reader.next()).toEqual({ value: bytesOf('hello\n'), done: false });
    await chat.disconnect();
  });

  it('shows a watcher connecting, running, disconnecting and idle', async () => {
    const chat = new Chat();
    const watcher = chat.runstates();
    await runningChat(chat);
    await chat.disconnect();
    expect(await toldTo(watcher)).toEqual(['connecting', 'running', 'disconnecting', 'idle']);
  });

  describe('refuses, before anything happens,', () => {
    it.each(['connecting', 'running', 'disconnecting'] as const)('to be called when %s', async (state) => {
      const chat = new Chat({ name: 'vm0' });
      const { near, far } = { near: transportPair()[0], far: transportPair()[0] };
      const gate = new Deferred<void>();
      chat.handshake = async (join) => {
        await gate.promise;
        await join();
      };
      const [left, right] = transportPair();
      const connected = chat.connect(left);
      if (state !== 'connecting') {
        gate.resolve();
        await connected;
      }
      if (state === 'disconnecting') {
        await right.hangUp();
        await chat.closed;
      }
      const watcher = chat.runstates();
      const error = await rejectionOf(chat.connect(near));
      expect(error).toBeInstanceOf(StateError);
      expect(error).toMatchObject({ state, required: ['idle'] });
      expect(chat.runstate).toBe(state);
      expect(await toldTo(watcher)).toEqual([]);
      gate.resolve();
      await connected;
      await chat.disconnect().catch(() => 'a loss in one of the cases');
      far.abort();
    });

    it('an address that the connector cannot read', async () => {
      const chat = chatWith(new MemoryConnector());
      const watcher = chat.runstates();
      await expect(chat.connect('')).rejects.toThrow(new AddressError("'' is no address", { address: '' }));
      const noAddress = undefined as unknown as Address;
      await expect(chat.connect(noAddress)).rejects.toThrow("'undefined' is no address");
      expect(await toldTo(watcher)).toEqual([]);
      await expectUsable(chat);
    });

    it('an address when it has no connector', async () => {
      const chat = new Chat({ name: 'vm0' });
      await expect(chat.connect('anywhere')).rejects.toThrow(
        new TypeError('vm0 was made without a connector: connect() takes a ready-made transport only'),
      );
      await expectUsable(chat);
    });

    it('a timeout that is none', async () => {
      const connector = new MemoryConnector();
      const chat = chatWith(connector);
      await expect(chat.connect('anywhere', { timeoutMs: -1 })).rejects.toThrow(RangeError);
      expect(connector.dialed).toEqual([]);
      expect(chat.runstate).toBe('idle');
    });

    it('a signal that has aborted', async () => {
      const connector = new MemoryConnector();
      const chat = chatWith(connector);
      const reason = new Error('changed my mind');
      const watcher = chat.runstates();
      await expect(chat.connect('anywhere', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      expect(connector.dialed).toEqual([]);
      expect(await toldTo(watcher)).toEqual([]);
    });

    it('and leaves no timer and no listener behind', async () => {
      vi.useFakeTimers();
      const controller = new CountingController();
      const chat = chatWith(new MemoryConnector());
      await rejectionOf(chat.connect('', { signal: controller.signal }));
      expect(controller.listeners).toBe(0);
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  describe('that fails', () => {
    it('while dialing says what it tried and why, and is idle again', async () => {
      const connector = new MemoryConnector();
      const cause = new Error('connection refused');
      connector.onDial = () => Promise.reject(cause);
      const chat = chatWith(connector);
      const watcher = chat.runstates();
      const error = await rejectionOf(chat.connect('somewhere'));
      expect(error).toBeInstanceOf(ConnectError);
      expect(error).toMatchObject({
        message: 'Failed to connect to somewhere: connection refused',
        phase: 'connection',
        cause,
      });
      expect(await toldTo(watcher)).toEqual(['connecting', 'disconnecting', 'idle']);
      expect(await chat.closed).toEqual({ kind: 'lost', error: cause });
      expect(chat.ends).toEqual([{ kind: 'lost', error: cause }]);
      await expectUsable(chat);
    });

    it('because no codec can be made closes the transport', async () => {
      const error = new RangeError('no such limit');
      const chat = new Chat({
        createCodec: () => {
          throw error;
        },
      });
      const [near, far] = transportPair();
      expect(await rejectionOf(chat.connect(near))).toMatchObject({ phase: 'session', cause: error });
      expect(await far.readable[Symbol.asyncIterator]().next()).toEqual({ value: undefined, done: true });
      expect(chat.runstate).toBe('idle');
    });

    it('leaves no timer behind', async () => {
      vi.useFakeTimers();
      const connector = new MemoryConnector();
      const chat = chatWith(connector);
      await rejectionOf(chat.connect('nowhere'));
      expect(vi.getTimerCount()).toBe(0);
    });
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
        cause: new TimeoutError('Timed out after 30000 ms waiting for a black hole to accept the connection', {
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
          'Failed to connect to vm: Timed out after 100 ms waiting for vm to accept the connection (nobody listens yet)',
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

  it('works 100 times on one object, and leaves no listener and no timer behind', async () => {
    vi.useFakeTimers();
    const connector = new MemoryConnector();
    const controller = new CountingController();
    const chat = chatWith(connector);
    const closed = new Set<Promise<unknown>>();
    const failures: unknown[] = [];
    for (let round = 0; round < 100; round += 1) {
      const [near, far] = transportPair();
      connector.onDial = () => (round % 10 === 9 ? Promise.reject(new Error('refused')) : Promise.resolve(near));
      const connected = chat.connect('vm', { signal: controller.signal, timeoutMs: 1000 });
      closed.add(chat.closed);
      await connected.catch((error: unknown) => failures.push(error));
      if (round % 3 === 0) await far.hangUp();
      if (round % 3 === 1) chat.abort();
      await microtasks();
      await chat.disconnect().catch((error: unknown) => error);
      expect(chat.runstate).toBe('idle');
    }
    expect(controller.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(closed.size).toBe(100);
    expect(failures).toHaveLength(10);
    expect(chat.ends).toHaveLength(100);
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
