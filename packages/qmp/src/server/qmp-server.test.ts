import { describe, expect, it, vi } from 'vitest';
import { transportPair } from '@qmp/protocol/testing';

import { QmpClient } from '../client/qmp-client.ts';
import type { AnySchema } from '../schema/qapi-schema.ts';
import { CommandError } from './command-error.ts';
import { LineClient, newServer } from './server.test-kit.ts';

const VERSION = { qemu: { major: 9, minor: 2, micro: 1 }, package: 'ours' };

describe('a server', () => {
  it('greets as QEMU does, and offers out-of-band execution', async () => {
    const client = new LineClient(newServer({ version: VERSION }));
    expect(await client.line()).toBe(
      '{"QMP": {"version": {"qemu": {"micro": 1, "minor": 2, "major": 9}, "package": "ours"}, "capabilities": ["oob"]}}',
    );
  });

  it('offers none if it is told so', async () => {
    const client = new LineClient(newServer({ oob: false }));
    expect(await client.message()).toMatchObject({ QMP: { capabilities: [] } });
    client.send('{"execute":"qmp_capabilities","arguments":{"enable":["oob"]},"id":1}');
    expect(await client.message()).toEqual({
      id: 1,
      error: { class: 'GenericError', desc: 'Capability oob not available' },
    });
  });

  it('takes the version of QEMU that it follows where nothing tells which', async () => {
    const client = new LineClient(newServer());
    expect(await client.message()).toMatchObject({ QMP: { version: { qemu: { major: 11, minor: 1 }, package: '' } } });
  });

  it('carries out nothing before the negotiation, and negotiates once', async () => {
    const client = new LineClient(newServer());
    await client.line();
    client.send('{"execute":"query-version"}{"execute":"qmp_capabilities"}{"execute":"qmp_capabilities"}');
    expect(await client.lines(3)).toEqual([
      `{"error": {"class": "CommandNotFound", "desc": "Expecting capabilities negotiation with 'qmp_capabilities'"}}`,
      '{"return": {}}',
      '{"error": {"class": "CommandNotFound", "desc": "Capabilities negotiation is already complete, command ignored"}}',
    ]);
  });

  it('says its version, and what it can do', async () => {
    const server = newServer({ version: VERSION, handlers: { 'x-own': () => null } });
    const client = await LineClient.negotiated(server);
    client.send('{"execute":"query-version"}{"execute":"query-commands"}{"execute":"query-qmp-schema"}');
    expect(await client.message()).toEqual({ return: VERSION });
    expect(await client.message()).toEqual({
      return: [{ name: 'qmp_capabilities' }, { name: 'query-version' }, { name: 'query-commands' }, { name: 'x-own' }],
    });
    expect(await client.message()).toMatchObject({ error: { class: 'CommandNotFound' } });
  });

  it('talks to our client', async () => {
    const server = newServer({ handlers: { 'query-status': () => ({ running: true, status: 'running' }) } });
    const [near, far] = transportPair();
    server.serve(far);
    const client = await QmpClient.connect<AnySchema>(near);
    expect(client.capabilities).toEqual(['oob']);
    expect(await client.execute('query-status')).toEqual({ running: true, status: 'running' });
    const stopped = client.events.next('STOP');
    server.emit('STOP');
    expect(await stopped).toMatchObject({ event: 'STOP' });
    await client.disconnect();
  });
});

