import { describe, expect, it, vi } from 'vitest';
import { type MemoryTransport, transportPair } from '@qmp/protocol/testing';

import { ClientTooSlowError } from './client-too-slow-error.ts';
import { QmpServer } from './qmp-server.ts';
import type { ServerClient } from './server-client.ts';
import { everythingDelivered, LineClient, newServer } from './server.test-kit.ts';

const QUERY = '{"execute":"query-version","id":1}';

describe('several clients', () => {
  it('are served at once, each by itself', async () => {
    const server = newServer({ handlers: { wait: () => new Promise(() => {}) } });
    const first = await LineClient.negotiated(server);
    const second = new LineClient(server);
    await second.line();
    first.send('{"execute":"wait"}');
    second.send(QUERY);
    expect(await second.message()).toMatchObject({ error: { class: 'CommandNotFound' } });
    second.send(`{"execute":"qmp_capabilities"}${QUERY}`);
    expect(await second.line()).toBe('{"return": {}}');
    expect(await second.message()).toMatchObject({ id: 1 });
    expect(server.clients).toEqual(new Set([first.client, second.client]));
    expect([first.client.hasNegotiated, second.client.peer]).toEqual([true, 'memory:right']);
  });

  it('are told of as they come; a fault in that is reported, and harms nobody', async () => {
    const error = vi.fn<(message: string, details?: object) => void>();
    const clients: ServerClient[] = [];
    const server = newServer({
      logger: { ...console, debug() {}, info() {}, error },
      onClient: (client) => {
        clients.push(client);
        throw new Error('a bug');
      },
    });
    const client = await LineClient.negotiated(server, ['oob']);
    expect(clients).toEqual([client.client]);
    expect(client.client.capabilities).toEqual(['oob']);
    expect(error.mock.calls).toEqual([['QmpServer: onClient failed: a bug', { error: new Error('a bug') }]]);
  });

  it('may be hung up on, one by one', async () => {
    const server = newServer();
    const [first, second] = [await LineClient.negotiated(server), await LineClient.negotiated(server)];
    await first.client.disconnect();
    expect(await first.line()).toBeUndefined();
    second.client.abort(new Error('enough'));
    expect(await second.client.closed).toEqual({ kind: 'aborted', reason: new Error('enough') });
    expect(server.clients.size).toBe(0);
  });

  it('may be sent messages of their own, once they have negotiated', async () => {
    const server = newServer();
    const client = new LineClient(server);
    client.client.notify({ event: 'TOO_EARLY' });
    expect(await client.message()).toHaveProperty('QMP');
    client.send('{"execute":"qmp_capabilities"}');
    await client.line();
    client.client.notify({ event: 'OWN', data: { x: 1n } });
    expect(await client.line()).toBe('{"event": "OWN", "data": {"x": 1}}');
    expect(() => client.client.notify({ event: 'BAD', data: { x: Number.NaN } })).toThrow(
      new TypeError('data.x: NaN is not a JSON number'),
    );
    await client.client.disconnect();
    client.client.notify({ event: 'TOO_LATE' });
  });
});

describe('one client at a time', () => {
  it('lets the next one wait without a byte, and then answers all it has sent', async () => {
    const server = newServer({ clients: 'one' });
    const first = await LineClient.negotiated(server);
    const second = new LineClient(server);
    const third = new LineClient(server);
    second.send(`{"execute":"qmp_capabilities"}${QUERY}`);
    expect([await second.unreadLines(), server.clients.size]).toEqual([[], 1]);
    first.link.abort();
    expect(await second.message()).toHaveProperty('QMP');
    expect(await second.message()).toEqual({ return: {} });
    expect(await second.message()).toMatchObject({ id: 1 });
    expect(await third.unreadLines()).toEqual([]);
    await second.client.disconnect();
    expect(await third.message()).toHaveProperty('QMP');
  });

  it('passes over one that has left before it was its turn', async () => {
    const server = newServer({ clients: 'one' });
    const first = await LineClient.negotiated(server);
    const second = new LineClient(server);
    second.link.abort();
    const third = new LineClient(server);
    first.link.abort();
    expect(await third.message()).toHaveProperty('QMP');
    expect(await second.client.closed).toMatchObject({ kind: 'disconnected' });
  });

  it('ends those who wait when the server is closed', async () => {
    const server = newServer({ clients: 'one' });
    await LineClient.negotiated(server);
    const second = new LineClient(server);
    await server.close();
    expect(await second.line()).toBeUndefined();
    expect(await second.client.closed).toMatchObject({ kind: 'aborted' });
    expect(server.clients.size).toBe(0);
  });
});

