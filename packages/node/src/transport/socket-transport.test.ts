import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { collect, readAll, socketPair, until, writeUntilItFails } from '../sockets.test-kit.ts';
import { socketTransport } from './socket-transport.ts';

const MIB = 1024 * 1024;

describe.each(['unix', 'tcp'] as const)('over %s', (kind) => {
  it('carries 1 MiB each way, byte for byte, and then ends on both sides', async () => {
    const { near, far } = await socketPair(kind);
    const transport = socketTransport(near);
    const sent = randomBytes(MIB);
    far.pipe(far);
    const received = readAll(transport);
    for (let start = 0; start < MIB; start += 10_000) await transport.write(sent.subarray(start, start + 10_000));
    await transport.close();
    expect(sent.equals(await received)).toBe(true);
    expect(near.destroyed).toBe(true);
  });

  it('writes text in UTF-8, and is as patient with a slow peer', async () => {
    const { near, far } = await socketPair(kind);
    const transport = socketTransport(near);
    const text = 'ü€\u{1f600}'.repeat(MIB);
    const written = transport.writeText?.(text);
    expect(written).toBeInstanceOf(Promise);
    const closed = transport.close();
    const received = await collect(far);
    far.end();
    await Promise.all([written, closed]);
    expect(received.toString() === text).toBe(true);
  });

  it('sends what was written before close(), without anybody waiting for it', async () => {
    const { near, far } = await socketPair(kind);
    const transport = socketTransport(near);
    const sent = randomBytes(2 * MIB);
    const written = transport.write(sent);
    const closed = transport.close();
    const received = await collect(far);
    far.end();
    await Promise.all([written, closed]);
    expect(sent.equals(received)).toBe(true);
  });

  it('reads on while it closes, and has closed when the peer has', async () => {
    const { near, far } = await socketPair(kind);
    const transport = socketTransport(near);
    const sent = randomBytes(MIB);
    const closed = transport.close().then(() => 'closed');
    await collect(far);
    expect(await Promise.race([closed, setImmediate('open')])).toBe('open');
    far.end(sent);
    expect(sent.equals(await readAll(transport))).toBe(true);
    expect(await closed).toBe('closed');
  });

  it('closes although its reader has left', async () => {
    const { near, far } = await socketPair(kind);
    const transport = socketTransport(near);
    far.end(randomBytes(4 * MIB));
    await until(() => near.isPaused());
    for await (const chunk of transport.readable) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    await transport.close();
    expect(near.destroyed).toBe(true);
  });

  it('gives the peer’s last words and the end when the peer half-closes', async () => {
    const { near, far } = await socketPair(kind);
    const transport = socketTransport(near);
    far.end('bye');
    expect((await readAll(transport)).toString()).toBe('bye');
  });
});

describe('backpressure', () => {
  it('is no promise while there is room', async () => {
    const { near } = await socketPair('unix');
    expect(socketTransport(near).write(Buffer.from('x'))).toBeUndefined();
  });

  it('is a promise for as long as the peer does not read', async () => {
    const { near, far } = await socketPair('unix');
    const transport = socketTransport(near);
    const sent = randomBytes(4 * MIB);
    const written = Promise.resolve(transport.write(sent)).then(() => 'written');
    for (let turn = 0; turn < 5; turn += 1)
      expect(await Promise.race([written, setImmediate('waiting')])).toBe('waiting');
    const received = collect(far);
    expect(await written).toBe('written');
    near.end();
    expect(sent.equals(await received)).toBe(true);
  });

  it('settles every write that waits, and leaves no listener behind', async () => {
    const { near, far } = await socketPair('unix');
    const transport = socketTransport(near);
    const countListeners = (): number[] => near.eventNames().map((name) => near.listenerCount(name));
    const before = countListeners();
    far.resume();
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([
        transport.write(randomBytes(MIB)),
        transport.write(randomBytes(1)),
        transport.write(randomBytes(1)),
      ]);
    }
    expect(countListeners()).toEqual(before);
  });

  it('holds the peer back while nobody reads here, and loses nothing', async () => {
    const { near, far } = await socketPair('unix');
    const transport = socketTransport(near);
    const sent = randomBytes(8 * MIB);
    far.end(sent);
    await until(() => near.isPaused());
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    expect(far.writableLength).toBeGreaterThan(4 * MIB);
    expect(near.bytesRead).toBeLessThan(2 * MIB);
    expect(sent.equals(await readAll(transport))).toBe(true);
  });
});

