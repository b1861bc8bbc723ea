import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type Socket } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';

import { parseAddress } from '../address/parse-address.ts';
import { dial } from '../dial/dial.ts';
import { runtime } from '../runtime.test-kit.ts';
import { patient, readAll } from '../sockets.test-kit.ts';
import { dialUrl, failureOf, startRefusingServer, startWebSocketServer, urlOf } from './web-socket-server.test-kit.ts';

describe('a WebSocket server', () => {
  it('is reached, and what it says at once is heard', async () => {
    const url = await startWebSocketServer((socket) => {
      socket.send('greeting');
      socket.on('message', (data: Buffer) => {
        socket.send(data);
        socket.close();
      });
    });
    const transport = await dialUrl(url);
    expect(transport.description).toBe(url);
    await transport.write(Buffer.from(', hello'));
    expect((await readAll(transport)).toString()).toBe('greeting, hello');
  });

  it('is asked for no subprotocol and no compression', async ({ skip }) => {
    skip(runtime === 'Bun', 'Bun always asks for compression');
    const requests: IncomingMessage[] = [];
    const url = await startWebSocketServer((socket, request) => {
      requests.push(request);
      socket.close();
    });
    await readAll(await dialUrl(url));
    expect(requests[0]?.headers).not.toHaveProperty('sec-websocket-protocol');
    expect(requests[0]?.headers).not.toHaveProperty('sec-websocket-extensions');
  });

  it('may send more in one message than ws takes unless it is told to', async () => {
    const size = 101 * 1024 * 1024;
    const url = await startWebSocketServer((socket) => {
      socket.send(Buffer.alloc(size));
      socket.close();
    });
    expect(await readAll(await dialUrl(url))).toHaveLength(size);
  });
});

describe('a failure is a sentence', () => {
  it('when nobody listens', async () => {
    const server = createServer();
    const url = await urlOf(server, 'ws');
    server.close();
    const failure = await failureOf(url);
    expect(failure.message).toBe(`nobody listens at ${url} (ECONNREFUSED)`);
    expect(failure).toMatchObject({ code: 'ECONNREFUSED', address: url, cause: { code: 'ECONNREFUSED' } });
  });

  it.each([
    [404, 'has no WebSocket at this path (QEMU has one at "/" only)'],
    [400, 'does not take this handshake'],
    [401, 'asks for a password'],
    [403, 'forbids it'],
    [502, 'cannot reach what is behind it'],
    [200, 'is no WebSocket server, or not at this path'],
  ])('when the server answers with status %d', async (status, meaning) => {
    const url = await startRefusingServer(status);
    const failure = await failureOf(url);
    expect(failure.message).toBe(`${url} ${meaning}: expected HTTP status 101, got ${status} (HTTP_${status})`);
    expect(failure.code).toBe(`HTTP_${status}`);
  });

  it('when the server speaks something else', async () => {
    const url = await urlOf(
      createServer((socket) => void socket.on('error', () => undefined).write('{"QMP": {}}\r\n')),
      'ws',
    );
    expect((await failureOf(url)).message).toBe(`${url} is no WebSocket server: it does not speak HTTP (NO_HTTP)`);
  });

  it('when the server hangs up', async () => {
    const url = await urlOf(
      createServer((socket) => void socket.on('error', () => undefined).end()),
      'ws',
    );
    expect((await failureOf(url)).message).toBe(`${url} hung up at once (ECONNRESET)`);
  });
});

describe('retry', () => {
  it('waits for a server to come', async () => {
    const server = createServer();
    const url = await urlOf(server, 'ws');
    server.close();
    const codes = new Set<unknown>();
    const transport = await dial(parseAddress(url), {
      signal: patient,
      retry: true,
      onRetry(error) {
        if (codes.size === 0) {
          const later = new WebSocketServer({ host: '127.0.0.1', port: Number(new URL(url).port) });
          later.on('connection', (socket) => socket.close());
          onTestFinished(() => later.close());
        }
        codes.add((error as Error & { readonly code: unknown }).code);
      },
    });
    expect(await readAll(transport)).toHaveLength(0);
    expect([...codes]).toEqual(['ECONNREFUSED']);
  });

  it.each([[404], [400]])('is over at once with status %d', async (status) => {
    const dialing = dial(parseAddress(await startRefusingServer(status)), {
      signal: patient,
      retry: true,
      onRetry: () => expect.unreachable('there is nothing to wait for'),
    });
    await expect(dialing).rejects.toMatchObject({ code: `HTTP_${status}` });
  });

  it('goes on while a relay has nobody behind it', async () => {
    const controller = new AbortController();
    const dialing = dial(parseAddress(await startRefusingServer(502)), {
      signal: controller.signal,
      retry: true,
      onRetry: () => controller.abort('seen'),
    });
    await expect(dialing).rejects.toBe('seen');
  });
});

it('leaves nothing open when the signal aborts', async () => {
  const server = createServer();
  const url = await urlOf(server, 'ws');
  const controller = new AbortController();
  const dialing = dialUrl(url, controller.signal);
  const [link] = (await once(server, 'connection')) as [Socket];
  link.on('error', () => undefined).resume();
  const reason = new Error('no patience');
  controller.abort(reason);
  await expect(dialing).rejects.toBe(reason);
  await once(link, 'close');
});
