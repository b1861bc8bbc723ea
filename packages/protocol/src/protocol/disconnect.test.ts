import { afterEach, describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import {
  ConnectError,
  ConnectionLostError,
  DisconnectedError,
  EndOfStreamError,
  StateError,
} from '../errors/connection-errors.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import type { Transport } from '../transport/transport.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, runningChat, toldTo } from './chat.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

describe('disconnect()', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  it('does nothing when idle, and makes no transition', async () => {
    const chat = new Chat();
    const watcher = chat.runstates();
    await chat.disconnect();
    await chat.disconnect();
    expect(await toldTo(watcher)).toEqual([]);
    expect(await isPending(chat.closed)).toBe(true);
  });

  it('flushes what was sent before it closes', async () => {
    const { chat, far } = await runningChat();
    const arrived = readAll(far);
    void chat.say('one');
    void chat.say('two');
    await chat.disconnect();
    expect(await arrived).toBe('one\ntwo\n');
    expect(chat.runstate).toBe('idle');
    expect(await chat.closed).toEqual({ kind: 'disconnected' });
  });

  it('is disconnecting at once, and idle when it resolves', async () => {
    const { chat } = await runningChat();
    const disconnected = chat.disconnect();
    expect(chat.runstate).toBe('disconnecting');
    await disconnected;
    expect(chat.runstate).toBe('idle');
  });

  it('is one end for all who call it at the same time', async () => {
    const { chat, near } = await runningChat();
    const close = vi.spyOn(near, 'close');
    const watcher = chat.runstates();
    await Promise.all([chat.disconnect(), chat.disconnect(), chat.disconnect()]);
    expect(close).toHaveBeenCalledOnce();
    expect(await toldTo(watcher)).toEqual(['disconnecting', 'idle']);
    expect(chat.ends).toEqual([{ kind: 'disconnected' }]);
  });

  it.each([-1, Number.NaN])('refuses a grace of %d, and changes nothing', async (graceMs) => {
    const { chat } = await runningChat();
    await expect(chat.disconnect({ graceMs })).rejects.toThrow(
      new RangeError(`graceMs is ${graceMs}; expected milliseconds, 0 or more`),
    );
    expect(chat.runstate).toBe('running');
    await chat.disconnect();
    await expect(chat.disconnect({ graceMs })).rejects.toThrow(RangeError);
  });

  it.each([
    [undefined, 5000],
    [{ graceMs: 200 }, 200],
    [{ graceMs: 1 }, 1],
  ])('with %o gives a peer that does not read %d ms, and then drops the rest', async (options, graceMs) => {
    vi.useFakeTimers();
    const warn = vi.fn<(message: string) => void>();
    const { chat, near, far } = await runningChat(new Chat({ name: 'vm0', logger: { ...console, debug() {}, warn } }));
    near.stall();
    void chat.say('never');
    await microtasks();
    const disconnected = chat.disconnect(options);
    await vi.advanceTimersByTimeAsync(graceMs - 1);
    expect(chat.runstate).toBe('disconnecting');
    await vi.advanceTimersByTimeAsync(1);
    await disconnected;
    expect(chat.runstate).toBe('idle');
    expect(await chat.closed).toEqual({ kind: 'disconnected' });
    expect(warn.mock.calls).toEqual([['vm0: memory:left did not take the last 6 bytes']]);
    expect(await readAll(far)).toBe('');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can wait for a slow peer as long as it takes', async () => {
    vi.useFakeTimers();
    const { chat, near, far } = await runningChat();
    const goOn = near.stall();
    const arrived = readAll(far);
    void chat.say('at last');
    const disconnected = chat.disconnect({ graceMs: Infinity });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(chat.runstate).toBe('disconnecting');
    goOn();
    await disconnected;
    expect(await arrived).toBe('at last\n');
  });

  it('rejects when the link breaks before all is flushed, for all who call it then, and only once', async () => {
    const { chat, near, far } = await runningChat();
    near.stall();
    void chat.say('never');
    await microtasks();
    const failures = [rejectionOf(chat.disconnect()), rejectionOf(chat.disconnect())];
    far.break(new Error('ECONNRESET'));
    const [first, second] = await Promise.all(failures);
    expect(first).toEqual(new ConnectionLostError('memory:left: connection lost: ECONNRESET'));
    expect(second).toBe(first);
    expect(chat.runstate).toBe('idle');
    expect(await chat.closed).toEqual({ kind: 'lost', error: first });
    await expect(chat.disconnect()).resolves.toBeUndefined();
  });

  it('does not mind that the peer hangs up while it flushes', async () => {
    const { chat, near, far } = await runningChat();
    const goOn = near.stall();
    const arrived = readAll(far);
    void chat.say('last words');
    await microtasks();
    const disconnected = chat.disconnect();
    await far.hangUp();
    await microtasks();
    goOn();
    await disconnected;
    expect(await arrived).toBe('last words\n');
    expect(await chat.closed).toEqual({ kind: 'disconnected' });
  });

  it('delivers what arrives while it flushes', async () => {
    const { chat, near, far } = await runningChat();
    const goOn = near.stall();
    void chat.say('question');
    const disconnected = chat.disconnect();
    void far.write(bytesOf('answer\n'));
    await microtasks();
    expect(chat.heard).toEqual(['answer']);
    goOn();
    await disconnected;
  });

  it('takes no more messages to send', async () => {
    const { chat } = await runningChat(new Chat({ name: 'vm0' }));
    const disconnected = chat.disconnect();
    expect(() => chat.say('too late')).toThrow(
      'vm0 is disconnecting (required: running): call disconnect() to return to idle',
    );
    expect(() => chat.say('too late')).toThrow(StateError);
    await disconnected;
  });

  describe('ends an attempt that is under way:', () => {
    it('a dialing one', async () => {
      const connector = new MemoryConnector();
      connector.onDial = () => new Deferred<Transport>().promise;
      const chat = new Chat({ connector });
      const watcher = chat.runstates();
      const failed = rejectionOf(chat.connect('vm'));
      await chat.disconnect();
      expect(chat.runstate).toBe('idle');
      const error = await failed;
      expect(error).toBeInstanceOf(ConnectError);
      expect(error).toMatchObject({
        message: 'Failed to connect to vm: Disconnected by this side',
        phase: 'connection',
        cause: new DisconnectedError('Disconnected by this side'),
      });
      expect(connector.dialed[0]?.signal.aborted).toBe(true);
      expect(await toldTo(watcher)).toEqual(['connecting', 'disconnecting', 'idle']);
      expect(await chat.closed).toEqual({ kind: 'disconnected' });
    });

    it('one that shakes hands', async () => {
      const chat = new Chat();
      chat.handshake = async (join) => {
        await chat.hear('the greeting');
        await join();
      };
      const [near, far] = transportPair();
      const failed = rejectionOf(chat.connect(near));
      await microtasks();
      await chat.disconnect();
      expect(await failed).toMatchObject({ name: 'ConnectError', phase: 'session', cause: { code: 'DISCONNECTED' } });
      expect(await readAll(far)).toBe('');
      chat.handshake = (join) => join();
      await runningChat(chat);
      await chat.disconnect();
    });

    it('one that listens', async () => {
      const connector = new MemoryConnector();
      const chat = new Chat({ connector });
      await chat.startServer('here');
      await chat.disconnect();
      expect(connector.listener.state).toBe('closed');
      expect(chat.runstate).toBe('idle');
    });

    it('one that accepts', async () => {
      const connector = new MemoryConnector();
      const chat = new Chat({ connector });
      const failed = rejectionOf(chat.startServerAndAccept('here'));
      await microtasks();
      await Promise.all([chat.disconnect(), chat.disconnect()]);
      expect(connector.listener.state).toBe('closed');
      expect(await failed).toMatchObject({
        name: 'ConnectError',
        message: 'Failed to accept a peer at memory:here: Disconnected by this side',
        cause: { code: 'DISCONNECTED' },
      });
    });

    it('one that runs already, but whose establishing goes on', async () => {
      const chat = new Chat();
      chat.handshake = async (join) => {
        await join();
        await new Deferred<void>().promise;
      };
      const failed = rejectionOf(chat.connect(transportPair()[0]));
      await microtasks();
      expect(chat.runstate).toBe('running');
      await chat.disconnect();
      expect(await failed).toMatchObject({ name: 'ConnectError', cause: { code: 'DISCONNECTED' } });
    });
  });
});

describe('disposal', () => {
  forbidUnhandledRejections();

  it('disconnects', async () => {
    const { chat, far } = await runningChat();
    const arrived = readAll(far);
    void chat.say('bye');
    await chat[Symbol.asyncDispose]();
    expect(await arrived).toBe('bye\n');
    expect(chat.runstate).toBe('idle');
    await chat[Symbol.asyncDispose]();
    expect(chat.runstate).toBe('idle');
  });

  it('never throws, not after a loss either, and leaves a record of it', async () => {
    const records: string[] = [];
    const logger = { ...console, warn() {}, debug: (message: string) => void records.push(message) };
    const { chat, far } = await runningChat(new Chat({ name: 'vm0', logger }));
    await far.hangUp();
    expect(await chat.closed).toMatchObject({ kind: 'lost', error: expect.any(EndOfStreamError) as EndOfStreamError });
    expect(chat.runstate).toBe('disconnecting');
    await chat[Symbol.asyncDispose]();
    expect(chat.runstate).toBe('idle');
    expect(records).toContain('vm0: disposed of after a loss: memory:left: the peer closed the connection');
  });
});
