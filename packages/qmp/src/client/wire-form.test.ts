import type { JsonObject } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';
import {
  converse,
  everythingDelivered,
  greetingWith,
  newClient,
  rejectionOf,
  ScriptedServer,
} from './scripted-server.test-kit.ts';

describe('the negotiation', () => {
  it('is the shortest form when nothing is enabled', async () => {
    const server = new ScriptedServer();
    const connecting = newClient().connect(server.transport);
    server.send(greetingWith());
    await server.answer();
    await connecting;
    expect(server.received).toBe('{"execute":"qmp_capabilities","id":1}');
  });

  it('enables out-of-band, and nothing that it does not know, when that is offered', async () => {
    const server = new ScriptedServer();
    const client = newClient();
    const connecting = client.connect(server.transport);
    server.send(greetingWith('x-new', 'oob'));
    await server.answer();
    await connecting;
    expect(server.received).toBe('{"execute":"qmp_capabilities","arguments":{"enable":["oob"]},"id":1}');
    expect(client.capabilities).toEqual(['oob']);
    expect(client.greeting).toEqual(greetingWith('x-new', 'oob'));
  });

  it('enables nothing with oob: false', async () => {
    const { client } = await converse({ oob: false }, 'oob');
    expect(client.capabilities).toEqual([]);
  });
});

describe('a command', () => {
  it('is as short as JSON allows and has no line end', async () => {
    const { client, server } = await converse();
    void client.execute('query-version');
    await server.request();
    expect(server.received).toBe('{"execute":"query-version","id":2}');
  });

  it('has arguments only where they are given, and then also when they are empty', async () => {
    const { client, server } = await converse();
    void client.executeRaw('a', undefined);
    void client.executeRaw('b', {});
    void client.executeRaw('c', { x: undefined, y: null, z: [1, 'ä', { 'q"': true }] });
    await everythingDelivered();
    expect(server.received).toBe(
      '{"execute":"a","id":2}{"execute":"b","arguments":{},"id":3}' +
        '{"execute":"c","arguments":{"y":null,"z":[1,"ä",{"q\\"":true}]},"id":4}',
    );
  });

  it('goes as exec-oob when it is out-of-band', async () => {
    const { client, server } = await converse({}, 'oob');
    void client.execute('migrate-pause', undefined, { oob: true });
    await server.request();
    expect(server.received).toBe('{"exec-oob":"migrate-pause","id":2}');
  });

  it('has its integers exact', async () => {
    const { client, server } = await converse();
    void client.executeRaw('a', { most: 2n ** 64n - 1n, least: -(2n ** 63n), safe: 2 ** 53 - 1, large: 1e20 });
    await server.request();
    expect(server.received).toContain(
      '{"most":18446744073709551615,"least":-9223372036854775808,"safe":9007199254740991,"large":100000000000000000000}',
    );
  });

  it('gets its value back exactly', async () => {
    const { client, server } = await converse();
    const value = client.execute('x-limits');
    await server.request();
    server.write('{"return": [18446744073709551615, -9223372036854775808, 9007199254740991, 0.5, 1e3], "id": 2}\r\n');
    expect(await value).toEqual([18446744073709551615n, -9223372036854775808n, 9007199254740991, 0.5, 1000]);
  });

  it.each([null, false, 0, '', [], {}, 'text'])('returns %j as it is', async (value) => {
    const { client, server } = await converse();
    const returned = client.execute('x');
    await server.answer(value);
    expect(await returned).toEqual(value);
  });
});

describe('raw', () => {
  const bare = { awaitGreeting: false, negotiate: false };

  async function connectBare(): Promise<{ client: ReturnType<typeof newClient>; server: ScriptedServer }> {
    const client = newClient(bare);
    const server = new ScriptedServer();
    await client.connect(server.transport);
    return { client, server };
  }

  it('puts an id of ours on the message, over its own, and returns the whole reply', async () => {
    const { client, server } = await connectBare();
    const message: JsonObject = { execute: 'x', id: 'mine', 'x-extra': [1] };
    const reply = client.raw(message);
    await server.answer({ a: 1 });
    expect(server.received).toBe('{"execute":"x","id":1,"x-extra":[1]}');
    expect(await reply).toEqual({ return: { a: 1 }, id: 1 });
    expect(message).toEqual({ execute: 'x', id: 'mine', 'x-extra': [1] });
  });

  it('returns an error reply like any other', async () => {
    const { client, server } = await connectBare();
    const reply = client.raw({ execute: 'x' });
    await server.refuse('CommandNotFound', 'no x here');
    expect(await reply).toEqual({ error: { class: 'CommandNotFound', desc: 'no x here' }, id: 1 });
  });

  it('leaves the id alone with assignId: false', async () => {
    const { client, server } = await connectBare();
    const replies = [
      client.raw({ execute: 'a', id: { deep: [2n ** 63n] } }, { assignId: false }),
      client.raw({ execute: 'b', id: null }, { assignId: false }),
      client.raw({ execute: 'c' }, { assignId: false }),
    ];
    await everythingDelivered();
    expect(server.received).toBe(
      '{"execute":"a","id":{"deep":[9223372036854775808]}}{"execute":"b","id":null}{"execute":"c"}',
    );
    server.write('{"return":3}{"return":2,"id":null}{"id":{"deep":[9223372036854775808]},"return":1}');
    expect(await Promise.all(replies)).toEqual([
      { return: 1, id: { deep: [2n ** 63n] } },
      { return: 2, id: null },
      { return: 3 },
    ]);
  });

  it('refuses an own id that is in use', async () => {
    const { client } = await connectBare();
    void client.raw({ execute: 'a', id: 'x' }, { assignId: false });
    const refusal = await rejectionOf(client.raw({ execute: 'b', id: 'x' }, { assignId: false }), RangeError);
    expect(refusal.message).toBe('The id "x" is in use: its reply has not come yet');
  });

  it('starts its ids over with each session', async () => {
    const { client } = await connectBare();
    void client.execute('a');
    await client.disconnect();
    const next = new ScriptedServer();
    await client.connect(next.transport);
    void client.execute('b');
    await next.request();
    expect(next.received).toBe('{"execute":"b","id":1}');
  });

  it('does not take a greeting for the reply to a message without an id', async () => {
    const { client, server } = await connectBare();
    const reply = client.raw({ execute: 'a' }, { assignId: false });
    server.send(greetingWith('oob'), { return: 'the reply' });
    expect(await reply).toEqual({ return: 'the reply' });
    expect(client.droppedReplies).toBe(1);
  });
});

