import { afterEach, describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { ConnectionLostError } from '../errors/connection-errors.ts';
import { ProtocolError } from '../errors/protocol-errors.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { GARBAGE } from './chat-codec.test-kit.ts';
import { open, Owner } from './session.test-kit.ts';

describe('a session', () => {
  forbidUnhandledRejections();

  afterEach(() => {
    vi.useRealTimers();
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
      const close = near.close.bind(near);
      vi.spyOn(near, 'close').mockImplementation(() => {
        void far.write(bytesOf('while it closes\n'));
        return close();
      });
      goOn();
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
        new ConnectionLostError('memory:left: connection lost: EIO'),
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
});
