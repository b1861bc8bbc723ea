import { ConnectError, type EndOfStreamError, TimeoutError } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BadReplyError } from '../errors/command-errors.ts';
import { GreetingError, NegotiationError } from '../errors/session-errors.ts';
import { QmpClient } from './qmp-client.ts';
import {
  eventOf,
  everythingDelivered,
  greetingWith,
  newClient,
  rejectionOf,
  ScriptedServer,
} from './scripted-server.test-kit.ts';

/** How the attempt fails when the server begins with this. */
async function failureAfter(
  greet: (server: ScriptedServer) => void | Promise<void>,
  maxMessageBytes?: number,
): Promise<ConnectError> {
  const server = new ScriptedServer();
  const client = newClient({ maxMessageBytes });
  const failure = rejectionOf(client.connect(server.transport), ConnectError);
  await greet(server);
  const error = await failure;
  expect(client.runstate).toBe('idle');
  expect(error.phase).toBe('session');
  return error;
}

const saying =
  (data: string | Uint8Array) =>
  (server: ScriptedServer): void =>
    server.write(data);

describe('the greeting', () => {
  it('is kept, with members that nobody knows yet', async () => {
    const server = new ScriptedServer();
    const client = newClient();
    expect(client.greeting).toBeUndefined();
    const connecting = client.connect(server.transport);
    const greeting = { QMP: { version: { qemu: { major: 42 }, more: 1 }, capabilities: [], since: 'x' }, extra: true };
    server.send(greeting);
    await server.answer();
    await connecting;
    expect(client.greeting).toEqual(greeting);
  });

  it('may be spread over lines and follow blanks', async () => {
    const server = new ScriptedServer();
    const client = newClient();
    const connecting = client.connect(server.transport);
    server.write(`\r\n  ${JSON.stringify(greetingWith('oob'), undefined, 4).replaceAll('\n', '\r\n')}\r\n`);
    await server.answer();
    await connecting;
    expect(client.greeting?.QMP.capabilities).toEqual(['oob']);
  });

  it('is gone, with the capabilities, when a new session begins', async () => {
    const client = newClient();
    await new ScriptedServer().welcome(client, 'oob');
    await client.disconnect();
    expect(client.greeting).toEqual(greetingWith('oob'));
    const failure = rejectionOf(
      client.connect(new ScriptedServer().transport, { signal: AbortSignal.timeout(1) }),
      DOMException,
    );
    await everythingDelivered();
    expect(client.greeting).toBeUndefined();
    expect(client.capabilities).toEqual([]);
    await failure;
  });

  it.each<[string, JsonObject, string]>([
    ['QMP that is no object', { QMP: 5 }, 'The greeting is malformed: its member "QMP" is no object'],
    ['QMP that is an array', { QMP: [] }, 'The greeting is malformed: its member "QMP" is no object'],
    ['no version', { QMP: { capabilities: [] } }, 'The greeting is malformed: its member "version" is no object'],
    [
      'a version that is null',
      { QMP: { version: null, capabilities: [] } },
      'The greeting is malformed: its member "version" is no object',
    ],
    ['no capabilities', { QMP: { version: {} } }, 'The greeting is malformed: its member "capabilities" is no array'],
    [
      'capabilities that are a string',
      { QMP: { version: {}, capabilities: 'oob' } },
      'The greeting is malformed: its member "capabilities" is no array',
    ],
    [
      'other members only',
      { jsonrpc: '2.0', method: 'hello' },
      'Expected a QMP greeting, got JSON that is none, with the members jsonrpc, method',
    ],
    ['no members', {}, 'Expected a QMP greeting, got JSON that is none, with the members (none)'],
  ])('with %s is refused', async (_, message, text) => {
    const { cause } = await failureAfter((server) => server.send(message));
    expect(cause).toBeInstanceOf(GreetingError);
    expect(cause).toMatchObject({ message: text, code: 'BAD_GREETING', received: message });
    expect((cause as GreetingError).cause).toBeUndefined();
  });

  it('that is cut off says that it was', async () => {
    const error = await failureAfter(async (server) => {
      server.write('{"QMP": {"version": {');
      await server.link.hangUp();
    });
    expect(error.cause).toBeInstanceOf(GreetingError);
    expect(error.message).toContain('got "{\\"QMP\\": {\\"version\\": {"');
    expect(error.message).toContain('The stream ended inside a message');
  });

  it('that never comes because the server hangs up is an end of the stream', async () => {
    const error = await failureAfter((server) => server.link.hangUp());
    expect(error.cause).toMatchObject({ name: 'EndOfStreamError' } satisfies Partial<EndOfStreamError>);
  });

  it('that is too large is refused', async () => {
    const error = await failureAfter((server) => server.send(greetingWith('x'.repeat(200))), 100);
    expect(error.cause).toMatchObject({ name: 'MessageTooLargeError', limit: 100 });
  });

  it('that is nested too deep is refused', async () => {
    const error = await failureAfter(saying(`{"QMP":${'['.repeat(2000)}${']'.repeat(2000)}}`));
    expect(error.cause).toMatchObject({ name: 'GreetingError' });
    expect(error.message).toContain('deeper than 1024 levels');
  });

  it.each([
    ['18446744073709551615\n', '18446744073709551615'],
    ['[18446744073709551615]\n', '18446744073709551615'],
    ['"hello"\n', 'hello'],
    ['null\n', 'null'],
  ])('that is the JSON value %j is refused', async (text, shown) => {
    const { cause } = await failureAfter(saying(text));
    expect(cause).toBeInstanceOf(GreetingError);
    expect(cause).toMatchObject({ cause: { name: 'UnexpectedTypeError' } });
    expect((cause as GreetingError).message).toContain(shown);
  });
});