describe('arguments that are no JSON', () => {
  class Point {
    readonly x = 1;
  }

  it.each<[unknown, string]>([
    [{ list: [1, '\ud800'] }, 'arguments.list[1]: the string is not well-formed Unicode'],
    [{ 'a-b': { '\udc00': 1 } }, 'not well-formed Unicode'],
    [{ speed: Number.NaN }, 'arguments.speed: NaN is not a JSON number'],
    [{ speed: { max: -Infinity } }, 'arguments.speed.max: -Infinity is not a JSON number'],
    [{ list: [0, undefined] }, 'arguments.list[1]: undefined is not a JSON value'],
    [{ when: new Date(0) }, 'arguments.when: Date is not a JSON value'],
    [{ bytes: new Uint8Array(1) }, 'arguments.bytes: Uint8Array is not a JSON value'],
    [{ at: new Point() }, 'arguments.at: Point is not a JSON value'],
    [{ call: () => 1 }, 'arguments.call: a function is not a JSON value'],
    [{ tag: Symbol('s') }, 'arguments.tag: a symbol is not a JSON value'],
  ])('%# are refused with their path, and nothing is sent', async (args, text) => {
    const { client, server } = await converse();
    const refusal = await rejectionOf(client.executeRaw('x', args as JsonObject), TypeError);
    expect(refusal.message).toContain(text);
    await everythingDelivered();
    expect(server.received).toBe('');
    const next = client.execute('next');
    await server.answer();
    expect(await next).toEqual({});
  });

  it('are refused when they go round in a circle', async () => {
    const { client, server } = await converse();
    const circle: { round?: unknown } = {};
    circle.round = circle;
    const refusal = await rejectionOf(client.executeRaw('x', circle as JsonObject), TypeError);
    expect(refusal.message).toContain('a cycle');
    await everythingDelivered();
    expect(server.received).toBe('');
  });

  it('do not show their text in the error', async () => {
    const { client } = await converse();
    const refusal = await rejectionOf(client.executeRaw('x', { password: 'hunter2\ud800' }), TypeError);
    expect(refusal.message).toContain('arguments.password');
    expect(refusal.message).not.toContain('hunter2');
  });
});

describe('misuse that only the compiler would have found', () => {
  it.each([undefined, '', 7, null])('refuses the command %j before anything is sent', async (command) => {
    const { client, server } = await converse();
    const before = server.received;
    const error = await rejectionOf(client.executeRaw(command as string), TypeError);
    expect(error.message).toContain('expected its name, a string that is not empty');
    expect(server.received).toBe(before);
  });

  it.each([
    [null, 'null'],
    [[1], 'an array'],
    ['id=1', '"id=1"'],
  ])('refuses the arguments %j before anything is sent', async (args, shown) => {
    const { client, server } = await converse();
    const before = server.received;
    const error = await rejectionOf(client.executeRaw('device_del', args as unknown as JsonObject), TypeError);
    expect(error.message).toBe(`device_del: the arguments are ${shown}; expected an object, or nothing`);
    expect(server.received).toBe(before);
  });

  it.each([['stop'], [null], [[]]])('refuses the message %j', async (message) => {
    const { client } = await converse();
    const error = await rejectionOf(client.raw(message as unknown as JsonObject), TypeError);
    expect(error.message).toContain('expected an object');
  });

  it('refuses limits and timeouts that are none when the client is made', () => {
    expect(() => newClient({ maxMessageBytes: 0 })).toThrow(RangeError);
    expect(() => newClient({ timeoutMs: -1 })).toThrow('timeoutMs is -1; expected milliseconds, 0 or more');
  });
});

describe('file descriptors', () => {
  it('are refused before anything is sent where the peer is no UNIX socket', async () => {
    const { client, server } = await converse();
    const refusal = await rejectionOf(client.execute('getfd', { fdname: 'tap' }, { fds: [1] }), TypeError);
    expect(refusal.message).toBe('getfd: cannot pass file descriptors: it takes a UNIX socket, not memory:left');
    await everythingDelivered();
    expect(server.received).toBe('');
  });

  it('are refused over a UNIX socket where the platform cannot pass them', async () => {
    const server = new ScriptedServer();
    const client = newClient({ awaitGreeting: false, negotiate: false });
    const { transport } = server;
    await client.connect({
      description: 'unix:/run/vm.sock',
      readable: transport.readable,
      write: (chunk) => transport.write(chunk),
      close: () => transport.close(),
      abort: () => transport.abort(),
    });
    const refusal = await rejectionOf(client.execute('getfd', { fdname: 'tap' }, { fds: [1] }), TypeError);
    expect(refusal.message).toBe('getfd: cannot pass file descriptors: this platform has no call for it');
  });

  it('are none when the list is empty', async () => {
    const { client, server } = await converse();
    const value = client.execute('x', undefined, { fds: [] });
    await server.answer(1);
    expect(await value).toBe(1);
  });
});
