import { ConnectError, ConnectionLostError, DisconnectedError, EndOfStreamError } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';
import {
  converse,
  eventOf,
  everythingDelivered,
  newClient,
  rejectionOf,
  ScriptedServer,
} from './scripted-server.test-kit.ts';

describe('events over several sessions', () => {
  it('reach listeners in each of them', async () => {
    const client = newClient();
    const seen: unknown[] = [];
    client.events.on('TICK', ({ data }) => seen.push(data?.['n']));
    for (let n = 0; n < 3; n++) {
      const server = new ScriptedServer();
      await server.welcome(client);
      server.send(eventOf('TICK', { n }));
      await everythingDelivered();
      await client.disconnect();
    }
    expect(seen).toEqual([0, 1, 2]);
    expect(client.events.history.map((event) => event.data)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
  });

  it('end each stream and wait with the session that they belong to', async () => {
    const { client, server } = await converse();
    const stream = client.events.of();
    server.send(eventOf('TICK'));
    await everythingDelivered();
    const wait = rejectionOf(client.events.next('TICK'), DisconnectedError);
    await client.disconnect();
    await wait;
    expect(await stream.next()).toMatchObject({ value: { event: 'TICK' } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('can be waited for before there is a session', async () => {
    const client = newClient();
    const wait = client.events.next('TICK');
    const server = new ScriptedServer();
    await server.welcome(client);
    server.send(eventOf('TICK', { n: 1 }));
    expect((await wait).data).toEqual({ n: 1 });
  });

  it('come no more when the attempt at a session fails', async () => {
    const client = newClient();
    const wait = rejectionOf(client.events.next('TICK'), ConnectionLostError);
    const stream = client.events.of();
    const server = new ScriptedServer();
    await server.link.hangUp();
    await rejectionOf(client.connect(server.transport), ConnectError);
    expect((await wait).cause).toBeInstanceOf(EndOfStreamError);
    await expect(stream.next()).rejects.toBeInstanceOf(EndOfStreamError);
  });

  it('are not waited for in vain while the session is lost, until disconnect() has been called', async () => {
    const { client, server } = await converse();
    await server.link.hangUp();
    await client.closed;
    const { cause } = await rejectionOf(client.events.next('TICK'), ConnectionLostError);
    expect(cause).toBeInstanceOf(EndOfStreamError);
    await expect(client.events.of().next()).rejects.toBe(cause);
    await rejectionOf(client.disconnect(), EndOfStreamError);
    const wait = client.events.next('TICK');
    const next = new ScriptedServer();
    await next.welcome(client);
    next.send(eventOf('TICK'));
    expect((await wait).event).toBe('TICK');
  });

  it('end with the session also while its transport is still closing', async () => {
    const { client } = await converse();
    const disconnecting = client.disconnect();
    expect(client.runstate).toBe('disconnecting');
    const wait = rejectionOf(client.events.next('TICK'), DisconnectedError);
    await disconnecting;
    await wait;
    expect(client.runstate).toBe('idle');
  });
});

describe('an address', () => {
  it('is dialed by the connector of the client', async () => {
    const server = new ScriptedServer();
    const dialed: unknown[] = [];
    const client = newClient({
      awaitGreeting: false,
      negotiate: false,
      connector: {
        dial: (address) => {
          dialed.push(address);
          return Promise.resolve(server.transport);
        },
        listen: () => Promise.reject(new Error('not here')),
      },
    });
    await client.connect('/run/vm.sock');
    expect(dialed).toEqual(['/run/vm.sock']);
    expect(client.runstate).toBe('running');
  });
});
