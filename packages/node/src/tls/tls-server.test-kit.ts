import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions as ServerOptions, type TLSSocket } from 'node:tls';

import type { TlsOptions, Transport } from '@qmp/protocol';
import { onTestFinished } from 'vitest';

import { parseAddress } from '../address/parse-address.ts';
import { dial } from '../dial/dial.ts';
import { DialError } from '../errors/dial-error.ts';
import { patient } from '../sockets.test-kit.ts';
import { TestAuthority } from './certificates.test-kit.ts';

export const authority: TestAuthority = new TestAuthority();
export const psk: { readonly identity: string; readonly key: string } = {
  identity: 'qemu',
  key: '00112233445566778899aabbccddeeff',
};
/** How a server of `node:tls` is given {@link psk}. */
export const pskServer: ServerOptions = {
  ciphers: 'TLS_AES_128_GCM_SHA256:PSK',
  pskCallback: (_, identity) => (identity === psk.identity ? Buffer.from(psk.key, 'hex') : null),
};

/** A TLS server on this machine that sends back what it gets, unless told otherwise. @returns its port. */
export async function startTlsServer(
  options: ServerOptions = authority.issue(),
  onConnection: (socket: TLSSocket) => void = (socket) => void socket.pipe(socket),
): Promise<number> {
  const server = createTlsServer(options, (socket) => {
    socket.on('error', () => socket.destroy());
    onTestFinished(() => void socket.destroy());
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A server that knows no TLS. @returns its port. */
export async function startPlainServer(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    onTestFinished(() => void socket.destroy());
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Dials a port of this machine by TLS; the connection is gone after the test. */
export async function dialTls(port: number, tls: TlsOptions | true, signal: AbortSignal = patient): Promise<Transport> {
  const transport = await dial(parseAddress({ host: '127.0.0.1', port, tls }), { signal });
  onTestFinished(() => transport.abort());
  return transport;
}

/** What dialing is rejected with. With `retry`, because there is nothing to wait for. */
export async function failureOf(port: number, tls: TlsOptions | true): Promise<DialError> {
  const onRetry = (error: Error): never => {
    throw new Error('there is nothing to wait for', { cause: error });
  };
  const dialing = dial(parseAddress({ host: '127.0.0.1', port, tls }), { signal: patient, retry: true, onRetry });
  const outcome: unknown = await dialing.catch((error: unknown) => error);
  if (outcome instanceof DialError) return outcome;
  throw new Error(`dialing gave ${String(outcome)}`, { cause: outcome });
}
