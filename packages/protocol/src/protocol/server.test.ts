import { afterEach, describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { AddressError, ConnectError, StateError, TimeoutError } from '../errors/connection-errors.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import type { Listener } from '../transport/connector.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, toldTo } from './chat.test-kit.ts';
import { MemoryListener } from './memory-connector.test-kit.ts';
import { server } from './server.test-kit.ts';

describe('the server side', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  it('listens, takes one peer, and talks to it', async () => {
    const { chat, connector } = server();
    const watcher = chat.runstates();
    await chat.startServer('here');
    expect(chat.runstate).toBe('connecting');
    expect(chat.listeningAt).toBe('memory:here');
    const client = new Chat({ connector });
    const connected = client.connect('here');
    await chat.accept();
    expect(chat.runstate).toBe('running');
    expect(chat.listeningAt).toBeUndefined();
    await connected;
    void client.say('hello');
    void chat.say('welcome');
    await microtasks();
    expect([chat.heard, client.heard]).toEqual([['hello'], ['welcome']]);
    await Promise.all([client.disconnect(), chat.disconnect().catch((error: unknown) => error)]);
    expect(await toldTo(watcher)).toEqual(['connecting', 'running', 'disconnecting', 'idle']);
  });

  it('does both in one call', async () => {
    const { chat, connector } = server();
    const accepted = chat.startServerAndAccept('here');
    await microtasks();
    const client = new Chat({ connector });
    await Promise.all([client.connect('here'), accepted]);
    expect(chat.runstate).toBe('running');
    await client.disconnect();
    await rejectionOf(chat.disconnect());
  });

  it('closes the listener as soon as the peer has come, before it is accepted', async () => {
    const { chat, connector } = server();
    await chat.startServer('here');
    const [near, far] = transportPair();
    connector.listener.arrive(near);
    await microtasks();
    expect(connector.listener.state).toBe('closed');
    expect(chat.runstate).toBe('connecting');
    void far.write(bytesOf('patient\n'));
    await chat.accept();
    await microtasks();
    expect(chat.heard).toEqual(['patient']);
    await chat.disconnect();
  });

  it('refuses a second peer', async () => {
    const { chat, connector } = server();
    await chat.startServer('here');
    const client = new Chat({ connector });
    await Promise.all([chat.accept(), client.connect('here')]);
    await expect(new Chat({ connector }).connect('here')).rejects.toThrow(
      'Failed to connect to here: nobody listens at here',
    );
    await client.disconnect();
    await rejectionOf(chat.disconnect());
  });

  it('turns away a peer that came and was never accepted', async () => {
    const { chat, connector } = server();
    await chat.startServer('here');
    const [near, far] = transportPair();
    connector.listener.arrive(near);
    await chat.disconnect();
    expect(await readAll(far)).toBe('');
  });

  it('can be used again and again, in both roles', async () => {
    const { chat, connector } = server();
    for (let round = 0; round < 5; round += 1) {
      await chat.startServer('here');
      const [near] = transportPair();
      connector.listener.arrive(near);
      await chat.accept();
      await chat.disconnect();
      await chat.connect(transportPair()[0]);
      await chat.disconnect();
    }
    expect(connector.listeners.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'closed'));
  });
});

describe('startServer()', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  it('that fails says what it tried and why, and is idle again', async () => {
    const { chat, connector } = server();
    const cause = new Error('address in use');
    connector.onListen = () => Promise.reject(cause);
    const watcher = chat.runstates();
    const error = await rejectionOf(chat.startServer('here'));
    expect(error).toBeInstanceOf(ConnectError);
    expect(error).toMatchObject({ message: 'Failed to listen at here: address in use', phase: 'connection', cause });
    expect(await toldTo(watcher)).toEqual(['connecting', 'disconnecting', 'idle']);
  });

  it.each(['connecting', 'running'] as const)('is refused when %s', async (state) => {
    const { chat, connector } = server();
    await chat.startServer('here');
    if (state === 'running') {
      connector.listener.arrive(transportPair()[0]);
      await chat.accept();
    }
    const error = await rejectionOf(chat.startServer('there'));
    expect(error).toBeInstanceOf(StateError);
    expect(error).toMatchObject({ state, required: ['idle'] });
    expect(connector.listeners).toHaveLength(1);
    await chat.disconnect();
  });

  it('refuses an address that cannot be read before anything happens', async () => {
    const { chat } = server();
    const watcher = chat.runstates();
    await expect(chat.startServer('')).rejects.toBeInstanceOf(AddressError);
    expect(await toldTo(watcher)).toEqual([]);
  });

  it('times out, with words for what it waited for', async () => {
    vi.useFakeTimers();
    const { chat, connector } = server();
    connector.onListen = () => new Deferred<Listener>().promise;
    const failed = rejectionOf(chat.startServer('here', { timeoutMs: 50 }));
    await vi.advanceTimersByTimeAsync(50);
    expect(await failed).toMatchObject({
      name: 'ConnectError',
      cause: new TimeoutError('Timed out after 50 ms waiting for the listener', { timeoutMs: 50 }),
    });
    expect(chat.runstate).toBe('idle');
  });

  it('does not time out any more once it listens', async () => {
    vi.useFakeTimers();
    const { chat } = server();
    await chat.startServer('here', { timeoutMs: 50 });
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(chat.listeningAt).toBe('memory:here');
    await chat.disconnect();
  });

  it('closes a listener that opens after it was given up', async () => {
    const { chat, connector } = server();
    const late = new Deferred<Listener>();
    connector.onListen = () => late.promise;
    const controller = new AbortController();
    const failed = rejectionOf(chat.startServer('here', { signal: controller.signal }));
    await microtasks();
    expect(chat.listeningAt).toBeUndefined();
    controller.abort();
    expect(await failed).toBe(controller.signal.reason);
    const listener = new MemoryListener('memory:here');
    late.resolve(listener);
    await microtasks();
    expect(listener.state).toBe('closed');
    expect(chat.runstate).toBe('idle');
  });
});

describe('startServerAndAccept()', () => {
  forbidUnhandledRejections();

  it('leaves nothing behind when its signal aborts between its two steps', async () => {
    const { chat, connector } = server();
    const controller = new AbortController();
    const failed = rejectionOf(chat.startServerAndAccept('here', { signal: controller.signal }));
    while (chat.listeningAt === undefined) await Promise.resolve();
    controller.abort();
    expect(await failed).toBe(controller.signal.reason);
    expect(connector.listener.state).toBe('closed');
    expect(chat.runstate).toBe('idle');
  });
});
