import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';

import type { Transport } from '@qmp/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';

import { parseAddress } from '../address/parse-address.ts';
import { DialError } from '../errors/dial-error.ts';
import { runtime } from '../runtime.test-kit.ts';
import {
  collect,
  leaveStaleSocket,
  onConnecting,
  patient,
  portOf,
  readAll,
  startFullListener,
  startServer,
  temporaryFolder,
  until,
  withoutPrivileges,
} from '../sockets.test-kit.ts';
import { dial } from './dial.ts';

async function dialText(address: string, signal: AbortSignal = patient): Promise<Transport> {
  const transport = await dial(parseAddress(address), { signal });
  onTestFinished(() => transport.abort());
  return transport;
}

function echo(socket: Socket): void {
  socket.pipe(socket);
}

async function askForEcho(transport: Transport): Promise<string> {
  await transport.write(Buffer.from('hello'));
  await transport.close();
  return (await readAll(transport)).toString();
}

async function failureOf(address: string): Promise<DialError> {
  const outcome: unknown = await dialText(address).catch((error: unknown) => error);
  if (outcome instanceof DialError) return outcome;
  throw new Error(`dialing ${address} gave ${String(outcome)}`);
}

describe('a peer is reached', () => {
  it('at a UNIX socket', async () => {
    const path = join(temporaryFolder(), 's');
    await startServer({ path }, echo);
    const transport = await dialText(path);
    expect(transport.description).toBe(`unix:${path}`);
    expect(await askForEcho(transport)).toBe('hello');
  });

  it('at a path as long as they get', async () => {
    const folder = temporaryFolder();
    const limit = process.platform === 'linux' ? 107 : 103;
    const path = join(folder, 'x'.repeat(limit - Buffer.byteLength(folder) - 1));
    await startServer({ path }, echo);
    expect(await askForEcho(await dialText(path))).toBe('hello');
  });

  it.runIf(process.platform === 'linux')('at an abstract UNIX socket', async () => {
    const name = `qmp-test-${process.pid}`;
    await startServer({ path: `\0${name}` }, echo);
    const transport = await dialText(`unix:@${name}`);
    expect(transport.description).toBe(`unix:@${name}`);
    expect(await askForEcho(transport)).toBe('hello');
  });

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
    ['localhost', 'localhost'],
    ['localhost', ''],
  ])('at a TCP port of %s', async (host, written) => {
    const server = await startServer({ host, port: 0 }, echo);
    const transport = await dialText(`${written}:${portOf(server)}`);
    expect(transport.description).toBe(`tcp:${written === '' ? 'localhost' : written}:${portOf(server)}`);
    expect(await askForEcho(transport)).toBe('hello');
  });

  it('with what it said at once', async () => {
    const path = join(temporaryFolder(), 's');
    await startServer({ path }, (socket) => void socket.end('greeting'));
    expect((await readAll(await dialText(path))).toString()).toBe('greeting');
  });
});

describe('a failure is a sentence with the system’s error behind it', () => {
  it('when there is no socket file', async () => {
    const path = join(temporaryFolder(), 'none');
    const failure = await failureOf(path);
    expect(failure.message).toBe(`no such socket file: ${path} (ENOENT)`);
    expect(failure).toMatchObject({ name: 'DialError', code: 'ENOENT', address: `unix:${path}` });
    expect(failure.cause).toMatchObject({ code: 'ENOENT', syscall: 'connect' });
  });

  it('when the socket file is left over', async () => {
    const path = join(temporaryFolder(), 's');
    await leaveStaleSocket(path);
    const failure = await failureOf(path);
    expect(failure.message).toBe(`nobody listens at unix:${path} (ECONNREFUSED)`);
  });

  it('when it is a file or a folder, whatever the system calls that', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    writeFileSync(path, '');
    expect((await failureOf(path)).message).toBe(`${path} is no socket (ENOTSOCK)`);
    expect((await failureOf(folder)).message).toBe(`${folder} is no socket (ENOTSOCK)`);
  });

  it('when permission is denied', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 's');
    await startServer({ path });
    chmodSync(path, 0);
    const failure = await withoutPrivileges(folder, async () => await failureOf(path));
    expect(failure.message).toBe(`permission denied for ${path} (EACCES)`);
  });

  it.runIf(process.platform === 'linux')('when the queue of the listener is full', async ({ skip }) => {
    skip(runtime === 'Bun', 'Bun takes a listener whose queue is full for none (EAGAIN becomes ECONNREFUSED)');
    const path = join(temporaryFolder(), 's');
    await startFullListener(path);
    const failure = await failureOf(path);
    expect(failure.message).toBe(`the listener's queue is full: another client holds unix:${path} (EAGAIN)`);
  });

  it('when a file stands where a folder should be', async ({ skip }) => {
    skip(
      runtime === 'Bun',
      'Bun takes a path through a file for one that nobody listens at (ENOTDIR becomes ECONNREFUSED)',
    );
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    const failure = await failureOf(`${path}/s`);
    expect(failure.message).toBe(`a file stands where a folder should be: ${path}/s (ENOTDIR)`);
  });

  it('when nobody listens at a port', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = portOf(server);
    server.close();
    expect((await failureOf(`127.0.0.1:${port}`)).message).toBe(
      `nobody listens at tcp:127.0.0.1:${port} (ECONNREFUSED)`,
    );
    expect(await failureOf(`localhost:${port}`)).toMatchObject({
      code: 'ECONNREFUSED',
      address: `tcp:localhost:${port}`,
    });
  });

  it('when there is no such host, or no name server to ask', async () => {
    const failure = await failureOf('no-such-host.invalid:1');
    expect(failure.message).toMatch(
      /^(no such host: no-such-host\.invalid \(ENOTFOUND\)|no name server answers for the host no-such-host\.invalid \(EAI_AGAIN\))$/,
    );
  });

  it.runIf(process.platform === 'linux')('when nobody has the abstract name', async () => {
    const failure = await failureOf('unix:@qmp-nobody-has-this');
    expect(failure.message).toMatch(/^nobody listens at unix:@qmp-nobody-has-this \(ECONNREFUSED\)/);
  });
});