describe('handlers', () => {
  it('get the arguments, an empty object where there are none, and who calls', async () => {
    const handler = vi.fn(() => undefined);
    const client = await LineClient.negotiated(newServer({ handlers: { greet: handler } }));
    client.send('{"execute":"greet","arguments":{"name":"x","times":[1.5]}}{"execute":"greet"}');
    expect(await client.lines(2)).toEqual(['{"return": {}}', '{"return": {}}']);
    const call = { command: 'greet', isOutOfBand: false, client: client.client };
    expect(handler.mock.calls).toEqual([
      [{ name: 'x', times: [1.5] }, expect.objectContaining(call)],
      [{}, expect.objectContaining(call)],
    ]);
  });

  it('get numbers, however they were written, and exact integers', async () => {
    const handler = vi.fn(() => undefined);
    const client = await LineClient.negotiated(newServer({ handlers: { take: handler } }));
    client.send(
      '{"execute":"take","arguments":{"a":1.0,"b":[1e3,{"c":18446744073709551615}],"d":-0.0,"__proto__":1e400}}',
    );
    await client.line();
    const args = JSON.parse('{"a":1,"b":[1000,{"c":0}],"d":0,"__proto__":0}') as Record<string, unknown>;
    const [received] = handler.mock.calls[0] as unknown as [Record<string, unknown>];
    expect(Object.keys(received)).toEqual(Object.keys(args));
    expect(received['b']).toEqual([1000, { c: 18446744073709551615n }]);
    expect(received['a']).toBe(1);
    expect(received['d']).toBe(-0);
    expect(Object.getOwnPropertyDescriptor(received, '__proto__')?.value).toBe(Infinity);
  });

  it('may return anything that is JSON, now or later', async () => {
    const server = newServer({
      handlers: {
        null: () => null,
        list: () => Promise.resolve([1n << 63n, 0.1, 'é"\n']),
        nothing: async () => {},
        // eslint-disable-next-line unicorn/no-thenable -- that is what is tested
        thenable: () => ({ then: (resolve: (value: string) => void) => resolve('late') }) as unknown as Promise<string>,
      },
    });
    const client = await LineClient.negotiated(server);
    client.send('{"execute":"null"}{"execute":"list"}{"execute":"nothing"}{"execute":"thenable","id":1}');
    expect(await client.lines(4)).toEqual([
      '{"return": null}',
      '{"return": [9223372036854775808, 0.10000000000000001, "\\u00E9\\"\\n"]}',
      '{"return": {}}',
      '{"return": "late", "id": 1}',
    ]);
  });

  it('refuse with a class and a text, and fail with their message, which is logged', async () => {
    const error = vi.fn<(message: string, details?: object) => void>();
    const fault = new TypeError('a bug');
    const server = newServer({
      name: 'vm0',
      logger: { ...console, debug() {}, info() {}, error },
      handlers: {
        refuse: () => {
          throw new CommandError('DeviceNotFound', "Device 'x' not found");
        },
        refuseLater: () => Promise.reject(new CommandError('DeviceNotActive', 'later')),
        fail: () => {
          throw fault;
        },
        failOddly: async () => {
          const thrown: unknown = 'no error at all';
          throw thrown;
        },
      },
    });
    const client = await LineClient.negotiated(server);
    client.send(
      '{"execute":"refuse","id":[1]}{"execute":"refuseLater"}{"execute":"fail","id":3}{"execute":"failOddly"}',
    );
    expect(await client.lines(4)).toEqual([
      `{"id": [1], "error": {"class": "DeviceNotFound", "desc": "Device 'x' not found"}}`,
      '{"error": {"class": "DeviceNotActive", "desc": "later"}}',
      '{"id": 3, "error": {"class": "GenericError", "desc": "a bug"}}',
      '{"error": {"class": "GenericError", "desc": "no error at all"}}',
    ]);
    expect(error.mock.calls).toEqual([
      ['vm0 for memory:right: fail failed: a bug', { error: fault }],
      ['vm0 for memory:right: failOddly failed: no error at all', { error: 'no error at all' }],
    ]);
  });

  it('that return what is no JSON fail, saying where', async () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    const values: Record<string, unknown> = {
      function: { list: [0, () => 0] },
      date: { at: new Date(0) },
      nan: [Number.NaN],
      hole: [undefined],
      cycle,
      symbol: Symbol('x'),
    };
    const handlers = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, () => value as null]));
    const client = await LineClient.negotiated(newServer({ handlers }));
    for (const name of Object.keys(values)) client.send(`{"execute":"${name}","id":"${name}"}`);
    const replies = await client.lines(6);
    const texts = replies.map((line) => (JSON.parse(String(line)) as { error: { desc: string } }).error.desc);
    expect(texts).toEqual([
      'return.list.1: a function is not a JSON value',
      'return.at: Date is not a JSON value; expected a plain object',
      'return.0: NaN is not a JSON number',
      'return.0: undefined is not a JSON value',
      'return.0.0.0.0.0.0.0.…: nested deeper than 1024 levels, or a cycle',
      'return: a symbol is not a JSON value',
    ]);
  });

  it('that are missing are not found, unless there is a fallback', async () => {
    const client = await LineClient.negotiated(newServer());
    client.send('{"execute":"nope","id":1}');
    expect(await client.line()).toBe(
      '{"id": 1, "error": {"class": "CommandNotFound", "desc": "The command nope has not been found"}}',
    );
    const server = newServer({
      fallback: (args, { command }) => ({ [command]: args }),
      handlers: { own: () => 'own' },
    });
    const other = await LineClient.negotiated(server);
    other.send('{"execute":"nope","arguments":{"x":1}}{"execute":"own"}');
    expect(await other.lines(2)).toEqual(['{"return": {"nope": {"x": 1}}}', '{"return": "own"}']);
  });

  it('can be replaced, and put back', async () => {
    const server = newServer({ handlers: { a: () => 'first' } });
    const client = await LineClient.negotiated(server);
    const second = server.handle('a', () => 'second');
    const third = server.handle('a', () => 'third');
    const other = server.handle('b', () => 'other');
    client.send('{"execute":"a"}{"execute":"b"}');
    expect(await client.lines(2)).toEqual(['{"return": "third"}', '{"return": "other"}']);
    // Whoever is in its place by now stays there.
    second[Symbol.dispose]();
    other[Symbol.dispose]();
    client.send('{"execute":"a"}{"execute":"b"}');
    expect(await client.lines(2)).toEqual([
      '{"return": "third"}',
      '{"error": {"class": "CommandNotFound", "desc": "The command b has not been found"}}',
    ]);
    third[Symbol.dispose]();
    client.send('{"execute":"a"}');
    expect(await client.line()).toBe('{"return": "second"}');
  });

  it('get a signal that aborts when the client goes', async () => {
    const signals: AbortSignal[] = [];
    const server = newServer({
      handlers: {
        wait: (_, { signal }) => {
          signals.push(signal);
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
          });
        },
      },
    });
    const client = await LineClient.negotiated(server);
    client.send('{"execute":"wait"}');
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    expect(signals[0]?.aborted).toBe(false);
    client.link.abort();
    expect(await client.client.closed).toEqual({ kind: 'disconnected' });
    expect(signals[0]?.aborted).toBe(true);
    expect(server.clients.size).toBe(0);
  });
});
