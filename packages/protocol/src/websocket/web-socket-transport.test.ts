import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  collect,
  MIB,
  npm,
  openPair,
  platforms,
  readAll,
  scriptedWebSocket,
  someBytes,
  startWebSocketServer,
} from './web-socket.test-kit.ts';
import { webSocketTransport } from './web-socket-transport.ts';

describe.each(platforms)('over a socket of $name', (platform) => {
  it('carries 1 MiB each way, byte for byte, and then ends on both sides', async () => {
    const { transport, far } = await openPair(platform);
    const sent = someBytes(MIB);
    far.on('message', (data: Buffer) => far.send(data));
    const received: Uint8Array[] = [];
    const chunks = transport.readable[Symbol.asyncIterator]();
    for (let start = 0; start < MIB; start += 10_000) {
      await transport.write(sent.subarray(start, start + 10_000));
      received.push((await chunks.next()).value as Uint8Array);
    }
    const closed = once(far, 'close');
    await transport.close();
    expect(sent.equals(Buffer.concat(received))).toBe(true);
    expect(await chunks.next()).toEqual({ value: undefined, done: true });
    expect(await closed).toEqual([1000, Buffer.alloc(0)]);
  });

  it('sends what was written before close(), without anybody waiting for it, in messages of 64 KiB', async () => {
    const { transport, far } = await openPair(platform);
    const sent = someBytes(MIB + 1);
    const collected = collect(far);
    const written = transport.write(sent);
    await Promise.all([transport.close(), written]);
    const { bytes, sizes } = await collected;
    expect(sent.equals(bytes)).toBe(true);
    expect(sizes).toEqual([...Array.from({ length: 16 }, () => 64 * 1024), 1]);
  });

  it('may be made of a socket that still opens: what is written and closed waits for that', async () => {
    const { server, url } = await startWebSocketServer();
    const transport = webSocketTransport(platform.make(url), 'the peer');
    expect(transport.description).toBe('the peer');
    const written = [transport.write(Buffer.from('hel')), transport.write(Buffer.from('lo'))];
    const closed = transport.close();
    const [far] = (await once(server, 'connection')) as [Parameters<typeof collect>[0]];
    expect((await collect(far)).bytes.toString()).toBe('hello');
    await Promise.all([...written, closed]);
  });

  it('takes text as UTF-8, and sends bytes only', async () => {
    const { transport, far } = await openPair(platform);
    const isBinary = vi.fn();
    far.on('message', (_: Buffer, binary: boolean) => void isBinary(binary));
    await transport.write(Buffer.from('{"say": "hello"}'));
    await once(far, 'message');
    far.send('grüß ');
    far.send(Buffer.from('Gott 👋'));
    far.close();
    expect((await readAll(transport)).toString()).toBe('grüß Gott 👋');
    expect(isBinary.mock.calls).toEqual([[true]]);
  });

  it.each([[1000], [1001], [undefined]])(
    'gives what is unread and then the end when the peer says goodbye (%s)',
    async (code) => {
      const { transport, near, far } = await openPair(platform);
      far.send('last ');
      far.send('words');
      far.close(code);
      await vi.waitUntil(() => near.readyState === 3);
      expect((await readAll(transport)).toString()).toBe('last words');
      await expect(transport.write(Buffer.from('x'))).rejects.toThrow(
        'The link is closed: nothing more can be sent on it',
      );
      await transport.close();
    },
  );

  it.each([
    [1003, '', 'the WebSocket ended with code 1003 (the peer does not take such messages)'],
    [1009, 'limit 5', 'the WebSocket ended with code 1009 (a message was too large for the peer): limit 5'],
    [4321, 'because', 'the WebSocket ended with code 4321 (of its own): because'],
  ])('gives what is unread and then the closing code %d', async (code, reason, message) => {
    const { transport, far } = await openPair(platform);
    far.send('half a mess');
    far.close(code, reason);
    const chunks = transport.readable[Symbol.asyncIterator]();
    expect(Buffer.from((await chunks.next()).value as Uint8Array).toString()).toBe('half a mess');
    const error = { name: 'WebSocketCloseError', code, reason, message };
    await expect(chunks.next()).rejects.toMatchObject(error);
    await expect(transport.write(Buffer.from('x'))).rejects.toMatchObject(error);
    await transport.close();
  });

  it('breaks the reader and a write that waits when the link breaks', async () => {
    const { transport, far } = await openPair(platform);
    far.pause();
    const reading = readAll(transport);
    const written = transport.write(someBytes(32 * MIB));
    far.terminate();
    await expect(reading).rejects.toMatchObject({
      code: 1006,
      message: expect.stringContaining('ended with code 1006 (the link broke without a goodbye)') as string,
    });
    await expect(written).rejects.toMatchObject({ code: 1006 });
    await transport.close();
  });

  it('lets close() resolve when the link breaks instead', async () => {
    const { transport, far } = await openPair(platform);
    far.pause();
    const closed = transport.close().then(() => 'closed');
    far.terminate();
    expect(await closed).toBe('closed');
  });

  it('asks the writer to wait while the peer does not read, and goes on when it does', async () => {
    const { transport, far } = await openPair(platform);
    expect(transport.write(Buffer.from('x'))).toBeUndefined();
    far.pause();
    const sent = someBytes(16 * MIB);
    const written = Promise.resolve(transport.write(sent)).then(() => 'written');
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await Promise.race([written, setImmediate('waiting')])).toBe('waiting');
    }
    const collected = collect(far);
    far.resume();
    expect(await written).toBe('written');
    await transport.close();
    expect(sent.equals((await collected).bytes.subarray(-sent.length))).toBe(true);
  });

  it('gives the reason of abort() to reader and writer, and ends a close() that waits', async () => {
    const { transport, far } = await openPair(platform);
    far.pause();
    const reason = new Error('enough');
    const reading = readAll(transport);
    const written = transport.write(someBytes(16 * MIB));
    const closed = transport.close();
    transport.abort(reason);
    transport.abort(new Error('again'));
    await expect(reading).rejects.toBe(reason);
    await expect(written).rejects.toBe(reason);
    await closed;
    await expect(transport.write(Buffer.from('x'))).rejects.toBe(reason);
    far.resume();
    await once(far, 'close');
  });

  it('gives what is unread before the reader hears of an abort(), which needs no reason', async () => {
    const { transport, near, far } = await openPair(platform);
    const arrived = new Promise<unknown>((resolve) => near.addEventListener('message', resolve));
    far.send('x');
    await arrived;
    transport.abort();
    const chunks = transport.readable[Symbol.asyncIterator]();
    expect(Buffer.from((await chunks.next()).value as Uint8Array).toString()).toBe('x');
    await expect(chunks.next()).rejects.toThrow('The link was cut off on this side');
  });

  it('does nothing to a link that has ended when it is aborted', async () => {
    const { transport, far } = await openPair(platform);
    far.close();
    expect(await readAll(transport)).toHaveLength(0);
    transport.abort(new Error('late'));
    expect(await readAll(transport)).toHaveLength(0);
  });

  it('cannot be made of a socket that is closing', async () => {
    const { near } = await openPair(platform);
    near.close();
    expect(() => webSocketTransport(near)).toThrow(
      new TypeError('Cannot use the WebSocket: it is closing or closed; expected one that is open or opens'),
    );
  });
});

