import { ConnectError } from '@qmp/protocol';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { QapiModel } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';
import { BadReplyError, ExecuteError } from '../errors/command-errors.ts';
import { ValidationError } from '../errors/validation-error.ts';
import type { AnySchema } from '../schema/qapi-schema.ts';
import type { QmpClientOptions } from './options.ts';
import type { QmpClient } from './qmp-client.ts';
import { introspection } from './introspection.test-kit.ts';
import {
  eventOf,
  everythingDelivered,
  greetingWith,
  newClient,
  rejectionOf,
  ScriptedServer,
} from './scripted-server.test-kit.ts';

const model = new QapiModel([
  {
    kind: 'command',
    name: 'block_resize',
    arguments: [
      { name: 'device', type: 'str' },
      { name: 'size', type: 'int' },
    ],
  },
  { kind: 'command', name: 'query-status', returns: 'StatusInfo' },
  { kind: 'object', name: 'StatusInfo', members: [{ name: 'running', type: 'bool' }] },
  { kind: 'event', name: 'RESET', data: [{ name: 'guest', type: 'bool' }] },
]);

/** A client that checks with the model, running. */
async function converseChecking(
  validate: QmpClientOptions['validate'],
): Promise<{ client: QmpClient<AnySchema>; server: ScriptedServer }> {
  const client = newClient({ validate });
  const server = new ScriptedServer();
  await server.welcome(client);
  return { client, server };
}

/** A client that is connecting and has asked for the schema, which the server answers with this. */
async function connectTo(
  reply: JsonObject,
): Promise<{ client: QmpClient<AnySchema>; server: ScriptedServer; connecting: Promise<void> }> {
  const client = newClient({ validate: true });
  const server = new ScriptedServer();
  const connecting = client.connect(server.transport);
  connecting.catch(() => {});
  server.send(greetingWith());
  await server.answer();
  const query = await server.request();
  expect(query).toEqual({ execute: 'query-qmp-schema', id: 2 });
  server.send(eventOf('STOP'), { ...reply, id: query['id'] });
  return { client, server, connecting };
}

describe('a client that checks', () => {
  it('sends nothing that does not fit, and says what is wrong with it', async () => {
    const { client, server } = await converseChecking({ model });
    const error = await rejectionOf(client.execute('block_resize', { device: 'disk', sise: 1 }), ValidationError);
    expect(error).toMatchObject({
      name: 'ValidationError',
      code: 'VALIDATION_FAILED',
      subject: 'block_resize',
      part: 'arguments',
      message:
        'block_resize: arguments: size is missing; expected an integer of 64 bits; sise is unexpected; did you mean "size"?',
    });
    expect(error.issues.map(({ path, kind }) => [path, kind])).toEqual([
      ['size', 'missing'],
      ['sise', 'unexpected'],
    ]);
    await everythingDelivered();
    expect(server.received).toBe('');
  });

  it.each<[string, (client: QmpClient<AnySchema>) => Promise<JsonValue>]>([
    ['an unknown command', async (client) => await client.execute('block_resise', {})],
    ['executeRaw', async (client) => await client.executeRaw('query-status', { verbose: true })],
    ['out-of-band commands', async (client) => await client.execute('query-statu', undefined, { oob: true })],
  ])('checks %s, too', async (_, execute) => {
    const { client } = await converseChecking({ model });
    const error = await rejectionOf(execute(client), ValidationError);
    expect(error.message).toMatch(/did you mean|unexpected/);
  });

  it('leaves raw messages alone', async () => {
    const { client, server } = await converseChecking({ model });
    const reply = client.raw({ execute: 'brand-new', arguments: { any: 'thing' } });
    await server.answer(7);
    expect((await reply)['return']).toBe(7);
  });

  it('sends what fits at once, in the order of the calls', async () => {
    const { client, server } = await converseChecking({ model });
    const calls = [
      client.execute('query-status'),
      client.raw({ execute: 'raw' }),
      client.execute('block_resize', { device: 'disk', size: 1n }),
    ];
    await everythingDelivered();
    expect(server.received).toBe(
      '{"execute":"query-status","id":3}{"execute":"raw","id":4}' +
        '{"execute":"block_resize","arguments":{"device":"disk","size":1},"id":5}',
    );
    for (let call = 0; call < calls.length; call++) await server.answer();
    expect(await Promise.all(calls)).toHaveLength(3);
  });

  it('gives replies and events as they are, unless it is to check them', async () => {
    const { client, server } = await converseChecking({ model });
    const event = client.events.next('RESET');
    const reply = client.execute('query-status');
    server.send(eventOf('RESET'));
    await server.answer(5);
    expect(await reply).toBe(5);
    expect((await event).event).toBe('RESET');
  });

  it('needs no schema of a guest agent, which has none', async () => {
    const server = new ScriptedServer();
    const client = newClient({ validate: { model }, awaitGreeting: false, negotiate: false });
    await client.connect(server.transport);
    await rejectionOf(client.execute('query-statu'), ValidationError);
    const reply = client.execute('query-status');
    await server.answer({ running: true });
    expect(await reply).toEqual({ running: true });
  });

  it('checks nothing when told not to', async () => {
    const { client, server } = await converseChecking(false);
    const reply = client.execute('anything', { goes: true });
    await server.answer();
    expect(await reply).toEqual({});
  });

  it('names three things that are wrong, and how many more there are', async () => {
    const { client } = await converseChecking({ model });
    const args = { device: 1, size: 'x', a: 1, b: 2, c: 3 };
    const error = await rejectionOf(client.execute('block_resize', args), ValidationError);
    expect(error.issues).toHaveLength(5);
    expect(error.message).toMatch(
      /^block_resize: arguments: device: .*; size: .*; a is unexpected[^;]*; [^;]*; and 2 more$/,
    );
  });
});

