import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

import type { Transport } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';

import { parseAddress } from '../address/parse-address.ts';
import { dial } from '../dial/dial.ts';
import { runtime } from '../runtime.test-kit.ts';
import { collect, patient, readAll, until } from '../sockets.test-kit.ts';
import { authority, dialTls, psk, pskServer, startPlainServer, startTlsServer } from './tls-server.test-kit.ts';

const ca = authority.cert;

async function askForEcho(transport: Transport): Promise<string> {
  await transport.write(Buffer.from('hello'));
  await transport.close();
  return (await readAll(transport)).toString();
}

describe('a TLS server is reached', () => {
  it('by the authority of its certificate', async () => {
    const port = await startTlsServer();
    const transport = await dialTls(port, { ca });
    expect(transport.description).toBe(`tls:127.0.0.1:${port}`);
    expect(await askForEcho(transport)).toBe('hello');
  });

  it('by one of several authorities, given as bytes', async () => {
    const port = await startTlsServer();
    const other = authority.issue().cert;
    expect(await askForEcho(await dialTls(port, { ca: [other, new TextEncoder().encode(ca)] }))).toBe('hello');
  });

  it('by a name that its certificate has, other than the host', async () => {
    const port = await startTlsServer(authority.issue({ hosts: ['vm.example'] }));
    expect(await askForEcho(await dialTls(port, { ca, servername: 'vm.example' }))).toBe('hello');
  });

  it('by an IP address that its certificate has, other than the host', async () => {
    const port = await startTlsServer(authority.issue({ hosts: ['192.0.2.7'] }));
    expect(await askForEcho(await dialTls(port, { ca, servername: '192.0.2.7' }))).toBe('hello');
  });

  it('and is told which name is meant, which an IP address is not', async () => {
    const names: unknown[] = [];
    const onConnection = (socket: TLSSocket): void => {
      names.push(socket.servername ?? false);
      socket.end();
    };
    const port = await startTlsServer(
      authority.issue({ hosts: ['vm.example', '127.0.0.1', 'localhost'] }),
      onConnection,
    );
    await dialTls(port, { ca, servername: 'vm.example' });
    await dialTls(port, { ca });
    await dial(parseAddress({ host: 'localhost', port, tls: { ca } }), { signal: patient });
    await until(() => names.length === 3);
    expect(names).toEqual(['vm.example', false, 'localhost']);
  });

  it('with a certificate of our own, where it asks for one', async () => {
    const port = await startTlsServer({ ...authority.issue(), ca, requestCert: true });
    const client = authority.issue({ usage: 'client', hosts: [] });
    expect(await askForEcho(await dialTls(port, { ca, ...client }))).toBe('hello');
  });

  it.for(['TLSv1.3', 'TLSv1.2'] as const)('by a pre-shared key, with %s', async (maxVersion, { skip }) => {
    skip(runtime !== 'Node', 'only Node has pre-shared keys');
    const port = await startTlsServer({ ...pskServer, maxVersion });
    expect(await askForEcho(await dialTls(port, { psk }))).toBe('hello');
    const key = Buffer.from(psk.key, 'hex');
    expect(await askForEcho(await dialTls(port, { psk: { identity: psk.identity, key } }))).toBe('hello');
  });

  it('whoever it is, where any certificate is accepted', async () => {
    const port = await startTlsServer(authority.issue({ hosts: [], notAfter: new Date(0) }));
    expect(await askForEcho(await dialTls(port, { dangerouslyAcceptAnyCertificate: true }))).toBe('hello');
  });

  it('with what it said at once', async () => {
    const port = await startTlsServer(authority.issue(), (socket) => void socket.end('greeting'));
    expect((await readAll(await dialTls(port, { ca }))).toString()).toBe('greeting');
  });
});

describe('a TLS link', () => {
  it('says that it packs what is written', async () => {
    expect(await dialTls(await startTlsServer(), { ca })).toMatchObject({ framing: 'records' });
  });

  it('lets no write that was waited for travel with the next', async ({ skip }) => {
    skip(runtime !== 'Node', 'only a server on Node tells records apart');
    const sizes: number[] = [];
    const port = await startTlsServer(authority.issue(), (socket) => {
      socket.on('data', (chunk: Buffer) => sizes.push(chunk.length));
    });
    const transport = await dialTls(port, { ca });
    await transport.writeText?.('x'.repeat(10));
    for (const size of [100, 1, 5_000, 1, 1, 20_000, 1]) await transport.write(Buffer.alloc(size));
    await until(() => sizes.reduce((total, size) => total + size, 0) === 25_114);
    // A record holds 16 KiB.
    expect(sizes).toEqual([10, 100, 1, 5_000, 1, 1, 16_384, 3_616, 1]);
  });

  it('sends what was written before close(), without anybody waiting for it', async () => {
    const received: Promise<Buffer>[] = [];
    const port = await startTlsServer(authority.issue(), (socket) => void received.push(collect(socket)));
    const transport = await dialTls(port, { ca });
    const sent = Buffer.alloc(2 ** 21, 'x');
    const written = transport.write(sent);
    await Promise.all([written, transport.close()]);
    expect(sent.equals((await Promise.all(received))[0] ?? Buffer.alloc(0))).toBe(true);
  });

  it('refuses to write after close()', async () => {
    const transport = await dialTls(await startTlsServer(), { ca });
    void transport.close();
    await expect(transport.write(Buffer.from('x'))).rejects.toThrow(
      'The link is closed: nothing more can be sent on it',
    );
  });

  it('ends a write that waits with the reason of an abort', async () => {
    const transport = await dialTls(await startTlsServer(authority.issue(), (socket) => void socket.pause()), { ca });
    const reason = new Error('enough');
    const written = transport.write(Buffer.alloc(2 ** 26));
    transport.abort(reason);
    await expect(written).rejects.toBe(reason);
    await expect(readAll(transport)).rejects.toBe(reason);
  });

  it('ends with the peer’s last words when the peer cuts the connection', async () => {
    const port = await startTlsServer(authority.issue(), (socket) => socket.write('bye', () => void socket.destroy()));
    expect((await readAll(await dialTls(port, { ca }))).toString()).toBe('bye');
  });
});

describe('an abort during the handshake', () => {
  it('rejects with its reason and closes the connection', async () => {
    const peers: Socket[] = [];
    const port = await startPlainServer((socket) => void peers.push(socket));
    const controller = new AbortController();
    const dialing = dialTls(port, { ca }, controller.signal);
    await until(() => peers.length === 1);
    controller.abort('changed my mind');
    await expect(dialing).rejects.toBe('changed my mind');
    const [peer] = peers as [Socket];
    await once(peer.resume(), 'close');
  });

  it('before it begins opens nothing', async () => {
    await expect(dialTls(1, true, AbortSignal.abort('never mind'))).rejects.toBe('never mind');
  });
});
