import { StateError, TimeoutError } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';
import { BadReplyError, ExecInterruptedError, ExecuteError } from '../errors/command-errors.ts';
import { introspection } from './introspection.test-kit.ts';
import { converse, everythingDelivered, newClient, rejectionOf, ScriptedServer } from './scripted-server.test-kit.ts';

describe('schema', () => {
  it('tells what the server knows', async () => {
    const { client, server } = await converse();
    const asked = client.schema();
    const request = await server.answer(introspection);
    expect(request).toEqual({ execute: 'query-qmp-schema', id: 2 });
    const schema = await asked;
    expect(schema.command('block_resize')?.argument('size')?.isOptional).toBe(false);
    expect(schema.command('block_resize')?.argument('node-name')).toBeUndefined();
    expect(schema.event('STOP')).toBeDefined();
  });

  it('is asked for once, however many ask at once and later', async () => {
    const { client, server } = await converse();
    const asked = [client.schema(), client.schema(), client.schema()];
    await server.answer(introspection);
    const [first, ...others] = await Promise.all(asked);
    others.push(await client.schema());
    expect(others.every((other) => other === first)).toBe(true);
    expect(server.requests.unread).toBe(0);
  });

  it('is asked for again in the next session, which may be with another server', async () => {
    const { client, server } = await converse();
    const asked = client.schema();
    await server.answer(introspection);
    const first = await asked;
    await client.disconnect();
    const next = new ScriptedServer();
    await next.welcome(client);
    const again = client.schema();
    await next.answer(introspection);
    expect(await again).not.toBe(first);
  });

  it('is asked for again after it was refused', async () => {
    const { client, server } = await converse();
    const failures = [rejectionOf(client.schema(), ExecuteError), rejectionOf(client.schema(), ExecuteError)];
    const { id } = await server.request();
    await everythingDelivered();
    server.send({ error: { class: 'CommandNotFound', desc: 'not yet' }, id });
    expect((await Promise.all(failures)).map(({ description }) => description)).toEqual(['not yet', 'not yet']);
    const again = client.schema();
    await server.answer(introspection);
    expect((await again).commands.size).toBe(2);
  });

  it('is refused by a client that is not running', async () => {
    expect((await rejectionOf(newClient().schema(), StateError)).state).toBe('idle');
  });

  it('that is malformed is a bad reply, which says where', async () => {
    const { client, server } = await converse();
    const failure = rejectionOf(client.schema(), BadReplyError);
    await server.answer([{ name: 'x', 'meta-type': 'y' }]);
    expect(await failure).toMatchObject({
      command: 'query-qmp-schema',
      message: expect.stringContaining('entry 0 "x": meta-type is "y"') as string,
    });
  });

  it('is given up by one who waits, not by the others', async () => {
    const { client, server } = await converse();
    const controller = new AbortController();
    const aborted = client.schema({ signal: controller.signal });
    const hurried = rejectionOf(client.schema({ timeoutMs: 5 }), TimeoutError);
    const patient = client.schema();
    const request = await server.request();
    expect((await hurried).message).toBe('Timed out after 5 ms waiting for the reply to query-qmp-schema');
    controller.abort('enough');
    await expect(aborted).rejects.toBe('enough');
    server.send({ return: introspection, id: request['id'] });
    expect((await patient).commands.size).toBe(2);
  });

  it('ends with the session', async () => {
    const { client, server } = await converse();
    const failure = rejectionOf(client.schema(), ExecInterruptedError);
    await server.request();
    client.abort(new Error('enough'));
    expect((await failure).command).toBe('query-qmp-schema');
  });

  it('leaves no unhandled rejection where nobody looks', async () => {
    const { client, server } = await converse();
    void client.schema();
    await server.refuse('CommandNotFound', 'no');
    await everythingDelivered();
    void newClient().schema();
    await everythingDelivered();
    expect(client.runstate).toBe('running');
  });
});
