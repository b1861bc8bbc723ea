import { afterEach, describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { ConnectError, EndOfStreamError, TimeoutError } from '../errors/connection-errors.ts';
import { ProtocolError } from '../errors/protocol-errors.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { GARBAGE } from '../session/chat-codec.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, politeChat, runningChat, toldTo } from './chat.test-kit.ts';
import { CountingController } from './counting-controller.test-kit.ts';

describe('establishing a session', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  describe('fails, and is usable again,', () => {
    async function expectFailure(
      chat: Chat,
      act: (far: ReturnType<typeof transportPair>[1]) => void,
    ): Promise<unknown> {
      const watcher = chat.runstates();
      const [near, far] = transportPair();
      const failed = rejectionOf(chat.connect(near));
      await microtasks();
      act(far);
      const error = await failed;
      expect(error).toBeInstanceOf(ConnectError);
      expect(error).toHaveProperty('phase', 'session');
      expect(chat.runstate).toBe('idle');
      expect((await toldTo(watcher)).slice(-2)).toEqual(['disconnecting', 'idle']);
      chat.handshake = (join) => join();
      await runningChat(chat);
      await chat.disconnect();
      return error;
    }

    it('when the peer hangs up in mid-handshake', async () => {
      const error = await expectFailure(politeChat(), (far) => {
        void far.write(bytesOf('half a na'));
        far.abort();
      });
      expect(error).toMatchObject({ cause: new EndOfStreamError('memory:left: the peer closed the connection') });
    });

    it('when the peer hangs up in mid-message', async () => {
      const error = await expectFailure(politeChat(), (far) => {
        void far.write(bytesOf('half a na'));
        void far.hangUp();
      });
      expect(error).toMatchObject({ cause: new ProtocolError('The stream ended inside a line') });
    });

    it('when the link breaks under what it sends, which is the first error', async () => {
      const error = await expectFailure(politeChat(), (far) => far.break(new Error('ECONNRESET')));
      expect(error).toMatchObject({
        message: 'Failed to connect to memory:left: memory:left: connection lost: ECONNRESET',
      });
      const writing = new Chat();
      writing.handshake = async () => {
        void writing.say('hello');
        await writing.hear();
      };
      const [near] = transportPair();
      near.write = () => Promise.reject(new Error('EPIPE'));
      expect(await rejectionOf(writing.connect(near))).toMatchObject({
        cause: { name: 'ConnectionLostError', cause: new Error('EPIPE') },
      });
    });

    it('when no codec can be made, and leaves no open transport behind', async () => {
      const cause = new RangeError('no such limit');
      const broken = (): never => {
        throw cause;
      };
      const [near, far] = transportPair();
      const chat = new Chat({ createCodec: broken });
      expect(await rejectionOf(chat.connect(near))).toMatchObject({ phase: 'session', cause });
      expect(await readAll(far)).toBe('');
      expect(chat.runstate).toBe('idle');
    });

    it('when the peer breaks the protocol', async () => {
      const error = await expectFailure(politeChat(), (far) => void far.write(bytesOf(`${GARBAGE}\n`)));
      expect(error).toMatchObject({ cause: new ProtocolError('That is no line') });
    });

    it('when it throws before super', async () => {
      const chat = new Chat();
      chat.handshake = () => Promise.reject(new Error('wrong password'));
      expect(await expectFailure(chat, () => {})).toMatchObject({ cause: new Error('wrong password') });
    });

    it('when it throws at once', async () => {
      const chat = new Chat();
      chat.handshake = () => {
        throw new Error('bug');
      };
      expect(await expectFailure(chat, () => {})).toMatchObject({ cause: new Error('bug') });
    });

    it('when it throws after super', async () => {
      const chat = new Chat();
      chat.handshake = async (join) => {
        await join();
        throw new Error('no such feature');
      };
      expect(await expectFailure(chat, () => {})).toMatchObject({ cause: new Error('no such feature') });
    });

    it('when the session is lost after super', async () => {
      const chat = new Chat();
      chat.handshake = async (join) => {
        await join();
        await new Deferred<void>().promise;
      };
      const error = await expectFailure(chat, (far) => far.abort());
      expect(error).toMatchObject({ cause: { name: 'EndOfStreamError' } });
    });

    it('when the session is lost after super, of which only connect() tells', async () => {
      const records: string[] = [];
      const note = (message: string): void => void records.push(message);
      const chat = new Chat({ name: 'vm0', logger: { ...console, debug() {}, warn: note, error: note } });
      chat.handshake = async (join) => {
        await join();
        await new Deferred<void>().promise;
      };
      const [near, far] = transportPair();
      const failed = rejectionOf(chat.connect(near));
      await microtasks();
      far.abort();
      while (chat.runstate === 'running') await Promise.resolve();
      await failed;
      await expect(chat.disconnect()).resolves.toBeUndefined();
      expect(records).toEqual(['vm0: Failed to connect to memory:left: memory:left: the peer closed the connection']);
    });

    it('when it forgets super', async () => {
      const chat = new Chat();
      chat.handshake = () => Promise.resolve();
      expect(await expectFailure(chat, () => {})).toMatchObject({
        cause: new Error('establishSession() did not call super'),
      });
    });
  });

  describe('that hangs', () => {
    it('ends at the timeout, with words for what it waited for', async () => {
      vi.useFakeTimers();
      const chat = politeChat();
      const [near, far] = transportPair();
      const failed = rejectionOf(chat.connect(near, { timeoutMs: 80 }));
      await vi.advanceTimersByTimeAsync(80);
      expect(await failed).toMatchObject({
        name: 'ConnectError',
        phase: 'session',
        cause: new TimeoutError('Timed out after 80 ms waiting for the name of the peer from memory:left', {
          timeoutMs: 80,
        }),
      });
      expect(await readAll(far)).toBe('');
      expect(chat.runstate).toBe('idle');
    });

    it('says in general what it waits for where nobody says more', async () => {
      vi.useFakeTimers();
      const chat = new Chat();
      chat.handshake = () => new Deferred<void>().promise;
      const failed = rejectionOf(chat.connect(transportPair()[0], { timeoutMs: 80 }));
      await vi.advanceTimersByTimeAsync(80);
      expect(await failed).toMatchObject({
        cause: { message: 'Timed out after 80 ms waiting for the session' },
      });
      chat.handshake = async () => void (await chat.hear());
      const failedAgain = rejectionOf(chat.connect(transportPair()[0], { timeoutMs: 80 }));
      await vi.advanceTimersByTimeAsync(80);
      expect(await failedAgain).toMatchObject({
        cause: { message: 'Timed out after 80 ms waiting for the next message from memory:left' },
      });
    });

    it('after it has received something does not claim to wait for that still', async () => {
      vi.useFakeTimers();
      const chat = new Chat();
      chat.handshake = async () => {
        await chat.hear('the greeting');
        await new Deferred<void>().promise;
      };
      const [near, far] = transportPair();
      void far.write(bytesOf('greeting\n'));
      const failed = rejectionOf(chat.connect(near, { timeoutMs: 80 }));
      await vi.advanceTimersByTimeAsync(80);
      expect(await failed).toMatchObject({
        cause: { message: 'Timed out after 80 ms waiting for the session' },
      });
    });

    it('after super ends at the timeout, through disconnecting to idle', async () => {
      vi.useFakeTimers();
      const chat = new Chat();
      chat.handshake = async (join) => {
        await join();
        await new Deferred<void>().promise;
      };
      const watcher = chat.runstates();
      const failed = rejectionOf(chat.connect(transportPair()[0], { timeoutMs: 80 }));
      await vi.advanceTimersByTimeAsync(80);
      expect(await failed).toMatchObject({ name: 'ConnectError', phase: 'session', cause: { code: 'TIMED_OUT' } });
      expect(await toldTo(watcher)).toEqual(['connecting', 'running', 'disconnecting', 'idle']);
    });

    it.each(['before', 'after'])('%s super ends with the reason of the signal', async (when) => {
      const chat = new Chat();
      chat.handshake = async (join) => {
        if (when === 'after') await join();
        await new Deferred<void>().promise;
      };
      const controller = new CountingController();
      const failed = rejectionOf(chat.connect(transportPair()[0], { signal: controller.signal }));
      await microtasks();
      const reason = new Error('the user left');
      controller.abort(reason);
      expect(await failed).toBe(reason);
      expect(controller.listeners).toBe(0);
      expect(chat.runstate).toBe('idle');
      expect(await chat.closed).toEqual({ kind: 'aborted', reason });
    });
  });
});
