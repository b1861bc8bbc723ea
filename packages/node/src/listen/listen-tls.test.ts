import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import type { Listener, TlsOptions, Transport } from '@qmp/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';

import { nodeConnector } from '../node-connector.ts';
import { runtime } from '../runtime.test-kit.ts';
import { patient, readAll } from '../sockets.test-kit.ts';
import { authority, dialTls, psk } from '../tls/tls-server.test-kit.ts';

const ca = authority.cert;

async function listenWith(tls: TlsOptions): Promise<{ listener: Listener; port: number }> {
  const listener = await nodeConnector.listen({ host: '127.0.0.1', port: 0, tls }, { signal: patient });
  onTestFinished(() => listener.close());
  return { listener, port: Number(listener.description.split(':').at(-1)) };
}

async function greet(server: Transport): Promise<void> {
  await server.write(Buffer.from('welcome'));
  await server.close();
}

async function plainSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

describe('a TLS listener', () => {
  it('serves peers by its certificate, and says where', async () => {
    const { listener, port } = await listenWith(authority.issue());
    expect(listener.description).toMatch(/^tls:127\.0\.0\.1:[1-9]\d*$/);
    const [server, client] = await Promise.all([listener.accept({ signal: patient }), dialTls(port, { ca })]);
    expect(server.description).toMatch(/^tls:127\.0\.0\.1:[1-9]\d*$/);
    expect(server.framing).toBe('records');
    const greeting = readAll(client);
    await Promise.all([greet(server), client.close()]);
    expect((await greeting).toString()).toBe('welcome');
  });

  it('lets in only who has a certificate from the authorities that it was given', async () => {
    const { listener, port } = await listenWith({ ...authority.issue(), ca });
    const stranger = await dialTls(port, { ca });
    const client = await dialTls(port, { ca, ...authority.issue({ usage: 'client', hosts: [] }) });
    const [greeting] = await Promise.all([readAll(client), listener.accept({ signal: patient }).then(greet)]);
    expect(greeting.toString()).toBe('welcome');
    await expect(readAll(stranger)).rejects.toMatchObject({ code: 'TLS_CLIENT_CERTIFICATE_REQUIRED' });
  });

  it('lets in only who knows its pre-shared key', async ({ skip }) => {
    skip(runtime !== 'Node', 'only Node has pre-shared keys');
    const { listener, port } = await listenWith({ psk });
    for (const stranger of [
      { ...psk, key: 'c0ffee' },
      { ...psk, identity: 'nobody' },
    ]) {
      await expect(dialTls(port, { psk: stranger })).rejects.toMatchObject({ code: 'TLS_PSK_REFUSED' });
    }
    const [greeting] = await Promise.all([
      dialTls(port, { psk }).then(readAll),
      listener.accept({ signal: patient }).then(greet),
    ]);
    expect(greeting.toString()).toBe('welcome');
  });

  it('goes on after a peer that speaks no TLS', async () => {
    const { listener, port } = await listenWith(authority.issue());
    const stranger = await plainSocket(port);
    stranger.end('{"execute": "query-version"}\n').resume();
    await once(stranger, 'close');
    const [greeting] = await Promise.all([
      dialTls(port, { ca }).then(readAll),
      listener.accept({ signal: patient }).then(greet),
    ]);
    expect(greeting.toString()).toBe('welcome');
  });

  it('hangs up on those who are still shaking hands when it closes', async () => {
    const { listener, port } = await listenWith(authority.issue());
    const silent = await plainSocket(port);
    const client = await dialTls(port, { ca });
    const server = await listener.accept({ signal: patient });
    await listener.close();
    await once(silent.resume(), 'close');
    // Who was let in before stays.
    await server.write(Buffer.from('still here'));
    const first = await client.readable[Symbol.asyncIterator]().next();
    expect(Buffer.from(first.value ?? []).toString()).toBe('still here');
  });

  it('says that the port is taken', async () => {
    const { port } = await listenWith(authority.issue());
    const address = { host: '127.0.0.1', port, tls: authority.issue() };
    await expect(nodeConnector.listen(address, { signal: patient })).rejects.toMatchObject({
      message: `somebody else listens at tls:127.0.0.1:${port} already (EADDRINUSE)`,
    });
  });
});