describe('a peer that resets the connection', () => {
  /** What the reader hears when the peer does so, after having said that. */
  async function lossAfter(words: string): Promise<unknown> {
    const server = await startServer({ host: '127.0.0.1', port: 0 }, (socket) => {
      socket.on('data', () => socket.resetAndDestroy());
      socket.write(words);
    });
    const transport = await dialText(`127.0.0.1:${portOf(server)}`);
    const chunks = transport.readable[Symbol.asyncIterator]();
    // What is unread when the connection is reset may be lost.
    if (words !== '') await chunks.next();
    await transport.write(Buffer.from('anybody there?'));
    return await chunks.next().catch((error: unknown) => error);
  }

  it('before it has said a word may take TLS only', async () => {
    const loss = (await lossAfter('')) as DialError;
    expect(loss.message).toMatch(
      /^the peer reset the connection before it had said a word; if it takes TLS, it is "tls:127\.0\.0\.1:\d+" \(ECONNRESET\)$/,
    );
    expect(loss).toMatchObject({ name: 'DialError', code: 'ECONNRESET', cause: { syscall: 'read' } });
  });

  it('after its first words is not suspected of it', async () => {
    expect(await lossAfter('hello')).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
  });
});

describe('an abort', () => {
  it('before the call opens nothing', async () => {
    const path = join(temporaryFolder(), 's');
    const server = await startServer({ path });
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const reason = new Error('never mind');
    await expect(dialText(path, AbortSignal.abort(reason))).rejects.toBe(reason);
    await dialText(path);
    await until(() => connections > 0);
    expect(connections).toBe(1);
  });

  it.each(['unix', 'tcp', 'name'] as const)(
    'while it connects over %s rejects with its reason and closes the socket',
    async (kind) => {
      const path = join(temporaryFolder(), 's');
      const ends: Promise<Buffer>[] = [];
      const endpoint = kind === 'unix' ? { path } : { host: '127.0.0.1', port: 0 };
      const server = await startServer(endpoint, (socket) => void ends.push(collect(socket)));
      const controller = new AbortController();
      const host = kind === 'tcp' ? '127.0.0.1' : 'localhost';
      const dialing = dialText(kind === 'unix' ? path : `${host}:${portOf(server)}`, controller.signal);
      controller.abort('changed my mind');
      await expect(dialing).rejects.toBe('changed my mind');
      // Whatever the system had let through already comes to its end.
      await dialText(kind === 'unix' ? path : `127.0.0.1:${portOf(server)}`);
      await until(() => ends.length > 0);
      await Promise.all(ends.slice(0, -1));
    },
  );

  it('at the same moment as a failure does not crash', async () => {
    const controller = new AbortController();
    const dialing = dialText(join(temporaryFolder(), 'none'), controller.signal);
    controller.abort('changed my mind');
    await expect(dialing).rejects.toBe('changed my mind');
  });

  it('between the connection and its return closes the socket', async () => {
    const path = join(temporaryFolder(), 's');
    await startServer({ path });
    const controller = new AbortController();
    const sockets: Socket[] = [];
    onConnecting((socket) => {
      sockets.push(socket);
      // A listener behind those that dial() adds: the dial has heard of its connection by then.
      process.nextTick(() => socket.once('connect', () => controller.abort('too late for you')));
    });
    await expect(dial(parseAddress(path), { signal: controller.signal })).rejects.toBe('too late for you');
    expect(sockets.map((socket) => socket.destroyed)).toEqual([true]);
  });
});
