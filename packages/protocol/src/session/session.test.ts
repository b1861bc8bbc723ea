import { describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { ConnectionLostError, EndOfStreamError } from '../errors/connection-errors.ts';
import { ProtocolError } from '../errors/protocol-errors.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { GARBAGE } from './chat-codec.test-kit.ts';
import { open, Owner } from './session.test-kit.ts';
import { Session } from './session.ts';

describe('a session', () => {
  forbidUnhandledRejections();

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
