import { afterEach, describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { ConnectionLostError, EndOfStreamError } from '../errors/connection-errors.ts';
import { ProtocolError } from '../errors/protocol-errors.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { type MemoryTransport, transportPair } from '../testing/transport-pair.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { ChatCodec, GARBAGE } from './chat-codec.test-kit.ts';
import { Session, type SessionOwner } from './session.ts';

class Owner implements SessionOwner<string> {
  readonly heard: string[] = [];
  readonly failures: Error[] = [];
  deliver(line: string): void | Promise<void> {
    this.heard.push(line);
  }
  onFailure(error: Error): void {
    this.failures.push(error);
  }
}

function open(owner: Owner = new Owner()): {
  readonly session: Session<string, string>;
  readonly owner: Owner;
  readonly near: MemoryTransport;
  readonly far: MemoryTransport;
} {
  const [near, far] = transportPair();
  return { session: Session.open(near, () => new ChatCodec(), owner), owner, near, far };
}

describe('a session', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
  });

  it('carries messages both ways', async () => {
    const { session, owner, far } = open();
    const arrived = readAll(far);
    session.start();
    expect(session.description).toBe('memory:left');
    expect(session.send('hello')).toBeUndefined();
    void far.write(bytesOf('hi\n'));
    await microtasks();
    expect(owner.heard).toEqual(['hi']);
    void far.close();
    await session.stop(1000);
    expect(await arrived).toBe('hello\n');
  });

  it('takes single messages before it is started', async () => {
    const { session, owner, far } = open();
    void far.write(bytesOf('greeting\nevent\n'));
    expect(await session.receive()).toBe('greeting');
    session.start();
    expect(owner.heard).toEqual(['event']);
    await session.abort(undefined);
  });

  it('that cannot be made leaves no open transport behind', async () => {
    const [near, far] = transportPair();
    const error = new RangeError('no such limit');
    const broken = (): never => {
      throw error;
    };
    expect(() => Session.open(near, broken, new Owner())).toThrow(error);
    expect(await readAll(far)).toBe('');
  });

  it('throws, and lives on, when a message cannot be encoded', async () => {
    const { session, owner, far } = open();
    session.start();
    expect(() => session.send('two\nlines')).toThrow(TypeError);
    void session.send('one line');
    const arrived = readAll(far);
    void far.close();
    expect(await session.stop(1000)).toBeUndefined();
    expect(await arrived).toBe('one line\n');
    expect(owner.failures).toEqual([]);
  });

  describe('fails, once and with its first error', () => {
    it('when the peer closes', async () => {
      const { session, owner, far } = open();
      session.start();
      await far.hangUp();
      await microtasks();
      expect(owner.failures).toEqual([new EndOfStreamError('memory:left: the peer closed the connection')]);
    });

    it('when the link breaks under reader and writer at once', async () => {
      const { session, owner, near, far } = open();
      session.start();
      near.stall();
      void session.send('a');
      await microtasks();
      void session.send('b');
      far.break(new Error('ECONNRESET'));
      await microtasks();
      expect(owner.failures).toEqual([new ConnectionLostError('memory:left: connection lost: ECONNRESET')]);
    });

    it('when the writer fails, before it was started', async () => {
      const { session, owner, far } = open();
      far.break(new Error('EPIPE'));
      void session.send('a');
      await microtasks();
      expect(owner.failures).toHaveLength(1);
      await expect(session.receive()).rejects.toBeInstanceOf(EndOfStreamError);
    });

    it('when the peer breaks the protocol', async () => {
      const { session, owner, far } = open();
      session.start();
      void far.write(bytesOf(`one\n${GARBAGE}\nthree\n`));
      await microtasks();
      expect(owner.heard).toEqual(['one']);
      expect(owner.failures).toEqual([new ProtocolError('That is no line')]);
      expect(await readAll(far)).toBe('');
    });

    it.each([
      ['throws', new Error('bug'), new Error('bug')],
      ['throws what is no error', 'bug', new Error('bug')],
    ])('when a delivery %s', async (_how, thrown, expected) => {
      const owner = new Owner();
      owner.deliver = () => {
        // eslint-disable-next-line typescript/only-throw-error -- that is the point
        throw thrown;
      };
      const { session, far } = open(owner);
      session.start();
      void far.write(bytesOf('one\n'));
      await microtasks();
      expect(owner.failures).toEqual([expected]);
    });

    it('when a delivery rejects', async () => {
      const owner = new Owner();
      owner.deliver = () => Promise.reject(new Error('bug'));
      const { session, far } = open(owner);
      session.start();
      void far.write(bytesOf('one\n'));
      await microtasks();
      expect(owner.failures).toEqual([new Error('bug')]);
    });
  });

  describe('that is stopped', () => {
    it('flushes, closes, and resolves for everybody', async () => {
      const { session, owner, far } = open();
      session.start();
      void session.send('a');
      void session.send('b');
      const arrived = readAll(far);
      const ends = Promise.all([session.stop(1000), session.stop(1000)]);
      void far.close();
      expect(await ends).toEqual([undefined, undefined]);
      expect(await arrived).toBe('a\nb\n');
      expect(session.unwrittenBytes).toBe(0);
      expect(owner.failures).toEqual([]);
    });

    it('delivers what comes while it flushes, and nothing from then on', async () => {
      const { session, owner, near, far } = open();
      session.start();
      const goOn = near.stall();
      void session.send('a');
      const end = session.stop(1000);
      void far.write(bytesOf('while it flushes\n'));
      await microtasks();
      expect(owner.heard).toEqual(['while it flushes']);
      goOn();
      void far.write(bytesOf('while it closes\n'));
      await end;
      expect(owner.heard).toEqual(['while it flushes']);
    });

    it('drops the rest when the grace runs out against a peer that does not read', async () => {
      vi.useFakeTimers();
      const { session, owner, near } = open();
      session.start();
      near.stall();
      void session.send('first');
      await microtasks();
      void session.send('second');
      const end = session.stop(250);
      await vi.advanceTimersByTimeAsync(249);
      expect(await isPending(end)).toBe(true);
      await vi.advanceTimersByTimeAsync(1);
      expect(await end).toBeUndefined();
      expect(session.unwrittenBytes).toBeGreaterThan(0);
      expect(owner.failures).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('drops the rest when the grace runs out against a transport that does not close', async () => {
      vi.useFakeTimers();
      const { session, near } = open();
      session.start();
      near.close = () => new Deferred<void>().promise;
      const abort = vi.spyOn(near, 'abort');
      const end = session.stop(250);
      await vi.advanceTimersByTimeAsync(250);
      expect(await end).toBeUndefined();
      expect(abort).toHaveBeenCalledOnce();
    });

    it('leaves no timer behind when it ends in time', async () => {
      vi.useFakeTimers();
      const { session } = open();
      session.start();
      await session.stop(1000);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('does not mind that the peer says goodbye, too, while there is still something to flush', async () => {
      const { session, near, far } = open();
      session.start();
      const goOn = near.stall();
      void session.send('a');
      await microtasks();
      const end = session.stop(1000);
      await far.hangUp();
      expect(await isPending(end)).toBe(true);
      const arrived = readAll(far);
      goOn();
      expect(await end).toBeUndefined();
      expect(await arrived).toBe('a\n');
    });

    it('resolves with the error that kept it from flushing, and does not report it', async () => {
      const { session, owner, near, far } = open();
      session.start();
      near.stall();
      void session.send('a');
      const end = session.stop(1000);
      await microtasks();
      far.break(new Error('ECONNRESET'));
      expect(await end).toEqual(new ConnectionLostError('memory:left: connection lost: ECONNRESET'));
      expect(owner.failures).toEqual([]);
    });

    it('resolves with the error that kept it from closing', async () => {
      const { session, near } = open();
      session.start();
      near.close = () => Promise.reject(new Error('EIO'));
      expect(await session.stop(1000)).toEqual(
        new ConnectionLostError('memory:left: connection lost while closing: EIO'),
      );
    });

    it('resolves with a fault of the peer that comes while it flushes', async () => {
      const { session, near, far } = open();
      session.start();
      near.stall();
      void session.send('a');
      const end = session.stop(1000);
      void far.write(bytesOf(`${GARBAGE}\n`));
      expect(await end).toEqual(new ProtocolError('That is no line'));
    });

    it('does not wait for a delivery that waits for the end', async () => {
      const owner = new Owner();
      const { session, far } = open(owner);
      let end: Promise<Error | undefined> | undefined;
      owner.deliver = async () => {
        end = session.stop(Infinity);
        await end;
      };
      session.start();
      // More than a reader that is behind lets in.
      for (let count = 0; count < 10; count += 1) void far.write(bytesOf(`${'x'.repeat(100_000)}\n`));
      await microtasks();
      expect(await end).toBeUndefined();
    });
  });

  describe('that is aborted', () => {
    it('is over at once, flushes nothing and fails nobody', async () => {
      const { session, owner, near, far } = open();
      session.start();
      near.stall();
      void session.send('a');
      const reason = new Error('enough');
      const abort = vi.spyOn(near, 'abort');
      expect(await session.abort(reason)).toBeUndefined();
      expect(abort.mock.calls).toEqual([[reason]]);
      expect(await readAll(far)).toBe('');
      expect(owner.failures).toEqual([]);
    });

    it('while it is stopped cuts that short', async () => {
      const { session, near } = open();
      session.start();
      near.stall();
      void session.send('a');
      const end = session.stop(Infinity);
      await session.abort(new Error('enough'));
      expect(await end).toBeUndefined();
    });

    it('twice is aborted once', async () => {
      const { session, near } = open();
      const abort = vi.spyOn(near, 'abort');
      await Promise.all([session.abort('first'), session.abort('second')]);
      expect(abort.mock.calls).toEqual([['first']]);
    });

    it('can still be asked to start, in vain', async () => {
      const { session, owner, far } = open();
      void far.write(bytesOf('one\n'));
      await session.abort(undefined);
      session.start();
      await microtasks();
      expect(owner).toMatchObject({ heard: [], failures: [] });
    });
  });
});
