import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openWebSocket } from './open-web-socket.ts';
import { platforms, readAll, scriptedWebSocket, startWebSocketServer } from './web-socket.test-kit.ts';

const patient = new AbortController().signal;

/** Listens until the test ends. */
async function urlOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe.each(platforms)('a socket of $name', (platform) => {
  const open = async (url: string, signal: AbortSignal = patient): ReturnType<typeof openWebSocket> =>
    await openWebSocket(() => platform.make(url), url, signal);

  it('is a transport once it is open, with what the server said at once', async () => {
    const { server, url } = await startWebSocketServer();
    server.on('connection', (socket) => {
      socket.send('greeting');
      socket.close();
    });
    const transport = await open(url);
    expect(transport.description).toBe(url);
    expect((await readAll(transport)).toString()).toBe('greeting');
  });

  it('fails with the URL and what the platform says when nobody listens', async () => {
    const server = createTcpServer();
    const url = await urlOf(server);
    server.close();
    const failure = open(url);
    await expect(failure).rejects.toThrow(`cannot open ${url}: `);
    await expect(failure).rejects.toThrow(/ECONNREFUSED|hides why|non-101|Failed to connect|tcp connect error/);
  });

  it('fails when the server is none for WebSockets', async () => {
    const url = await urlOf(createServer((_, response) => response.writeHead(404).end()));
    await expect(open(url)).rejects.toThrow(/: 404$|hides why|non-101/);
    await expect(open(await urlOf(createTcpServer((socket) => void socket.end('{"QMP": {}}\r\n'))))).rejects.toThrow(
      'cannot open ws:',
    );
  });

  it('leaves nothing open when the signal aborts, and throws its reason as it is', async () => {
    const server = createTcpServer();
    const url = await urlOf(server);
    const controller = new AbortController();
    const opening = open(url, controller.signal);
    const [link] = (await once(server, 'connection')) as [Socket];
    link.on('error', () => undefined).resume();
    controller.abort('no patience');
    await expect(opening).rejects.toBe('no patience');
    await once(link, 'close');
  });

  it('is not made at all when the signal has aborted already', async () => {
    const make = vi.fn(() => platform.make('ws://127.0.0.1:1/'));
    await expect(openWebSocket(make, 'ws://127.0.0.1:1/', AbortSignal.abort('too late'))).rejects.toBe('too late');
    expect(make).not.toHaveBeenCalled();
  });

  it('is closed when the signal aborts in the moment in which it opens', async () => {
    const { server, url } = await startWebSocketServer();
    const controller = new AbortController();
    const opening = openWebSocket(
      () => {
        const socket = platform.make(url);
        socket.addEventListener('open', () => queueMicrotask(() => controller.abort('just now')));
        return socket;
      },
      url,
      controller.signal,
    );
    const [far] = (await once(server, 'connection')) as [Parameters<typeof once>[0]];
    const closed = once(far, 'close');
    await expect(opening).rejects.toBe('just now');
    await closed;
  });
});

describe('a platform that hides why', () => {
  it('is made up for with what it may have been', async () => {
    const url = 'ws://h/';
    const failure = openWebSocket(
      () =>
        scriptedWebSocket({
          readyState: 0,
          addEventListener: (type: string, listener: (event: never) => void): void => {
            if (type === 'error') queueMicrotask(() => listener({ type } as never));
          },
        }),
      url,
      patient,
    );
    await expect(failure).rejects.toThrow(
      'cannot open ws://h/: the platform hides why; is a WebSocket server there, at this path, and its certificate trusted?',
    );
  });
});
