import { afterEach, describe, expect, it, vi } from 'vitest';

import { readAll } from '../bytes-of.test-kit.ts';
import { StateError } from '../errors/connection-errors.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import type { Listener } from '../transport/connector.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat } from './chat.test-kit.ts';
import { CountingController } from './counting-controller.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';
import { server } from './server.test-kit.ts';

const NOT_LISTENING = 'accept() follows a startServer(), once';

describe('accept()', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  it('needs a startServer() before it', async () => {
    const { chat } = server();
    const error = await rejectionOf(chat.accept());
    expect(error).toBeInstanceOf(StateError);
    expect(error).toMatchObject({
      message: `vm0 is idle (required: connecting): ${NOT_LISTENING}`,
      state: 'idle',
      required: ['connecting'],
    });
  });

  it('is refused while connect() or startServer() is under way, and while running', async () => {
    const { chat, connector } = server();
    connector.onListen = () => new Deferred<Listener>().promise;
    const listening = rejectionOf(chat.startServer('here'));
    await expect(chat.accept()).rejects.toThrow(`vm0 is connecting (required: connecting): ${NOT_LISTENING}`);
    await chat.disconnect();
    await listening;
    await chat.connect(transportPair()[0]);
    await expect(chat.accept()).rejects.toMatchObject({ name: 'StateError', state: 'running' });
    await chat.disconnect();
  });

  it('twice is refused, and the first goes on', async () => {
    const { chat, connector } = server();
    await chat.startServer('here');
    const accepted = chat.accept();
    await expect(chat.accept()).rejects.toBeInstanceOf(StateError);
    connector.listener.arrive(transportPair()[0]);
    await accepted;
    expect(chat.runstate).toBe('running');
    await chat.disconnect();
  });

  it('waits as long as it takes unless told otherwise', async () => {
    vi.useFakeTimers();
    const { chat, connector } = server();
    await chat.startServer('here');
    const accepted = chat.accept();
    expect(vi.getTimerCount()).toBe(0);
    connector.listener.arrive(transportPair()[0]);
    await accepted;
    await chat.disconnect();
  });

  it('times out, with words for what it waited for, and takes the listener with it', async () => {
    vi.useFakeTimers();
    const { chat, connector } = server();
    await chat.startServer('here');
    const failed = rejectionOf(chat.accept({ timeoutMs: 50 }));
    await vi.advanceTimersByTimeAsync(50);
    expect(await failed).toMatchObject({
      name: 'ConnectError',
      message:
        'Failed to accept a peer at memory:here: Timed out after 50 ms waiting for a peer',
      phase: 'connection',
      cause: { name: 'TimeoutError' },
    });
    expect(connector.listener.state).toBe('closed');
    expect(chat.runstate).toBe('idle');
  });

  it('throws the reason of its signal, unchanged, and takes the listener with it', async () => {
    const { chat, connector } = server();
    const controller = new CountingController();
    await chat.startServer('here', { signal: controller.signal });
    const failed = rejectionOf(chat.accept({ signal: controller.signal }));
    const reason = { why: 'the user left' };
    controller.abort(reason);
    expect(await failed).toBe(reason);
    expect(connector.listener.state).toBe('closed');
    expect(chat.runstate).toBe('idle');
    expect(controller.listeners).toBe(0);
  });

  it('with a signal that has aborted takes the listener with it, too', async () => {
    const { chat, connector } = server();
    await chat.startServer('here');
    const reason = new Error('too late');
    await expect(chat.accept({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(connector.listener.state).toBe('closed');
    expect(chat.runstate).toBe('idle');
    expect(await chat.closed).toEqual({ kind: 'aborted', reason });
  });

  it('fails as the listener does', async () => {
    const { chat, connector } = server();
    await chat.startServer('here');
    const failed = rejectionOf(chat.accept());
    const cause = new Error('EMFILE');
    connector.listener.fail(cause);
    expect(await failed).toMatchObject({ name: 'ConnectError', phase: 'connection', cause });
    expect(chat.runstate).toBe('idle');
  });

  it('fails when the listener cannot be closed, and turns the peer away', async () => {
    const { chat, connector } = server();
    await chat.startServer('here');
    const { listener } = connector;
    const cause = new Error('cannot remove the socket file');
    listener.closing = () => Promise.reject(cause);
    const failed = rejectionOf(chat.accept());
    const [near, far] = transportPair();
    listener.arrive(near);
    expect(await failed).toMatchObject({ name: 'ConnectError', cause });
    expect(await readAll(far)).toBe('');
    expect(chat.runstate).toBe('idle');
  });

  it('reports a clean-up that fails, and is idle all the same', async () => {
    const error = vi.fn<(message: string) => void>();
    const connector = new MemoryConnector();
    const chat = new Chat({ name: 'vm0', connector, logger: { ...console, debug() {}, error } });
    await chat.startServer('here');
    connector.listener.closing = () => Promise.reject(new Error('EBUSY'));
    await chat.disconnect();
    expect(chat.runstate).toBe('idle');
    expect(error).toHaveBeenCalledWith('vm0: clean-up failed: EBUSY', { error: new Error('EBUSY') });
  });

  it('fails with the session when the handshake fails', async () => {
    const { chat, connector } = server();
    chat.handshake = () => Promise.reject(new Error('wrong password'));
    await chat.startServer('here');
    connector.listener.arrive(transportPair()[0]);
    const error = await rejectionOf(chat.accept());
    expect(error).toMatchObject({
      message: 'Failed to accept a peer at memory:here: wrong password',
      phase: 'session',
    });
    expect(chat.runstate).toBe('idle');
  });
});