describe('something that is not QMP', () => {
  it.each([
    ['an HTTP server', 'HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html></html>'],
    ['an HTTP server', '<!DOCTYPE html>\n<html>'],
    [
      "QEMU's human monitor (HMP); ask QEMU for a QMP monitor with -qmp",
      'QEMU 11.1.3 monitor - type "help"\r\n(qemu) ',
    ],
    ['an SSH server', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'],
    ['a VNC server', 'RFB 003.008\n'],
  ])('is called %s', async (name, text) => {
    const { cause, message } = await failureAfter(saying(text));
    expect(cause).toBeInstanceOf(GreetingError);
    expect(cause).toMatchObject({ cause: { name: 'DeserializationError' } });
    expect(message).toContain('Expected a QMP greeting, got "');
    expect(message).toContain(`: it looks like ${name}`);
    expect(message).not.toContain('\n');
  });

  it('is quoted when nobody knows it, cut where it is long', async () => {
    const { message } = await failureAfter(saying(`mail.example.org ESMTP ${'z'.repeat(500)}\r\n`));
    expect(message).toContain('mail.example.org ESMTP');
    expect(message).not.toContain('it looks like');
    expect(message.length).toBeLessThan(250);
  });

  it('is refused when it is no text at all', async () => {
    const { cause } = await failureAfter(saying(new Uint8Array([0x15, 0x03, 0x01, 0xfe])));
    expect(cause).toBeInstanceOf(GreetingError);
  });
});

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
    class Mute extends QmpClient {
      protected override onOutbound(): never {
        throw new Error('not a word');
      }
    }
    const failure = rejectionOf(new Mute().connect(new ScriptedServer().transport, { timeoutMs: 2_000 }), ConnectError);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await failure).cause).toBeInstanceOf(TimeoutError);
  });
});

describe('events during the handshake', () => {
  it('are delivered like all others, before the greeting and before the reply to the negotiation', async () => {
    const server = new ScriptedServer();
    const client = newClient();
    const seen: string[] = [];
    client.events.on([], (event) => seen.push(event.event));
    const stream = client.events.of('RESUME');
    const first = client.events.next('STOP');
    const connecting = client.connect(server.transport);
    server.send(eventOf('STOP'), greetingWith(), eventOf('RESUME'));
    const request = await server.request();
    server.send(eventOf('RTC_CHANGE', { offset: 1 }), { return: {}, id: request['id'] });
    await connecting;
    expect(seen).toEqual(['STOP', 'RESUME', 'RTC_CHANGE']);
    expect((await first).event).toBe('STOP');
    expect(stream.unread).toBe(1);
    expect(client.events.history.map((event) => event.event)).toEqual(seen);
  });

  it('whose listener throws do not break it', async () => {
    const server = new ScriptedServer();
    const client = newClient();
    client.events.on([], () => {
      throw new Error('bad listener');
    });
    const connecting = client.connect(server.transport);
    server.send(eventOf('STOP'), greetingWith());
    await server.answer();
    await connecting;
    expect(client.runstate).toBe('running');
  });

  it('find commands refused with the state', async () => {
    const server = new ScriptedServer();
    const client = newClient();
    const attempts: Promise<unknown>[] = [];
    client.events.on('STOP', () => attempts.push(client.execute('cont')));
    const connecting = client.connect(server.transport);
    server.send(eventOf('STOP'), greetingWith());
    await server.answer();
    await connecting;
    await expect(attempts[0]).rejects.toMatchObject({ name: 'StateError', state: 'connecting' });
  });
});

