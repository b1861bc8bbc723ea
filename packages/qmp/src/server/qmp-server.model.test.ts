import { QapiModel } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';

import { LineClient, newServer } from './server.test-kit.ts';

const model = new QapiModel([
  {
    kind: 'command',
    name: 'resize',
    since: '0.14',
    arguments: [
      { name: 'size', type: 'int' },
      { name: 'fast', type: 'bool', optional: true },
    ],
  },
  { kind: 'command', name: 'yank', since: '11.2', allowOob: true },
  { kind: 'command', name: 'shutdown', silent: true },
  { kind: 'command', name: 'device_add', open: true, arguments: [{ name: 'driver', type: 'str' }] },
  { kind: 'event', name: 'STOP' },
]);

function error(desc: string, errorClass = 'GenericError'): object {
  return { error: { class: errorClass, desc } };
}

describe('a server with a model', () => {
  it('checks arguments before a handler sees them, as QEMU does', async () => {
    const client = await LineClient.negotiated(newServer({ model, fallback: (args) => args }));
    const inputs = ['{}', '{"size":1.0}', '{"size":"1"}', '{"size":1,"fast":null}', '{"size":1,"x":2}', '{"size":1}'];
    for (const args of inputs) client.send(`{"execute":"resize","arguments":${args}}`);
    client.send('{"execute":"resize"}{"execute":"yank","arguments":{"x":1}}');
    const replies = await Promise.all([...inputs, '', ''].map(() => client.message()));
    expect(replies).toEqual([
      error("Parameter 'size' is missing"),
      error("Invalid parameter type for 'size', expected: integer"),
      error("Invalid parameter type for 'size', expected: integer"),
      error("Invalid parameter type for 'fast', expected: boolean"),
      error("Parameter 'x' is unexpected"),
      { return: { size: 1 } },
      error("Parameter 'size' is missing"),
      error("Parameter 'x' is unexpected"),
    ]);
  });

  it('finds nothing that the model does not know, unless it has a handler', async () => {
    const server = newServer({ model, fallback: () => 'fallback', handlers: { 'x-own': () => 'own' } });
    const client = await LineClient.negotiated(server);
    client.send('{"execute":"nope"}{"execute":"x-own","arguments":{"any":1}}{"execute":"yank"}');
    expect(await client.message()).toEqual(error('The command nope has not been found', 'CommandNotFound'));
    expect(await client.message()).toEqual({ return: 'own' });
    expect(await client.message()).toEqual({ return: 'fallback' });
  });

  it('takes any arguments where QEMU parses them by hand', async () => {
    const client = await LineClient.negotiated(newServer({ model, fallback: (args) => args }));
    client.send('{"execute":"device_add","arguments":{"anything":[1]}}');
    expect(await client.message()).toEqual({ return: { anything: [1] } });
  });

  it('lets overtake what may, and nothing else', async () => {
    const server = newServer({ model, fallback: (_, { isOutOfBand }) => isOutOfBand, handlers: { 'x-own': () => 0 } });
    const client = await LineClient.negotiated(server, ['oob']);
    for (const name of ['yank', 'resize', 'x-own', 'nope']) client.send(`{"exec-oob":"${name}"}`);
    expect(await client.message()).toEqual({ return: true });
    expect(await client.message()).toEqual(error('The command resize does not support OOB'));
    expect(await client.message()).toEqual(error('The command x-own does not support OOB'));
    expect(await client.message()).toEqual(error('The command nope has not been found', 'CommandNotFound'));
  });

  it('does not answer commands that have no reply when they succeed', async () => {
    let fails = false;
    const client = await LineClient.negotiated(
      newServer({
        model,
        handlers: {
          shutdown: () => (fails ? Promise.reject(new Error('no')) : Promise.resolve({})),
        },
      }),
    );
    client.send('{"execute":"shutdown","id":1}{"execute":"query-version","id":2}');
    expect(await client.message()).toMatchObject({ id: 2 });
    fails = true;
    client.send('{"execute":"shutdown","id":3}');
    expect(await client.message()).toMatchObject({ id: 3, error: { desc: 'no' } });
  });

  it('says what it knows, and is of the version that brought the newest of it', async () => {
    const client = new LineClient(newServer({ model }));
    expect(await client.message()).toMatchObject({ QMP: { version: { qemu: { major: 11, minor: 2, micro: 0 } } } });
    client.send('{"execute":"qmp_capabilities"}{"execute":"query-commands"}{"execute":"query-qmp-schema"}');
    await client.line();
    expect(await client.message()).toEqual({
      return: ['resize', 'yank', 'shutdown', 'device_add'].map((name) => ({ name })),
    });
    const schema = (await client.message())['return'] as readonly object[];
    expect(schema).toContainEqual({
      name: 'yank',
      'meta-type': 'command',
      'arg-type': '1',
      'ret-type': '1',
      'allow-oob': true,
    });
    expect(schema).toContainEqual({ name: 'STOP', 'meta-type': 'event', 'arg-type': '1' });
  });

  it('says where a parse error is if its version does, or if it is told to', async () => {
    const input = '{"execute":foo}';
    const qemu = { major: 10, minor: 2, micro: 0 };
    const texts = await Promise.all(
      [{ model }, { version: { qemu, package: '' } }, { model, errorPositions: false }].map(async (options) => {
        const client = new LineClient(newServer(options));
        await client.line();
        client.send(input);
        return await client.message();
      }),
    );
    expect(texts).toEqual([
      error("1:12: JSON parse error, invalid keyword 'foo'"),
      error("JSON parse error, invalid keyword 'foo'"),
      error("JSON parse error, invalid keyword 'foo'"),
    ]);
  });
});
