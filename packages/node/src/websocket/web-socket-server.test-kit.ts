import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

import type { Address, Transport } from '@qmp/protocol';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';

import { parseAddress } from '../address/parse-address.ts';
import { dial } from '../dial/dial.ts';
import { DialError } from '../errors/dial-error.ts';
import { patient } from '../sockets.test-kit.ts';

/** A server for WebSockets that is gone at the end of the test; encrypted if it is told how. */
export async function startWebSocketServer(
  onConnection: (socket: WebSocket, request: IncomingMessage) => void,
  tls?: ServerOptions,
): Promise<string> {
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', onConnection);
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
  });
  return await urlOf(server, tls === undefined ? 'ws' : 'wss');
}

/** A server that answers each handshake with the status; it is gone at the end of the test. */
export async function startRefusingServer(status: number): Promise<string> {
  const server = createServer();
  server.on('upgrade', (_, link) => void link.end(`HTTP/1.1 ${status} No\r\n\r\n`));
  return await urlOf(server, 'ws');
}

/** Where it listens, from now on until the test ends. */
export async function urlOf(server: Server, scheme: 'ws' | 'wss'): Promise<string> {
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A transport that is gone at the end of the test. */
export async function dialUrl(address: Address, signal: AbortSignal = patient): Promise<Transport> {
  const transport = await dial(parseAddress(address), { signal });
  onTestFinished(() => transport.abort());
  return transport;
}

export async function failureOf(address: Address): Promise<DialError> {
  const outcome: unknown = await dialUrl(address).catch((error: unknown) => error);
  if (outcome instanceof DialError) return outcome;
  throw new Error(`dialing gave ${String(outcome)}`);
}