describe('a negotiation', () => {
  async function failureOf(reply: JsonObject): Promise<ConnectError> {
    return await failureAfter(async (server) => {
      server.send(greetingWith());
      await server.request();
      server.send(reply);
    });
  }

  it.each([{ id: 1 }, {}])('that is refused carries the class and the text of the server (%j)', async (id) => {
    const error = await failureOf({ error: { class: 'CommandNotFound', desc: 'already complete' }, ...id });
    expect(error.message).toBe(
      'Failed to connect to memory:left: Capabilities negotiation failed: CommandNotFound: already complete',
    );
    expect(error.cause).toBeInstanceOf(NegotiationError);
    expect(error.cause).toMatchObject({
      code: 'NEGOTIATION_FAILED',
      errorClass: 'CommandNotFound',
      description: 'already complete',
    });
  });

  it('that is refused in a strange way shows that', async () => {
    const error = await failureOf({ error: { code: 2n ** 64n }, id: 1 });
    expect(error.cause).toBeInstanceOf(NegotiationError);
    expect(error.message).toContain('18446744073709551616');
  });

  it('whose reply says nothing has failed', async () => {
    const error = await failureOf({ id: 1 });
    expect(error.cause).toBeInstanceOf(BadReplyError);
    expect(error.message).toContain('qmp_capabilities: the reply is malformed: it has neither return nor error');
  });

  it('lets replies to others pass', async () => {
    const server = new ScriptedServer();
    const connecting = newClient().connect(server.transport);
    server.send(greetingWith());
    const request = await server.request();
    server.send({ return: 'odd' }, { error: { class: 'X', desc: 'odd' }, id: 77 }, { return: {}, id: request['id'] });
    await expect(connecting).resolves.toBeUndefined();
  });

  it('that is not answered times out, saying so', async () => {
    const server = new ScriptedServer();
    const failure = rejectionOf(newClient().connect(server.transport, { timeoutMs: 20 }), ConnectError);
    server.send(greetingWith());
    expect((await failure).message).toContain('waiting for the reply to qmp_capabilities from memory:left');
  });

  it('in whose middle the server hangs up has failed', async () => {
    const error = await failureAfter(async (server) => {
      server.send(greetingWith());
      await server.request();
      await server.link.hangUp();
    });
    expect(error.cause).toMatchObject({ name: 'EndOfStreamError' });
  });
});

describe('without a handshake', () => {
  it('a client runs at once with awaitGreeting: false and negotiate: false', async () => {
    const server = new ScriptedServer();
    const client = newClient({ awaitGreeting: false, negotiate: false });
    await client.connect(server.transport);
    expect(client.runstate).toBe('running');
    expect(client.greeting).toBeUndefined();
    expect(server.received).toBe('');
  });

  it('a client keeps the greeting and sends nothing with negotiate: false', async () => {
    const server = new ScriptedServer();
    const client = newClient({ negotiate: false });
    const connecting = client.connect(server.transport);
    server.send(greetingWith('oob'));
    await connecting;
    expect(client.greeting).toEqual(greetingWith('oob'));
    expect(client.capabilities).toEqual([]);
    await everythingDelivered();
    expect(server.received).toBe('');
  });

  it('a client that negotiates waits for the greeting all the same', async () => {
    const server = new ScriptedServer();
    const client = newClient({ awaitGreeting: false });
    await server.welcome(client, 'oob');
    expect(client.capabilities).toEqual(['oob']);
  });
});

describe('QmpClient.connect', () => {
  it('makes a client and connects it', async () => {
    const server = new ScriptedServer();
    const connecting = QmpClient.connect(server.transport, { name: 'vm0' });
    server.send(greetingWith());
    await server.answer();
    const client = await connecting;
    expect(String(client)).toBe("<QmpClient name='vm0' runstate=running>");
    await client.disconnect();
  });

  it('rejects as connect does', async () => {
    const server = new ScriptedServer();
    await server.link.hangUp();
    await expect(QmpClient.connect(server.transport)).rejects.toBeInstanceOf(ConnectError);
  });

  it('that is aborted throws the reason of the signal', async () => {
    const controller = new AbortController();
    const connecting = QmpClient.connect(new ScriptedServer().transport, { signal: controller.signal });
    const reason = { why: 'no more interest' };
    controller.abort(reason);
    await expect(connecting).rejects.toBe(reason);
  });
});
