import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocket as NpmWebSocket, WebSocketServer } from 'ws';
import type { Transport } from '../transport/transport.ts';
import type { WebSocketLike } from './web-socket-like.ts';
import { webSocketTransport } from './web-socket-transport.ts';

export const MIB: number = 1024 * 1024;

/** A way to make a WebSocket on this machine. */
export interface Platform {
  readonly name: string;
  make(url: string): WebSocketLike;
}

export const npm: Platform = {
  name: 'the npm package ws',
  make: (url) => new NpmWebSocket(url, { perMessageDeflate: false }),
};

/** All that there are: Node 20 has no WebSocket of its own. */
export const platforms: readonly Platform[] =
  'WebSocket' in globalThis ? [npm, { name: 'the platform', make: (url) => new WebSocket(url) }] : [npm];

/** A server that is gone at the end of the test, with all that is connected to it. */
export async function startWebSocketServer(): Promise<{ readonly server: WebSocketServer; readonly url: string }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** Both ends of a connection: a transport over a socket that opens, and the far socket. */
export async function openPair(platform: Platform): Promise<{
  readonly transport: Transport;
  readonly near: WebSocketLike;
  readonly far: NpmWebSocket;
  /** What the far socket goes over. */
  readonly link: Socket;
}> {
  const { server, url } = await startWebSocketServer();
  const near = platform.make(url);
  const transport = webSocketTransport(near);
  onTestFinished(() => transport.abort());
  const [far, { socket: link }] = (await once(server, 'connection')) as [NpmWebSocket, IncomingMessage];
  // What the near end does to it is the test's business.
  far.on('error', () => undefined);
  if (near.readyState === 0) await new Promise<void>((resolve) => near.addEventListener('open', resolve));
  return { transport, near, far, link };
}

/** What arrives at the far end until it is closed, and in what pieces. */
export async function collect(far: NpmWebSocket): Promise<{ readonly bytes: Buffer; readonly sizes: number[] }> {
  const chunks: Buffer[] = [];
  far.on('message', (data: Buffer) => chunks.push(data));
  await once(far, 'close');
  return { bytes: Buffer.concat(chunks), sizes: chunks.map((chunk) => chunk.byteLength) };
}

/** Reads a transport to its end. */
export async function readAll(transport: Transport): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of transport.readable) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A WebSocket of no platform, which does only what the test has it do. */
export function scriptedWebSocket(script: Partial<WebSocketLike>): WebSocketLike {
  const nothing = (): void => undefined;
  const members = { binaryType: 'blob', readyState: 1, bufferedAmount: 0 };
  return { ...members, send: nothing, close: nothing, addEventListener: nothing, ...script };
}

export function someBytes(count: number): Buffer {
  return randomBytes(count);
}
