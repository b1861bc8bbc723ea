import { ConnectionLostError, DisconnectedError, EndOfStreamError, StateError } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';
import { ExecInterruptedError } from '../errors/command-errors.ts';
import { ServerParseError } from '../errors/session-errors.ts';
import {
  converse,
  eventOf,
  everythingDelivered,
  newClient,
  rejectionOf,
  ScriptedServer,
} from './scripted-server.test-kit.ts';

describe('a loss', () => {
  it('interrupts all that waits, with the cause of death as the cause', async () => {
    const { client, server } = await converse();
    const values = [
      client.execute('a'),
      client.raw({ execute: 'b' }),
      client.execute('c', undefined, { timeoutMs: 1e6 }),
    ];
    await server.request();
    await server.link.hangUp();
    const end = await client.closed;
    const error = end.kind === 'lost' ? end.error : undefined;
    expect(error).toBeInstanceOf(EndOfStreamError);
    for (const value of values) {
      const interruption = await rejectionOf(value, ExecInterruptedError);
      expect(interruption.cause).toBe(error);
    }
    expect(client.runstate).toBe('disconnecting');
    await expect(client.disconnect()).rejects.toBe(error);
    expect(client.runstate).toBe('idle');
    await expect(client.disconnect()).resolves.toBeUndefined();
  });

  it('by the link carries the error of the system', async () => {
    const { client, server } = await converse();
    const value = client.execute('a');
    await server.request();
    const broken = new Error('read ECONNRESET');
    server.link.break(broken);
    const { cause, message } = await rejectionOf(value, ExecInterruptedError);
    expect(cause).toBeInstanceOf(ConnectionLostError);
    expect(cause).toMatchObject({ cause: broken });
    expect(message).toBe('a: no reply before the session ended: memory:left: connection lost: read ECONNRESET');
  });

  it.each<[string, string | Uint8Array, string]>([
    ['no JSON', 'oops\r\n', 'DeserializationError'],
    ['no object', '[1]\r\n', 'UnexpectedTypeError'],
    ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xfe]), 'DeserializationError'],
  ])('by a reply that is %s names it', async (_, data, name) => {
    const { client, server } = await converse();
    const value = client.execute('a');
    server.write(data);
    expect((await rejectionOf(value, ExecInterruptedError)).cause).toMatchObject({ name });
  });

  it('by a reply that is cut off names that', async () => {
    const { client, server } = await converse();
    const value = client.execute('a');
    server.write('{"return": {"a": 1');
    await server.link.hangUp();
    expect((await rejectionOf(value, ExecInterruptedError)).cause).toMatchObject({ name: 'DeserializationError' });
  });

  it('by a reply that is too large names the limit', async () => {
    const { client, server } = await converse({ maxMessageBytes: 1_000 });
    const value = client.execute('a');
    server.send({ return: 'x'.repeat(2_000), id: 2 });
    expect((await rejectionOf(value, ExecInterruptedError)).cause).toMatchObject({
      name: 'MessageTooLargeError',
      limit: 1_000,
    });
  });

  it('finds further commands refused with the state', async () => {
    const { client, server } = await converse();
    await server.link.hangUp();
    await client.closed;
    const refusal = await rejectionOf(client.execute('a'), StateError);
    expect(refusal).toMatchObject({ state: 'disconnecting', required: ['running'] });
    await rejectionOf(client.raw({ execute: 'a' }), StateError);
  });
});

