import { describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { ConnectionLostError, EndOfStreamError, StateError } from '../errors/connection-errors.ts';
import { ProtocolError } from '../errors/protocol-errors.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { GARBAGE } from '../session/chat-codec.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Chat, runningChat, toldTo } from './chat.test-kit.ts';

const END_OF_STREAM = new EndOfStreamError('memory:left: the peer closed the connection');

describe('a loss', () => {
  forbidUnhandledRejections();

  it('leaves it disconnecting until disconnect() has told why', async () => {
    const { chat, far } = await runningChat(new Chat({ name: 'vm0' }));
    const watcher = chat.runstates();
    await far.hangUp();
    expect(await chat.closed).toEqual({ kind: 'lost', error: END_OF_STREAM });
    await microtasks();
    expect(chat.runstate).toBe('disconnecting');
    expect(() => chat.say('anybody there?')).toThrow(StateError);
    await expect(chat.connect(transportPair()[0])).rejects.toThrow(
      'vm0 is disconnecting (required: idle): call disconnect() to return to idle',
    );
    await expect(chat.disconnect()).rejects.toEqual(END_OF_STREAM);
    expect(chat.runstate).toBe('idle');
    expect(await toldTo(watcher)).toEqual(['disconnecting', 'idle']);
  });

  it('is told to all who disconnect at the same time, and to nobody later', async () => {
    const { chat, far } = await runningChat();
    await far.hangUp();
    await chat.closed;
    const failures = await Promise.all([rejectionOf(chat.disconnect()), rejectionOf(chat.disconnect())]);
    expect(failures[0]).toBeInstanceOf(EndOfStreamError);
    expect(failures[1]).toBe(failures[0]);
    await expect(chat.disconnect()).resolves.toBeUndefined();
  });

  it('that happens in the moment of a disconnect() is told by it', async () => {
    const { chat, far } = await runningChat();
    void far.write(bytesOf(`${GARBAGE}\n`));
    while (chat.runstate === 'running') await Promise.resolve();
    await expect(chat.disconnect()).rejects.toBeInstanceOf(ProtocolError);
    expect(chat.runstate).toBe('idle');
  });

  it('is a ConnectionLostError, with the cause, when the link breaks', async () => {
    const { chat, far } = await runningChat();
    const cause = new Error('ECONNRESET');
    far.break(cause);
    const end = await chat.closed;
    expect(end).toEqual({
      kind: 'lost',
      error: new ConnectionLostError('memory:left: connection lost: ECONNRESET', { cause }),
    });
    expect(await rejectionOf(chat.disconnect())).toHaveProperty('cause', cause);
  });

  it('is the ProtocolError of a peer that breaks the protocol', async () => {
    const { chat, far } = await runningChat();
    void far.write(bytesOf(`before\n${GARBAGE}\nafter\n`));
    await chat.closed;
    expect(chat.heard).toEqual(['before']);
    await expect(chat.disconnect()).rejects.toThrow(new ProtocolError('That is no line'));
  });

  it('is the ProtocolError of a stream that ends inside a message', async () => {
    const { chat, far } = await runningChat();
    void far.write(bytesOf('half a li'));
    await far.hangUp();
    await chat.closed;
    await expect(chat.disconnect()).rejects.toThrow(new ProtocolError('The stream ended inside a line'));
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('bug');
      },
    ],
    ['rejects', () => Promise.reject(new Error('bug'))],
  ])('is the error of an onMessage that %s', async (_how, onLine) => {
    const { chat, near, far } = await runningChat();
    const abort = vi.spyOn(near, 'abort');
    chat.onLine = onLine;
    void far.write(bytesOf('one\ntwo\n'));
    await chat.closed;
    expect(chat.heard).toEqual(['one']);
    expect(abort).toHaveBeenCalledOnce();
    await expect(chat.disconnect()).rejects.toThrow(new Error('bug'));
  });

  it('is the first error, when reader and writer fail', async () => {
    const { chat, near, far } = await runningChat();
    near.write = () => {
      throw new Error('EPIPE');
    };
    void chat.say('one');
    await microtasks();
    far.break(new Error('ECONNRESET'));
    await microtasks();
    await expect(chat.disconnect()).rejects.toThrow(new ConnectionLostError('memory:left: connection lost: EPIPE'));
    expect(chat.ends).toHaveLength(1);
  });

  it('delivers what stood before it on the wire', async () => {
    const { chat, far } = await runningChat();
    void far.write(bytesOf('one\ntwo\nlast words'));
    await far.hangUp();
    await chat.closed;
    expect(chat.heard).toEqual(['one', 'two', 'last words']);
    await rejectionOf(chat.disconnect());
  });

  it('is told to those who wait for backpressure', async () => {
    const { chat, near, far } = await runningChat();
    near.stall();
    const slow = rejectionOf(Promise.resolve(chat.say('x'.repeat(2_000_000))));
    await far.hangUp();
    expect(await slow).toEqual(END_OF_STREAM);
    await rejectionOf(chat.disconnect());
  });

  it('of a session is forgotten by the next one', async () => {
    const { chat, far } = await runningChat();
    await far.hangUp();
    const first = chat.closed;
    await first;
    await rejectionOf(chat.disconnect());
    await runningChat(chat);
    expect(chat.closed).not.toBe(first);
    expect(await isPending(chat.closed)).toBe(true);
    await chat.disconnect();
    expect(await chat.closed).toEqual({ kind: 'disconnected' });
    expect(await first).toEqual({ kind: 'lost', error: END_OF_STREAM });
  });

  it('closes the transport', async () => {
    const { chat, far } = await runningChat();
    void far.write(bytesOf(`${GARBAGE}\n`));
    await chat.closed;
    expect(await readAll(far)).toBe('');
    await rejectionOf(chat.disconnect());
  });

  describe('that was expected', () => {
    it('is a clean end, back to idle by itself', async () => {
      const { chat, far } = await runningChat();
      const watcher = chat.runstates();
      const asked = vi.fn<(loss: Error) => boolean>(() => true);
      chat.expectsEnd = asked;
      await far.hangUp();
      expect(await chat.closed).toEqual({ kind: 'disconnected' });
      expect(chat.runstate).toBe('idle');
      expect(asked.mock.calls).toEqual([[END_OF_STREAM]]);
      await chat.disconnect();
      expect(await toldTo(watcher)).toEqual(['disconnecting', 'idle']);
    });

    it('is never what breaks the protocol', async () => {
      const { chat, far } = await runningChat();
      const asked = vi.fn<(loss: Error) => boolean>(() => true);
      chat.expectsEnd = asked;
      await far.write(bytesOf(`${GARBAGE}\n`));
      expect(await chat.closed).toMatchObject({ kind: 'lost', error: { name: 'ProtocolError' } });
      expect(asked).not.toHaveBeenCalled();
      await expect(chat.disconnect()).rejects.toThrow('That is no line');
    });

    it('is a clean end of a disconnect() under way, too', async () => {
      const { chat, near, far } = await runningChat();
      chat.expectsEnd = (loss) => loss instanceof ConnectionLostError;
      near.stall();
      void chat.say('quit');
      await microtasks();
      const disconnected = chat.disconnect();
      far.break(new Error('ECONNRESET'));
      await disconnected;
      expect(await chat.closed).toEqual({ kind: 'disconnected' });
    });

    it('is a loss all the same when the question fails, which is reported', async () => {
      const error = vi.fn<(message: string) => void>();
      const { chat, far } = await runningChat(
        new Chat({ name: 'vm0', logger: { ...console, debug() {}, warn() {}, error } }),
      );
      chat.expectsEnd = () => {
        throw new Error('bug');
      };
      await far.hangUp();
      expect(await chat.closed).toEqual({ kind: 'lost', error: END_OF_STREAM });
      expect(error).toHaveBeenCalledWith('vm0: isExpectedEnd failed: bug', { error: new Error('bug') });
      await expect(chat.disconnect()).rejects.toEqual(END_OF_STREAM);
    });
  });
});
