import { describe, expect, it } from 'vitest';
import { converse, everythingDelivered, rejectionOf } from './scripted-server.test-kit.ts';
import { ExecInterruptedError } from '../errors/command-errors.ts';

describe('with out-of-band enabled', () => {
  it('at most 8 in-band commands are under way', async () => {
    const { client, server } = await converse({}, 'oob');
    const values = Array.from({ length: 20 }, (_, index) => client.execute(`c${index}`));
    await everythingDelivered();
    expect(server.requests.unread).toBe(8);
    for (let index = 0; index < 20; index++) {
      expect(server.requests.unread).toBeLessThanOrEqual(8);
      const request = await server.request();
      expect(request['execute']).toBe(`c${index}`);
      server.send({ return: index, id: request['id'] });
      await everythingDelivered();
    }
    expect(await Promise.all(values)).toEqual(values.map((_, index) => index));
  });

  it('an out-of-band command overtakes those that wait, and its reply those that are under way', async () => {
    const { client, server } = await converse({}, 'oob');
    const slow = Array.from({ length: 12 }, () => client.execute('slow'));
    const urgent = client.execute('migrate-pause', undefined, { oob: true });
    await everythingDelivered();
    const requests = [];
    while (server.requests.unread > 0) requests.push(await server.request());
    expect(requests.map((request) => request['execute'] ?? request['exec-oob'])).toEqual([
      ...Array.from({ length: 8 }, () => 'slow'),
      'migrate-pause',
    ]);
    server.send({ return: 'first', id: requests[8]?.['id'] });
    expect(await urgent).toBe('first');
    client.abort();
    await Promise.allSettled(slow);
  });

  it('a raw message that is out-of-band overtakes, too', async () => {
    const { client, server } = await converse({}, 'oob');
    for (let index = 0; index < 9; index++) void client.execute('slow');
    void client.raw({ 'exec-oob': 'yank' });
    await everythingDelivered();
    expect(server.received).toContain('"exec-oob":"yank"');
  });
});

describe('without out-of-band', () => {
  it('there is no cap', async () => {
    const { client, server } = await converse({ oob: false }, 'oob');
    for (let index = 0; index < 50; index++) void client.execute('c');
    await everythingDelivered();
    expect(server.requests.unread).toBe(50);
  });
});

describe('a server that does not read', () => {
  const large = { text: 'x'.repeat(700_000) };

  it('holds further commands back, in order, until it does', async () => {
    const { client, server } = await converse();
    const goOn = server.transport.stall();
    const values = [client.executeRaw('a', large), client.executeRaw('b', large), client.execute('c')];
    await everythingDelivered();
    goOn();
    for (const name of ['a', 'b', 'c']) expect((await server.answer(name))['execute']).toBe(name);
    expect(await Promise.all(values)).toEqual(['a', 'b', 'c']);
  });

  it('interrupts also those that were held back when the link breaks', async () => {
    const { client, server } = await converse();
    server.transport.stall();
    const values = [client.executeRaw('a', large), client.executeRaw('b', large), client.execute('c')];
    await everythingDelivered();
    server.link.break(new Error('cable cut'));
    for (const value of values) {
      expect((await rejectionOf(value, ExecInterruptedError)).cause).toMatchObject({ name: 'ConnectionLostError' });
    }
  });

  it('interrupts also those that were held back when this side disconnects', async () => {
    const { client, server } = await converse();
    const goOn = server.transport.stall();
    const values = [client.executeRaw('a', large), client.executeRaw('b', large), client.execute('c')];
    await everythingDelivered();
    const disconnecting = client.disconnect();
    goOn();
    for (const value of values) {
      expect((await rejectionOf(value, ExecInterruptedError)).cause).toMatchObject({ name: 'DisconnectedError' });
    }
    await disconnecting;
    expect(server.received).not.toContain('"c"');
  });
});
