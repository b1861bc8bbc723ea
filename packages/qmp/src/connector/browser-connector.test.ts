import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { AddressError, ConnectError } from '@qmp/protocol';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket as NpmWebSocket, WebSocketServer } from 'ws';
import { QmpClient } from '../client/qmp-client.ts';
import { platformConnector } from './browser-connector.ts';

const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 1, "major": 11}, "package": ""}, "capabilities": []}}';

function makeClient(): QmpClient {
  const client = new QmpClient({ connector: platformConnector });
  onTestFinished(() => client.abort());
  return client;
}

/** A QMP server behind a WebSocket that says yes to all. */
async function startServer(port = 0): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  server.on('connection', (socket) => {
    socket.send(GREETING);
    socket.on('message', (data: Buffer) => {
      const { id } = JSON.parse(data.toString()) as { readonly id: string };
      socket.send(JSON.stringify({ return: {}, id }));
    });
  });
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

class FailingWebSocket {
  readonly readyState = 0;

  addEventListener(type: string, listener: (event: object) => void): void {
    if (type === 'error') queueMicrotask(() => listener({}));
  }
}

describe('the connector of browsers', () => {
  beforeEach(() => void vi.stubGlobal('WebSocket', NpmWebSocket));
  afterEach(() => void vi.unstubAllGlobals());

  it('reaches WebSockets, by text or by object', async () => {
    const url = await startServer();
    const client = makeClient();
    for (const address of [url, { url }]) {
      await client.connect(address);
      expect(client.peer).toBe(url);
      await expect(client.execute('query-name')).resolves.toEqual({});
      await client.disconnect();
      await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
    }
  });

  it('dials again for as long as nobody listens, when it is asked to', async () => {
    const port = await closedPort();
    const failures: string[] = [];
    const client = new QmpClient({
      connector: {
        ...platformConnector,
        dial: (address, options) =>
          platformConnector.dial(address, {
            ...options,
            onRetry(error) {
              if (failures.push(error.message) === 2) void startServer(port);
            },
          }),
      },
    });
    onTestFinished(() => client.abort());
    await client.connect(`ws://127.0.0.1:${port}/`, { retry: true });
    await expect(client.execute('query-name')).resolves.toEqual({});
    expect(failures[1]).toBe(`cannot open ws://127.0.0.1:${port}/: connect ECONNREFUSED 127.0.0.1:${port}`);
  });

  it('fails at once otherwise', async () => {
    const url = `ws://127.0.0.1:${await closedPort()}/`;
    const failure = makeClient().connect(url);
    await expect(failure).rejects.toThrow(ConnectError);
    await expect(failure).rejects.toThrow(`cannot open ${url}: `);
  });

  it('does not dial again when the signal aborts between two tries', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    vi.stubGlobal('WebSocket', FailingWebSocket);
    const controller = new AbortController();
    const onRetry = vi.fn();
    const dialing = platformConnector.dial('ws://localhost:4444/', { signal: controller.signal, retry: true, onRetry });
    const outcome = dialing.catch((reason: unknown) => reason);
    await vi.advanceTimersByTimeAsync(300);
    expect(onRetry).toHaveBeenCalledTimes(2);
    controller.abort('the deadline');
    await vi.advanceTimersByTimeAsync(200);
    expect(await outcome).toBe('the deadline');
    expect(onRetry).toHaveBeenCalledTimes(2);
  });

  it('is stopped by the signal while it dials, and does not try again', async () => {
    const server = createServer();
    server.on('upgrade', () => controller.abort('enough'));
    server.listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const controller = new AbortController();
    const dialing = platformConnector.dial(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
      signal: controller.signal,
      retry: true,
      onRetry: () => expect.unreachable('it was stopped'),
    });
    await expect(dialing).rejects.toBe('enough');
  });

  it.each([
    ['/run/vm.sock', '/run/vm.sock'],
    [{ host: 'vm.example', port: 4444, tls: { passphrase: 'c0ffee' } }, 'tls:vm.example:4444'],
  ])('refuses what takes a socket before anything happens, and says what it takes instead', async (address, text) => {
    const client = makeClient();
    const message = `Cannot use the address "${text}": a browser has no sockets; expected a "ws:" or "wss:" URL, or a ready-made transport`;
    await expect(client.connect(address)).rejects.toMatchObject({ name: 'AddressError', address: text, message });
    expect(client.runstate).toBe('idle');
  });

  it('cannot listen', async () => {
    const client = makeClient();
    const starting = client.startServer('ws://localhost:4444/');
    await expect(starting).rejects.toBeInstanceOf(AddressError);
    await expect(starting).rejects.toThrow('"ws://localhost:4444/": a browser cannot listen; expected');
    expect(client.runstate).toBe('idle');
  });
});