describe('an own end', () => {
  it('by disconnect() interrupts what waits', async () => {
    const { client } = await converse();
    const value = client.execute('a');
    await client.disconnect();
    const interruption = await rejectionOf(value, ExecInterruptedError);
    expect(interruption.cause).toBeInstanceOf(DisconnectedError);
    expect(interruption.message).toBe('a: no reply before the session ended: The session ended as it was asked to');
  });

  it('by abort() has its reason as the cause', async () => {
    const { client } = await converse();
    const value = client.execute('a');
    const reason = { why: 'test' };
    client.abort(reason);
    expect((await rejectionOf(value, ExecInterruptedError)).cause).toBe(reason);
    expect(await client.closed).toEqual({ kind: 'aborted', reason });
    expect(client.runstate).toBe('idle');
  });

  it('sends what was executed just before it', async () => {
    const { client, server } = await converse();
    void client.execute('a');
    await client.disconnect();
    expect(server.received).toBe('{"execute":"a","id":2}');
  });

  it('lets the object connect again, as new', async () => {
    const { client, server } = await converse({}, 'oob');
    void client.execute('a');
    await server.request();
    await client.disconnect();
    await rejectionOf(client.execute('a'), StateError);
    for (let round = 0; round < 3; round++) {
      const next = new ScriptedServer();
      await next.welcome(client);
      expect(client.capabilities).toEqual([]);
      const value = client.execute('b');
      const request = await next.answer(round);
      expect(request['id']).toBe(2);
      expect(await value).toBe(round);
      await client.disconnect();
    }
  });

  it('finds a reply to the session before unknown', async () => {
    const { client } = await converse();
    void client.execute('a');
    await client.disconnect();
    const next = new ScriptedServer();
    await next.welcome(client);
    next.send({ return: 'stale', id: 2 });
    await everythingDelivered();
    expect(client.droppedReplies).toBe(1);
  });
});

describe('an error reply without an id', () => {
  const parseError = { error: { class: 'GenericError', desc: 'JSON parse error, stray bytes' } };

  it('ends the session with what the server said', async () => {
    const { client, server } = await converse();
    const value = client.execute('a');
    server.send(parseError);
    const { cause } = await rejectionOf(value, ExecInterruptedError);
    expect(cause).toBeInstanceOf(ServerParseError);
    expect(cause).toMatchObject({
      code: 'SERVER_PARSE_ERROR',
      message: 'The server could not parse a request: JSON parse error, stray bytes',
      received: parseError,
    });
    await expect(client.disconnect()).rejects.toBe(cause);
  });

  it('that is malformed ends it as well', async () => {
    const { client, server } = await converse();
    server.send({ error: 18446744073709551615n });
    const { error } = (await client.closed) as { error: Error };
    expect(error).toBeInstanceOf(ServerParseError);
    expect(error.message).toContain('The server could not parse a request: "18446744073709551615');
  });

  it('is the reply to a message without an id while one is pending', async () => {
    const { client, server } = await converse();
    const reply = client.raw({ execute: 5 }, { assignId: false });
    server.send(parseError);
    expect(await reply).toEqual(parseError);
    expect(client.runstate).toBe('running');
  });

  it('counts as such only without an id: null is one', async () => {
    const { client, server } = await converse();
    server.send({ ...parseError, id: null });
    await everythingDelivered();
    expect(client.runstate).toBe('running');
    expect(client.droppedReplies).toBe(1);
  });
});

describe('inside a listener', () => {
  it('execute() works, for events and in a chain', async () => {
    const { client, server } = await converse();
    const status = new Promise((resolve) => {
      client.events.on('STOP', async () => resolve(await client.execute('query-status')));
    });
    server.send(eventOf('STOP'));
    await server.answer({ running: false });
    expect(await status).toEqual({ running: false });
  });

  it('disconnect() works, and is clean', async () => {
    const { client, server } = await converse();
    const disconnecting = new Promise((resolve) => {
      client.events.on('STOP', () => resolve(client.disconnect()));
    });
    server.send(eventOf('STOP'), eventOf('RESUME'));
    await disconnecting;
    expect(client.runstate).toBe('idle');
    expect(await client.closed).toEqual({ kind: 'disconnected' });
  });

  it('abort() works', async () => {
    const { client, server } = await converse();
    const value = client.execute('a');
    client.events.on('STOP', () => client.abort('by listener'));
    server.send(eventOf('STOP'), { return: {}, id: 2 });
    expect((await rejectionOf(value, ExecInterruptedError)).cause).toBe('by listener');
    expect(await client.closed).toEqual({ kind: 'aborted', reason: 'by listener' });
  });
});

describe('a client in use by `await using`', () => {
  it('is disposed of without a throw, also after a loss', async () => {
    const { client, server } = await converse();
    await server.link.hangUp();
    await client.closed;
    await client[Symbol.asyncDispose]();
    expect(client.runstate).toBe('idle');
    await newClient()[Symbol.asyncDispose]();
  });
});
