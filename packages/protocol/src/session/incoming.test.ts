import { describe, expect, it } from 'vitest';

import { bytesOf } from '../bytes-of.test-kit.ts';
import { ConnectionLostError, EndOfStreamError } from '../errors/connection-errors.ts';
import { ProtocolError } from '../errors/protocol-errors.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import { transportPair } from '../testing/transport-pair.ts';
import type { Transport } from '../transport/transport.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { ChatCodec, GARBAGE } from './chat-codec.test-kit.ts';
import { Incoming } from './incoming.ts';

function listening(readable?: AsyncIterable<Uint8Array>): {
  readonly incoming: Incoming<string>;
  readonly far: ReturnType<typeof transportPair>[1];
} {
  const [near, far] = transportPair();
  const transport: Transport =
    readable === undefined
      ? near
      : { readable, description: 'memory:left', write: () => {}, close: () => Promise.resolve(), abort: () => {} };
  return { incoming: new Incoming(transport, new ChatCodec()), far };
}

/** What the loop ends with. */
function endOf(incoming: Incoming<string>, deliver: (line: string) => void | Promise<void>): Promise<unknown> {
  return new Promise((resolve) => {
    incoming.run({ deliver, onReadEnd: resolve });
  });
}

describe('Incoming', () => {
  forbidUnhandledRejections();

  it('gives messages one by one, however the bytes are cut', async () => {
    const { incoming, far } = listening();
    void far.write(bytesOf('one\ntwo\nth'));
    void far.write(bytesOf('ree\n'));
    expect(await incoming.receive()).toBe('one');
    expect(await incoming.receive()).toBe('two');
    expect(await incoming.receive()).toBe('three');
  });

  it('goes on in its loop with what was received but not taken before', async () => {
    const { incoming, far } = listening();
    void far.write(bytesOf('one\ntwo\nthree\n'));
    expect(await incoming.receive()).toBe('one');
    const heard: string[] = [];
    const end = endOf(incoming, (line) => void heard.push(line));
    expect(heard).toEqual(['two', 'three']);
    void far.write(bytesOf('four\n'));
    await far.close();
    expect(await end).toEqual(new EndOfStreamError('memory:left: the peer closed the connection'));
    expect(heard).toEqual(['two', 'three', 'four']);
  });

  it('holds the next message back until a delivery is done', async () => {
    const { incoming, far } = listening();
    const heard: string[] = [];
    const digested = new Deferred<void>();
    const end = endOf(incoming, (line) => {
      heard.push(line);
      return digested.promise;
    });
    void far.write(bytesOf('one\ntwo\n'));
    await microtasks();
    expect(heard).toEqual(['one']);
    digested.resolve();
    await microtasks();
    expect(heard).toEqual(['one', 'two']);
    incoming.stop();
    expect(await isPending(end)).toBe(true);
  });

  it('delivers last words that need no terminator, and then the end, again and again', async () => {
    const { incoming, far } = listening();
    void far.write(bytesOf('last words'));
    void far.close();
    expect(await incoming.receive()).toBe('last words');
    await expect(incoming.receive()).rejects.toBeInstanceOf(EndOfStreamError);
    await expect(incoming.receive()).rejects.toBeInstanceOf(EndOfStreamError);
  });

  it('throws the error of a codec as it is, after the messages before it', async () => {
    const { incoming, far } = listening();
    void far.write(bytesOf(`one\n${GARBAGE}\n`));
    expect(await incoming.receive()).toBe('one');
    await expect(incoming.receive()).rejects.toThrow(new ProtocolError('That is no line'));
  });

  it('throws the error of a codec at the end of the stream', async () => {
    const { incoming, far } = listening();
    void far.write(bytesOf('half a li'));
    void far.close();
    await expect(incoming.receive()).rejects.toThrow(new ProtocolError('The stream ended inside a line'));
  });

  it('makes a ConnectionLostError of a failing link', async () => {
    const { incoming, far } = listening();
    const cause = new Error('ECONNRESET');
    far.break(cause);
    const error = await rejectionOf(incoming.receive());
    expect(error).toEqual(new ConnectionLostError('memory:left: connection lost: ECONNRESET'));
    expect(error).toHaveProperty('cause', cause);
  });

  it('leaves an error of this toolkit that the link throws as it is', async () => {
    const { incoming, far } = listening();
    const error = new EndOfStreamError('the helper process ended');
    far.break(error);
    await expect(incoming.receive()).rejects.toBe(error);
  });

  it('that is stopped while it waits drops what comes, and ends', async () => {
    const { incoming, far } = listening();
    const waiting = rejectionOf(incoming.receive());
    expect(await isPending(waiting)).toBe(true);
    incoming.stop();
    void far.write(bytesOf('one\n'));
    expect(await waiting).toBeInstanceOf(EndOfStreamError);
  });

  it('that is stopped by a delivery delivers nothing more', async () => {
    const { incoming, far } = listening();
    const heard: string[] = [];
    void far.write(bytesOf('one\ntwo\n'));
    const end = endOf(incoming, (line) => {
      heard.push(line);
      incoming.stop();
    });
    expect(await isPending(end)).toBe(true);
    expect(heard).toEqual(['one']);
  });

  it('drops a chunk that was under way when it was stopped', async () => {
    const chunk = new Deferred<IteratorResult<Uint8Array, undefined>>();
    // An iterator need not know `return`.
    const { incoming } = listening({ [Symbol.asyncIterator]: () => ({ next: () => chunk.promise }) });
    const heard: string[] = [];
    const end = endOf(incoming, (line) => void heard.push(line));
    incoming.stop();
    chunk.resolve({ value: bytesOf('one\n'), done: false });
    expect(await isPending(end)).toBe(true);
    expect(heard).toEqual([]);
  });

  it('does not mind a link that fails to be left', async () => {
    const { incoming } = listening({
      [Symbol.asyncIterator]: () => ({
        next: () => new Deferred<never>().promise,
        return: () => Promise.reject(new Error('cannot leave')),
      }),
    });
    incoming.stop();
    await microtasks();
    await expect(incoming.receive()).rejects.toBeInstanceOf(EndOfStreamError);
  });
});
