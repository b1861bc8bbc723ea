import type { EndOfStreamError } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';
import { GreetingError } from '../errors/session-errors.ts';
import { failureAfter } from './handshake.test-kit.ts';
import {
  everythingDelivered,
  greetingWith,
  newClient,
  rejectionOf,
  ScriptedServer,
} from './scripted-server.test-kit.ts';

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

  it.each<[string, JsonObject]>([
    ['QMP that is no object', { QMP: 5 }],
    ['QMP that is an array', { QMP: [] }],
    ['no version', { QMP: { capabilities: [] } }],
    ['a version that is null', { QMP: { version: null, capabilities: [] } }],
    ['no capabilities', { QMP: { version: {} } }],
    ['capabilities that are a string', { QMP: { version: {}, capabilities: 'oob' } }],
    ['other members only', { jsonrpc: '2.0', method: 'hello' }],
    ['no members', {}],
  ])('with %s is refused', async (_, message) => {
    const { cause } = await failureAfter((server) => server.send(message));
    expect(cause).toBeInstanceOf(GreetingError);
    expect(cause).toMatchObject({
      message: `Expected a QMP greeting such as {"QMP":{"version":{…},"capabilities":[…]}}, got ${JSON.stringify(message)}`,
      code: 'BAD_GREETING',
      received: message,
    });
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