describe('over a socket of ws', () => {
  it('holds the peer back while nobody reads here, and loses nothing', async () => {
    const { transport, far } = await openPair(npm);
    const sent = someBytes(32 * MIB);
    for (let start = 0; start < sent.length; start += MIB) far.send(sent.subarray(start, start + MIB));
    far.close();
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
    expect(far.bufferedAmount).toBeGreaterThan(16 * MIB);
    expect(sent.equals(await readAll(transport))).toBe(true);
  });

  it('says what the system says when the link breaks', async () => {
    const { transport, link } = await openPair(npm);
    // A frame with all its reserved bits set is none.
    link.write(Buffer.from([0xf2, 0]));
    await expect(readAll(transport)).rejects.toMatchObject({
      code: 1006,
      message: expect.stringMatching(/1006 .*: Invalid WebSocket frame: RSV2 and RSV3 must be clear$/) as string,
      cause: { code: 'WS_ERR_UNEXPECTED_RSV_2_3' },
    });
  });

  it('may be one that a server has accepted, which has no URL', async () => {
    const { transport, far } = await openPair(npm);
    const other = webSocketTransport(far);
    expect(other.description).toBe('a WebSocket client');
    await other.write(Buffer.from('hello'));
    const reading = readAll(transport);
    await other.close();
    expect((await reading).toString()).toBe('hello');
  });
});

describe('over a socket that cannot be cut off', () => {
  it('waits for half a minute at most for the peer to answer a goodbye', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const close = vi.fn();
    const transport = webSocketTransport(scriptedWebSocket({ close }));
    const closed = transport.close().then(() => 'closed');
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await Promise.race([closed, Promise.resolve('closing')])).toBe('closing');
    await vi.advanceTimersByTimeAsync(1);
    expect(await closed).toBe('closed');
    expect(close.mock.calls).toEqual([[1000], []]);
    await expect(readAll(transport)).rejects.toThrow('The link was cut off on this side');
    expect(vi.getTimerCount()).toBe(0);
  });
});
