import { DisconnectedError } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';
import { ExecInterruptedError, ExecuteError } from '../errors/command-errors.ts';
import { converse, eventOf, rejectionOf, ScriptedServer } from './scripted-server.test-kit.ts';

describe('quit', () => {
  it('is answered, and the end that follows is a clean one: idle by itself', async () => {
    const { client, server } = await converse();
    const quitting = client.execute('quit');
    await server.answer();
    expect(await quitting).toEqual({});
    await server.link.hangUp();
    expect(await client.closed).toEqual({ kind: 'disconnected' });
    expect(client.runstate).toBe('idle');
    await expect(client.disconnect()).resolves.toBeUndefined();
  });

  it('resolves without a reply when the server is gone before', async () => {
    const { client, server } = await converse();
    const quitting = client.execute('quit');
    await server.request();
    server.send(eventOf('SHUTDOWN', { guest: false, reason: 'host-qmp-quit' }));
    await server.link.hangUp();
    expect(await quitting).toEqual({});
    expect(await client.closed).toEqual({ kind: 'disconnected' });
    expect(client.events.history).toHaveLength(1);
  });

  it('resolves also through raw, and when it was sent twice', async () => {
    const { client, server } = await converse();
    const quits = [client.raw({ execute: 'quit' }), client.execute('quit')];
    await server.request();
    await server.link.hangUp();
    expect(await Promise.all(quits)).toEqual([{ return: {} }, {}]);
  });

  it('makes a reset a clean end, too', async () => {
    const { client, server } = await converse();
    const quitting = client.execute('quit');
    await server.request();
    server.link.break(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
    expect(await quitting).toEqual({});
    expect(await client.closed).toEqual({ kind: 'disconnected' });
  });

  it('makes nothing clean that is no end: a broken message is a loss', async () => {
    const { client, server } = await converse();
    const quitting = client.execute('quit');
    await server.request();
    server.write('nonsense\r\n');
    expect((await rejectionOf(quitting, ExecInterruptedError)).cause).toMatchObject({ name: 'DeserializationError' });
    expect(await client.closed).toMatchObject({ kind: 'lost' });
  });

  it('that is refused leaves a later end a loss', async () => {
    const { client, server } = await converse();
    const quitting = client.execute('quit');
    await server.refuse('GenericError', 'not now');
    await rejectionOf(quitting, ExecuteError);
    await server.link.hangUp();
    expect(await client.closed).toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
  });

  it('that is refused, with the end in the same breath, leaves that a loss', async () => {
    const { client, server } = await converse();
    const quitting = client.execute('quit', undefined, { timeoutMs: 1_000 });
    const refusal = server.refuse('GenericError', 'not now');
    const refused = rejectionOf(quitting, ExecuteError);
    await refusal;
    const hangingUp = server.link.hangUp();
    await Promise.all([refused, hangingUp]);
    expect(await client.closed).toMatchObject({ kind: 'lost' });
  });

  it('that was given up still makes the end a clean one', async () => {
    const { client, server } = await converse();
    const controller = new AbortController();
    const quitting = client.execute('quit', undefined, { signal: controller.signal });
    await server.request();
    controller.abort('enough');
    await expect(quitting).rejects.toBe('enough');
    await server.link.hangUp();
    expect(await client.closed).toEqual({ kind: 'disconnected' });
  });

  it('interrupts the other commands, ends streams and lets next() reject', async () => {
    const { client, server } = await converse();
    const other = client.execute('query-status');
    const quitting = client.execute('quit');
    const stream = client.events.of();
    const next = client.events.next('STOP');
    await server.request();
    await server.link.hangUp();
    await quitting;
    expect((await rejectionOf(other, ExecInterruptedError)).cause).toBeInstanceOf(DisconnectedError);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    await rejectionOf(next, DisconnectedError);
  });

  it('of an earlier session does not whitewash the loss of the next', async () => {
    const { client, server } = await converse();
    void client.execute('quit');
    await server.request();
    await server.link.hangUp();
    await client.closed;
    const next = new ScriptedServer();
    await next.welcome(client);
    await next.link.hangUp();
    expect(await client.closed).toMatchObject({ kind: 'lost' });
  });
});