describe('a client that checks replies', () => {
  it('rejects the call whose reply does not fit, and goes on', async () => {
    const { client, server } = await converseChecking({ model, replies: true });
    const failure = rejectionOf(client.execute('query-status'), ValidationError);
    await server.answer({ running: 'yes' });
    expect(await failure).toMatchObject({
      subject: 'query-status',
      part: 'return',
      message: 'query-status: return: running: expected a boolean, found a string',
    });
    const next = client.execute('query-status');
    await server.answer({ running: true, 'brand-new': 1 });
    expect(await next).toEqual({ running: true, 'brand-new': 1 });
  });

  it('still rejects what the server refuses as always', async () => {
    const { client, server } = await converseChecking({ model, replies: true });
    const failure = rejectionOf(client.execute('query-status'), ExecuteError);
    await server.refuse('GenericError', 'no');
    expect((await failure).description).toBe('no');
  });

  it('ends the session with an event that does not fit', async () => {
    const { client, server } = await converseChecking({ model, replies: true });
    const seen: string[] = [];
    client.events.on([], ({ event }) => seen.push(event));
    server.send(eventOf('RESET', { guest: true }), eventOf('RESET', { guest: 1 }));
    expect(await client.closed).toMatchObject({
      kind: 'lost',
      error: { name: 'ValidationError', message: 'RESET: data: guest: expected a boolean, found a number' },
    });
    expect(seen).toEqual(['RESET']);
  });

  it('leaves no unhandled rejection where nobody looks', async () => {
    const { client, server } = await converseChecking({ model, replies: true });
    void client.execute('query-status');
    await server.answer({ running: 'yes' });
    await everythingDelivered();
    expect(client.runstate).toBe('running');
  });
});

describe('a client that checks with what the server says of itself', () => {
  it('asks for it while it connects, and delivers events meanwhile', async () => {
    const { client, connecting } = await connectTo({ return: introspection });
    await connecting;
    expect(client.events.history.map(({ event }) => event)).toEqual(['STOP']);
    const error = await rejectionOf(client.execute('block_resize', { device: 'disk' }), ValidationError);
    expect(error.message).toBe('block_resize: arguments: size is missing; expected an integer of 64 bits');
  });

  it('does not ask again for schema()', async () => {
    const { client, server, connecting } = await connectTo({ return: introspection });
    await connecting;
    server.received = '';
    expect((await client.schema()).command('block_resize')?.argument('size')).toBeDefined();
    expect(server.received).toBe('');
  });

  it('checks replies with it, too', async () => {
    const server = new ScriptedServer();
    const client = newClient({ validate: { replies: true } });
    const connecting = client.connect(server.transport);
    server.send(greetingWith());
    await server.answer();
    await server.answer(introspection);
    await connecting;
    const failure = rejectionOf(client.execute('block_resize', { device: 'disk', size: 1 }), ValidationError);
    await server.answer(1);
    expect((await failure).part).toBe('return');
  });

  it('cannot connect where it is refused', async () => {
    const { connecting } = await connectTo({ error: { class: 'CommandNotFound', desc: 'no such command' } });
    const error = await rejectionOf(connecting, ConnectError);
    expect(error.cause).toBeInstanceOf(ExecuteError);
    expect(error.message).toContain('query-qmp-schema: no such command');
  });

  it.each<[JsonObject, string]>([
    [{ return: [{ name: 5 }] }, 'entry 0: name is 5; expected a string'],
    [{}, 'it has neither return nor error'],
  ])('cannot connect where it is malformed: %j', async (reply, why) => {
    // A reply without an id that is no error would be passed over.
    const { connecting } = await connectTo(reply);
    const error = await rejectionOf(connecting, ConnectError);
    expect(error.cause).toBeInstanceOf(BadReplyError);
    expect(error.message).toContain(why);
  });
});