describe('a link that breaks', () => {
  it('gives what came before the reset, and then the reset', async () => {
    const { near, far } = await socketPair('tcp');
    const transport = socketTransport(near);
    far.write('half a mess');
    await until(() => near.bytesRead === 11);
    far.resetAndDestroy();
    const iterator = transport.readable[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toEqual(Buffer.from('half a mess'));
    await expect(iterator.next()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('breaks a reader who waits', async () => {
    const { near, far } = await socketPair('tcp');
    const transport = socketTransport(near);
    const reading = readAll(transport);
    far.resetAndDestroy();
    await expect(reading).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('breaks a write that waits with the link’s error', async () => {
    const { near, far } = await socketPair('tcp');
    const transport = socketTransport(near);
    const written = transport.write(randomBytes(32 * MIB));
    far.resetAndDestroy();
    await expect(written).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) as string });
    await expect(transport.write(Buffer.from('x'))).rejects.toMatchObject({ syscall: expect.any(String) as string });
  });

  it('tells both the writer and the reader that the peer is gone', async () => {
    const { near, far } = await socketPair('unix');
    const transport = socketTransport(near);
    far.destroy();
    await expect(writeUntilItFails(transport)).rejects.toMatchObject({ code: 'EPIPE' });
    await expect(readAll(transport)).rejects.toMatchObject({ code: 'EPIPE' });
  });

  it('lets close() resolve, whose caller has the error from the reader', async () => {
    const { near, far } = await socketPair('tcp');
    const transport = socketTransport(near);
    const closed = transport.close();
    far.resetAndDestroy();
    await expect(readAll(transport)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await closed;
    await transport.close();
  });

  it('refuses to write after close() and after the peer’s end', async () => {
    const closing = socketTransport((await socketPair('unix')).near);
    void closing.close();
    await expect(closing.write(Buffer.from('x'))).rejects.toThrow('The link is closed: nothing more can be sent on it');

    const { near, far } = await socketPair('unix');
    const left = socketTransport(near);
    far.end();
    await readAll(left);
    await expect(left.write(Buffer.from('x'))).rejects.toThrow('The link is closed');
  });
});

describe('abort', () => {
  it('ends reader and writer with its reason, and the peer sees the end', async () => {
    const { near, far } = await socketPair('unix');
    const transport = socketTransport(near);
    const reason = new Error('enough');
    const reading = readAll(transport);
    const written = transport.write(randomBytes(4 * MIB));
    transport.abort(reason);
    transport.abort(new Error('again'));
    await expect(reading).rejects.toBe(reason);
    await expect(written).rejects.toBe(reason);
    expect((await collect(far)).byteLength).toBeLessThan(4 * MIB);
  });

  it('needs no reason: what is unread is read before the reader hears of the cut', async () => {
    const { near, far } = await socketPair('unix');
    const transport = socketTransport(near);
    far.write('x');
    await until(() => near.bytesRead === 1);
    transport.abort();
    const iterator = transport.readable[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toEqual(Buffer.from('x'));
    await expect(iterator.next()).rejects.toThrow('The link was cut off on this side');
    await expect(transport.write(Buffer.from('x'))).rejects.toThrow('The link was cut off on this side');
  });

  it('ends a close() that waits for the peer', async () => {
    const { near } = await socketPair('unix');
    const transport = socketTransport(near);
    const closed = transport.close();
    transport.abort('no patience');
    await closed;
    expect(near.destroyed).toBe(true);
    await expect(readAll(transport)).rejects.toMatchObject({ cause: 'no patience' });
  });

  it('is noticed when it is somebody else who destroys the socket', async () => {
    const { near } = await socketPair('unix');
    const transport = socketTransport(near);
    near.destroy();
    await expect(readAll(transport)).rejects.toThrow('The link was cut off on this side');
    await expect(transport.write(Buffer.from('x'))).rejects.toThrow('The link is closed');
  });

  it('does nothing to a link that has ended', async () => {
    const { near, far } = await socketPair('unix');
    const transport = socketTransport(near);
    far.end();
    expect(await readAll(transport)).toHaveLength(0);
    await transport.close();
    transport.abort(new Error('late'));
    expect(await readAll(transport)).toHaveLength(0);
  });
});