describe('a client that is slow', () => {
  /** One that reads nothing. */
  async function stalled(server: QmpServer<never>): Promise<{ link: MemoryTransport; client: ServerClient }> {
    const [near, far] = transportPair();
    const client = server.serve(far);
    void near.write(new TextEncoder().encode('{"execute":"qmp_capabilities"}'));
    await vi.waitFor(() => expect(client.hasNegotiated).toBe(true));
    far.stall();
    return { link: near, client };
  }

  it('is cut off by events when it leaves too much unread, and slows nobody', async () => {
    const warn = vi.fn<(message: string) => void>();
    const server = newServer({ maxUnsentBytes: 10_000, logger: { ...console, debug() {}, info() {}, warn } });
    const { client } = await stalled(server as QmpServer<never>);
    const other = await LineClient.negotiated(server);
    const data = { text: 'x'.repeat(1_000) };
    for (let index = 0; index < 12; index++) {
      server.emit('NEWS', data);
      expect(await other.message()).toMatchObject({ event: 'NEWS' });
    }
    const end = await client.closed;
    expect(end).toMatchObject({ kind: 'aborted', reason: { code: 'CLIENT_TOO_SLOW', maxUnsentBytes: 10_000 } });
    expect(end.kind === 'aborted' && end.reason).toBeInstanceOf(ClientTooSlowError);
    expect(warn.mock.calls).toHaveLength(1);
    expect(String(warn.mock.calls[0])).toMatch(
      /memory:right was cut off: it left \d+ bytes unread; the limit is 10000$/,
    );
    expect(server.clients).toEqual(new Set([other.client]));
  });

  it('may have one message that is larger than the limit', async () => {
    const server = newServer({ maxUnsentBytes: 10_000 });
    const { client } = await stalled(server as QmpServer<never>);
    server.emit('LARGE', { text: 'x'.repeat(100_000) });
    expect(client.hasNegotiated).toBe(true);
    expect(server.clients.size).toBe(1);
  });

  it('gets its commands carried out as it takes the replies', async () => {
    let calls = 0;
    const server = newServer({
      maxUnsentBytes: 2_500_000,
      handlers: {
        large: () => {
          calls += 1;
          return 'x'.repeat(1_000_000);
        },
      },
    });
    const client = await LineClient.negotiated(server);
    const [near, far] = transportPair();
    server.serve(far);
    const goOn = far.stall();
    void near.write(new TextEncoder().encode(`{"execute":"qmp_capabilities"}${'{"execute":"large"}'.repeat(10)}`));
    await everythingDelivered();
    expect(calls).toBe(3);
    let received = 0;
    const reading = (async () => {
      for await (const chunk of near.readable) received += chunk.byteLength;
    })();
    goOn();
    await vi.waitFor(() => expect(received).toBeGreaterThan(10_000_000));
    expect(calls).toBe(10);
    near.abort();
    await reading;
    client.send(QUERY);
    expect(await client.message()).toMatchObject({ id: 1 });
  });
});

describe('the end', () => {
  it('of a client that sends nothing more comes after its last reply', async () => {
    const server = newServer({ handlers: { slow: () => new Promise((resolve) => setImmediate(resolve)) } });
    const client = await LineClient.negotiated(server);
    client.send('{"execute":"slow","id":1}{"execute":"slow","id":2}');
    await client.link.hangUp();
    expect(await client.lines(3)).toEqual(['{"return": {}, "id": 1}', '{"return": {}, "id": 2}', undefined]);
    expect(await client.client.closed).toEqual({ kind: 'disconnected' });
  });

  it('of the server comes after the reply to what is being carried out, and before the rest', async () => {
    const server = newServer({
      handlers: {
        quit: () => {
          server.emit('SHUTDOWN', { guest: false });
          void server.close();
        },
      },
    });
    const client = await LineClient.negotiated(server);
    const other = await LineClient.negotiated(server);
    client.send(`{"execute":"quit","id":1}${QUERY}`);
    expect(await client.message()).toMatchObject({ event: 'SHUTDOWN' });
    expect(await client.lines(2)).toEqual(['{"return": {}, "id": 1}', undefined]);
    expect(await other.message()).toMatchObject({ event: 'SHUTDOWN' });
    expect(await other.line()).toBeUndefined();
    await server.close();
  });

  it('of the server does not wait for ever for a handler', async () => {
    const signals: AbortSignal[] = [];
    const server = newServer({
      handlers: {
        hang: (_, { signal }) => {
          signals.push(signal);
          return new Promise(() => {});
        },
      },
    });
    const client = await LineClient.negotiated(server);
    client.send('{"execute":"hang"}');
    await everythingDelivered();
    await server.close({ graceMs: 10 });
    expect(await client.line()).toBeUndefined();
    expect(signals[0]?.aborted).toBe(true);
  });

  it('of the server is for good', async () => {
    const server = new QmpServer();
    await server[Symbol.asyncDispose]();
    const [, far] = transportPair();
    expect(() => server.serve(far)).toThrow('The server has been closed');
    await expect(server.listen('127.0.0.1:0')).rejects.toThrow('The server has been closed');
    server.emit('STOP');
  });
});
