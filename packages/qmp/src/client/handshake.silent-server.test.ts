import { ConnectError, TimeoutError } from '@qmp/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GreetingError } from '../errors/session-errors.ts';
import { QmpClient } from './qmp-client.ts';
import type { AnySchema } from '../schema/qapi-schema.ts';
import { eventOf, greetingWith, newClient, rejectionOf, ScriptedServer } from './scripted-server.test-kit.ts';

describe('a server that says nothing', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is asked once, after a second', async () => {
    const server = new ScriptedServer();
    const failure = rejectionOf(newClient().connect(server.transport), ConnectError);
    await vi.advanceTimersByTimeAsync(999);
    expect(server.received).toBe('');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.received).toBe('{"execute":"query-version","id":"probe"}');
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await failure).cause).toMatchObject({ timeoutMs: 30_000 });
  });

  it('is told at the deadline, with what may be the matter', async () => {
    const server = new ScriptedServer();
    const client = newClient();
    const failure = rejectionOf(client.connect(server.transport, { timeoutMs: 300 }), ConnectError);
    await vi.advanceTimersByTimeAsync(300);
    const { cause, message } = await failure;
    expect(cause).toBeInstanceOf(TimeoutError);
    expect(message).toBe(
      'Failed to connect to memory:left: Timed out after 300 ms waiting for a QMP greeting (the server accepts ' +
        'connections but says nothing: another client may hold this monitor, or QEMU is stopped, or it is no QMP ' +
        'server) from memory:left',
    );
    expect(client.runstate).toBe('idle');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is a guest agent when it answers', async () => {
    const server = new ScriptedServer();
    const failure = rejectionOf(newClient().connect(server.transport), ConnectError);
    await vi.advanceTimersByTimeAsync(1_000);
    await server.refuse('CommandNotFound', 'The command query-version has not been found');
    const { cause, message } = await failure;
    expect(cause).toBeInstanceOf(GreetingError);
    expect(message).toContain(
      'it looks like a guest agent (connect to it with awaitGreeting: false and negotiate: false)',
    );
  });

  it('is a guest agent also when it answers without an id, or with a value', async () => {
    for (const answer of [{ error: { class: 'GenericError', desc: 'bad' } }, { return: {} }]) {
      const server = new ScriptedServer();
      const failure = rejectionOf(newClient().connect(server.transport), ConnectError);
      await vi.advanceTimersByTimeAsync(1_000);
      server.send(answer);
      expect((await failure).message).toContain('it looks like a guest agent');
    }
  });

  it('may be a slow one: the answer to the question is dropped, and not counted', async () => {
    const server = new ScriptedServer();
    const client = newClient();
    const connecting = client.connect(server.transport);
    await vi.advanceTimersByTimeAsync(2_000);
    const probe = await server.request();
    server.send(greetingWith(), { error: { class: 'CommandNotFound', desc: 'negotiate first' }, id: probe['id'] });
    await server.answer();
    await connecting;
    expect(client.runstate).toBe('running');
    expect(client.droppedReplies).toBe(0);
  });

  it('may answer that question after the session has begun', async () => {
    const server = new ScriptedServer();
    const client = newClient({ negotiate: false });
    const connecting = client.connect(server.transport);
    await vi.advanceTimersByTimeAsync(1_000);
    const probe = await server.request();
    server.send(greetingWith());
    await connecting;
    server.send({ error: { class: 'CommandNotFound', desc: 'negotiate first' }, id: probe['id'] }, eventOf('X'));
    await client.events.next('X').catch(() => {});
    expect(client.droppedReplies).toBe(0);
  });

  it('is not asked any more when the attempt has ended, whatever its transport does', async () => {
    const server = new ScriptedServer();
    const client = newClient();
    const neverEnding = new Promise<never>(() => {});
    const failure = rejectionOf(
      client.connect(
        {
          description: 'deaf',
          readable: { [Symbol.asyncIterator]: () => ({ next: () => neverEnding, return: () => neverEnding }) },
          write: (chunk) => server.transport.write(chunk),
          close: () => Promise.resolve(),
          abort: () => {},
        },
        { timeoutMs: 500 },
      ),
      ConnectError,
    );
    await vi.advanceTimersByTimeAsync(500);
    expect((await failure).cause).toBeInstanceOf(TimeoutError);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.received).toBe('');
  });

  it('is no crash when the question cannot be sent', async () => {
    class Mute extends QmpClient<AnySchema> {
      protected override onOutbound(): never {
        throw new Error('not a word');
      }
    }
    const failure = rejectionOf(new Mute().connect(new ScriptedServer().transport, { timeoutMs: 2_000 }), ConnectError);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await failure).cause).toBeInstanceOf(TimeoutError);
  });
});
