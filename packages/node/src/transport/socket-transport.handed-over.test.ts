import { once } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { collect, portOf, readAll, socketPair, startServer } from '../sockets.test-kit.ts';
import { socketTransport } from './socket-transport.ts';

describe('a socket that is handed over', () => {
  it('may hold data that was put back', async () => {
    const { near, far } = await socketPair('unix');
    far.end('the rest');
    const [first] = (await once(near, 'data')) as [Buffer];
    near.pause();
    near.unshift(first.subarray(4));
    expect((await readAll(socketTransport(near))).toString()).toBe('rest');
  });

  it('may be paused, with all that came since', async () => {
    const { near, far } = await socketPair('unix');
    near.pause();
    near.on('data', () => undefined);
    far.end('kept');
    await once(far, 'finish');
    expect((await readAll(socketTransport(near))).toString()).toBe('kept');
  });

  it('must not be destroyed', async () => {
    const { near } = await socketPair('unix');
    near.destroy();
    const attempt = (): unknown => socketTransport(near);
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow('Cannot use the socket: it is destroyed; expected an open stream of bytes');
  });

  it('must not have come to its end in either direction', async () => {
    const { near: ended } = await socketPair('unix');
    ended.end();
    expect(() => socketTransport(ended)).toThrow('it was ended for writing');

    const { near, far } = await socketPair('unix');
    far.end();
    near.allowHalfOpen = true;
    await collect(near.on('error', () => undefined));
    expect(() => socketTransport(near)).toThrow(/it is destroyed|it was read to its end/);

    const readToItsEnd = new Duplex({ read: () => undefined, write: () => undefined });
    readToItsEnd.push(null);
    readToItsEnd.resume();
    await once(readToItsEnd, 'end');
    expect(() => socketTransport(readToItsEnd)).toThrow('it was read to its end');
  });

  it('must give bytes', () => {
    expect(() => socketTransport(new PassThrough().setEncoding('utf8'))).toThrow('it gives text or objects');
    expect(() => socketTransport(new PassThrough({ objectMode: true }))).toThrow('it gives text or objects');
  });

  it('may be any Duplex', async () => {
    const transport = socketTransport(new PassThrough());
    await transport.write(Buffer.from('echo'));
    const closed = transport.close();
    expect((await readAll(transport)).toString()).toBe('echo');
    await closed;
  });

  it('breaks with the error of a Duplex that never emits close', async () => {
    const error = new Error('torn');
    const duplex = new Duplex({ emitClose: false, highWaterMark: 1, read: () => undefined, write: () => undefined });
    const transport = socketTransport(duplex);
    const written = transport.write(Buffer.from('stuck'));
    duplex.destroy(error);
    await expect(written).rejects.toBe(error);
    await expect(readAll(transport)).rejects.toBe(error);
  });
});

describe('the description', () => {
  it('is the peer’s address over TCP', async () => {
    const { near, far } = await socketPair('tcp');
    expect(socketTransport(near).description).toBe(`tcp:127.0.0.1:${far.localPort}`);
  });

  it('is in brackets over IPv6', async () => {
    const server = await startServer({ host: '::1', port: 0 });
    const { connect } = await import('node:net');
    const near = connect(portOf(server), '::1');
    await once(near, 'connect');
    const transport = socketTransport(near);
    expect(transport.description).toBe(`tcp:[::1]:${portOf(server)}`);
    transport.abort();
  });

  it('is plain where there is no address, and yours where you have one', async () => {
    const { near, far } = await socketPair('unix');
    expect(socketTransport(near).description).toBe('socket');
    expect(socketTransport(far, 'the far end').description).toBe('the far end');
  });
});
