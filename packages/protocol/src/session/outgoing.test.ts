import { describe, expect, it } from 'vitest';

import { bytesOf, textOf } from '../bytes-of.test-kit.ts';
import { ConnectionLostError } from '../errors/connection-errors.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import type { Transport } from '../transport/transport.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Outgoing } from './outgoing.ts';

const MIB = 1024 * 1024;

/** Notes what is written; each write takes as long as the test likes. */
class SlowTransport implements Transport {
  readonly description = 'memory:slow';
  readonly readable: AsyncIterable<Uint8Array> = transportPair()[0].readable;
  readonly writes: string[] = [];
  readonly taken: Deferred<void>[] = [];
  write(chunk: Uint8Array): Promise<void> {
    this.writes.push(textOf(chunk));
    const taken = new Deferred<void>();
    this.taken.push(taken);
    return taken.promise;
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
  abort(): void {}
}

/** Notes what is written, and takes it at once. */
class FastTransport extends SlowTransport {
  override write(chunk: Uint8Array): Promise<void> {
    void super.write(chunk);
    return Promise.resolve();
  }
}

const neverFails = {
  onFailure(error: Error): never {
    throw error;
  },
};

describe('Outgoing', () => {
  forbidUnhandledRejections();

  it('writes in one piece what the callers of one tick pushed', async () => {
    const transport = new FastTransport();
    const outgoing = new Outgoing(transport, neverFails);
    void outgoing.push('a');
    void outgoing.push('b');
    void outgoing.push('ü');
    expect(transport.writes).toEqual([]);
    await outgoing.flush();
    expect(transport.writes).toEqual(['abü']);
    void outgoing.push('later');
    await outgoing.flush();
    expect(transport.writes).toEqual(['abü', 'later']);
  });

  it('keeps the order of text and bytes', async () => {
    const transport = new FastTransport();
    const outgoing = new Outgoing(transport, neverFails);
    for (const piece of ['1', bytesOf('2'), bytesOf('3'), '4', '5', bytesOf('6')]) void outgoing.push(piece);
    await outgoing.flush();
    expect(transport.writes).toEqual(['123456']);
  });

  it('gives text as it is to a transport that takes it so, but not what has bytes in front of it', async () => {
    const transport = new FastTransport();
    const texts: string[] = [];
    const outgoing = new Outgoing(
      Object.assign(transport, {
        writeText: (text: string) => {
          texts.push(text);
        },
      }),
      neverFails,
    );
    void outgoing.push('a');
    void outgoing.push('ü');
    await outgoing.flush();
    expect([texts, transport.writes]).toEqual([['aü'], []]);
    void outgoing.push(bytesOf('1'));
    void outgoing.push('2');
    await outgoing.flush();
    expect([texts, transport.writes]).toEqual([['aü'], ['12']]);
  });

  it('gathers what is pushed while a write is under way', async () => {
    const transport = new SlowTransport();
    const outgoing = new Outgoing(transport, neverFails);
    void outgoing.push('first');
    await microtasks();
    void outgoing.push('second');
    void outgoing.push('third');
    await microtasks();
    expect(transport.writes).toEqual(['first']);
    transport.taken[0]?.resolve();
    await microtasks();
    expect(transport.writes).toEqual(['first', 'secondthird']);
  });

  it('asks nobody to wait up to 1 MiB, and everybody beyond it until all is written', async () => {
    const transport = new SlowTransport();
    const outgoing = new Outgoing(transport, neverFails);
    expect(outgoing.push('x'.repeat(MIB))).toBeUndefined();
    const slow = outgoing.push('y');
    expect(slow).toBeInstanceOf(Promise);
    expect(outgoing.unwrittenBytes).toBe(MIB + 1);
    await microtasks();
    expect(await isPending(Promise.resolve(slow))).toBe(true);
    transport.taken[0]?.resolve();
    await slow;
    expect(outgoing.unwrittenBytes).toBe(0);
  });

  it('has nothing to flush when nothing was pushed', async () => {
    const outgoing = new Outgoing(new SlowTransport(), neverFails);
    await expect(outgoing.flush()).resolves.toBeUndefined();
  });

  it('flushes for everybody at the same time', async () => {
    const transport = new SlowTransport();
    const outgoing = new Outgoing(transport, neverFails);
    void outgoing.push('a');
    const flushed = Promise.all([outgoing.flush(), outgoing.flush()]);
    expect(await isPending(flushed)).toBe(true);
    transport.taken[0]?.resolve();
    await flushed;
  });

  it.each(['at the call', 'later'])('fails with a ConnectionLostError when a write fails %s', async (when) => {
    const transport = new SlowTransport();
    const cause = new Error('EPIPE');
    if (when === 'at the call') {
      transport.write = () => {
        throw cause;
      };
    }
    const failures: Error[] = [];
    const outgoing = new Outgoing(transport, { onFailure: (error) => failures.push(error) });
    void outgoing.push('a');
    await microtasks();
    transport.taken[0]?.reject(cause);
    await microtasks();
    expect(failures).toEqual([new ConnectionLostError('memory:slow: connection lost: EPIPE')]);
    expect(failures[0]).toHaveProperty('cause', cause);
    expect(outgoing.unwrittenBytes).toBe(1);
  });

  it('that is stopped drops what it holds, and tells whoever waits for a flush, then and later', async () => {
    const transport = new SlowTransport();
    const outgoing = new Outgoing(transport, neverFails);
    const reason = new Error('over');
    void outgoing.push('taken');
    await microtasks();
    void outgoing.push('never');
    const flushed = outgoing.flush();
    outgoing.stop(reason);
    await expect(flushed).rejects.toBe(reason);
    await expect(outgoing.flush()).rejects.toBe(reason);
    expect(outgoing.push('too late')).toBeUndefined();
    transport.taken[0]?.resolve();
    await microtasks();
    expect(transport.writes).toEqual(['taken']);
    expect(outgoing.unwrittenBytes).toBe('never'.length);
  });

  it('that was stopped before anybody flushed tells those who do it then', async () => {
    const transport = new SlowTransport();
    const outgoing = new Outgoing(transport, neverFails);
    const reason = new Error('over');
    void outgoing.push('never');
    outgoing.stop(reason);
    await expect(outgoing.flush()).rejects.toBe(reason);
    expect(transport.writes).toEqual([]);
  });

  it('that is stopped does not mind a write that fails after it', async () => {
    const transport = new SlowTransport();
    const outgoing = new Outgoing(transport, neverFails);
    void outgoing.push('taken');
    await microtasks();
    outgoing.stop(undefined);
    transport.taken[0]?.reject(new Error('EPIPE'));
    await microtasks();
    expect(transport.writes).toEqual(['taken']);
  });
});
