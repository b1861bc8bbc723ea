import { ConnectError } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';
import { BadReplyError } from '../errors/command-errors.ts';
import { NegotiationError } from '../errors/session-errors.ts';
import { failureAfter } from './handshake.test-kit.ts';
import { QmpClient } from './qmp-client.ts';
import {
  eventOf,
  everythingDelivered,
  greetingWith,
  newClient,
  rejectionOf,
  ScriptedServer,
} from './scripted-server.test-kit.ts';

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
