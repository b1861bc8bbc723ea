import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Address } from '../address/address.ts';
import { bytesOf } from '../bytes-of.test-kit.ts';
import { AddressError, ConnectError, StateError } from '../errors/connection-errors.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, runningChat, toldTo } from './chat.test-kit.ts';
import { chatWith, expectUsable } from './connect.test-kit.ts';
import { CountingController } from './counting-controller.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

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
        new TypeError('vm0 has no connector: it takes ready-made transports only'),
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
});
