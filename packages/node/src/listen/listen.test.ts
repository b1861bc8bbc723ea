import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';

import type { Listener } from '@qmp/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';

import { parseAddress } from '../address/parse-address.ts';
import type { SocketAddress } from '../address/parsed-address.ts';
import { dial } from '../dial/dial.ts';
import { ListenError } from '../errors/listen-error.ts';
import { runtime } from '../runtime.test-kit.ts';
import {
  leaveStaleSocket,
  onConnecting,
  patient,
  portOf,
  readAll,
  startFullListener,
  startScript,
  startServer,
  temporaryFolder,
  withoutPrivileges,
} from '../sockets.test-kit.ts';
import { listen } from './listen.ts';

async function listenAt(address: string, signal: AbortSignal = patient): Promise<Listener> {
  const listener = await listen(parseAddress(address) as SocketAddress, { signal });
  onTestFinished(() => listener.close());
  return listener;
}

async function failureOf(address: string): Promise<ListenError> {
  const outcome: unknown = await listenAt(address).catch((error: unknown) => error);
  if (outcome instanceof ListenError) return outcome;
  throw new Error(`listening at ${address} gave ${String(outcome)}`);
}

/** Talks to whoever answers at the listener's own description. */
async function askFor(listener: Listener): Promise<string> {
  const client = await dial(parseAddress(listener.description), { signal: patient });
  const server = await listener.accept({ signal: patient });
  await server.write(Buffer.from('welcome'));
  const [words] = await Promise.all([readAll(client), server.close()]);
  return words.toString();
}

describe('a listener', () => {
  it.each([true, false])('may let peers end their part alone: %s', async (allowHalfOpen) => {
    const address = parseAddress(join(temporaryFolder(), 's')) as SocketAddress;
    const listener = await listen(address, { signal: patient, allowHalfOpen });
    onTestFinished(() => listener.close());
    const client = connect(address.kind === 'unix' ? address.path : '').end('hello');
    const peer = await listener.accept({ signal: patient });
    expect((await readAll(peer)).toString()).toBe('hello');
    const written = Promise.resolve(peer.write(Buffer.from('welcome'))).then(
      () => true,
      () => false,
    );
    expect(await written).toBe(allowHalfOpen);
    await peer.close();
    expect(await text(client)).toBe(allowHalfOpen ? 'welcome' : '');
  });

  it('serves a UNIX socket, whose file comes and goes with it', async () => {
    const path = join(temporaryFolder(), 's');
    const listener = await listenAt(path);
    expect(listener.description).toBe(`unix:${path}`);
    expect(lstatSync(path).isSocket()).toBe(true);
    expect(await askFor(listener)).toBe('welcome');
    await listener.close();
    expect(existsSync(path)).toBe(false);
  });

  it.runIf(process.platform === 'linux')('serves an abstract UNIX socket', async () => {
    const listener = await listenAt(`unix:@qmp-listen-${process.pid}`);
    expect(listener.description).toBe(`unix:@qmp-listen-${process.pid}`);
    expect(await askFor(listener)).toBe('welcome');
  });

  it.each([
    ['127.0.0.1:0', /^tcp:127\.0\.0\.1:[1-9]\d*$/],
    ['[::1]:0', /^tcp:\[::1\]:[1-9]\d*$/],
    [':0', /^tcp:(127\.0\.0\.1|\[::1\]):[1-9]\d*$/],
  ])('serves %s and says what that has become', async (address, description) => {
    const listener = await listenAt(address);
    expect(listener.description).toMatch(description);
    expect(await askFor(listener)).toBe('welcome');
  });

  it('frees its port when it closes', async () => {
    const listener = await listenAt('127.0.0.1:0');
    await listener.close();
    const again = await listenAt(listener.description);
    expect(again.description).toBe(listener.description);
  });
});

describe('a stale socket file', () => {
  it('is replaced', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 's');
    await leaveStaleSocket(path);
    expect(await askFor(await listenAt(path))).toBe('welcome');
    expect(readdirSync(folder)).toEqual(['s']);
  });

  it('is replaced when its owner was killed', async () => {
    const path = join(temporaryFolder(), 's');
    const child = await startScript(
      `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('listening'))`,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(lstatSync(path).isSocket()).toBe(true);
    expect(await askFor(await listenAt(path))).toBe('welcome');
  });

  it('goes to one of several that race for it, and the others are told', async () => {
    const path = join(temporaryFolder(), 's');
    await leaveStaleSocket(path);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => listenAt(path)));
    const winners = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const codes = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as ListenError).code] : [],
    );
    expect(codes).toEqual(['EADDRINUSE', 'EADDRINUSE', 'EADDRINUSE']);
    // The three others have knocked to see whether somebody is at home.
    const client = await dial(parseAddress(path), { signal: patient });
    await client.write(Buffer.from('me'));
    await client.close();
    const [winner] = winners as [Listener];
    const words: string[] = [];
    while (!words.includes('me')) words.push((await readAll(await winner.accept({ signal: patient }))).toString());
    expect(words.at(-1)).toBe('me');
  });

  it('stays when it may not be removed', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 's');
    await leaveStaleSocket(path);
    chmodSync(path, 0o777);
    const failure = await withoutPrivileges(folder, () => failureOf(path));
    expect(failure.message).toBe(`permission denied to listen at unix:${path} (EACCES)`);
    expect(failure.cause).toMatchObject({ code: 'EACCES', syscall: 'rename' });
    expect(readdirSync(folder)).toEqual(['s']);
  });

  it('stays when it may not be asked whether somebody is there', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 's');
    await leaveStaleSocket(path);
    chmodSync(path, 0);
    const failure = await withoutPrivileges(folder, () => failureOf(path));
    expect(failure.message).toBe(`somebody else listens at unix:${path} already (EADDRINUSE)`);
    expect(readdirSync(folder)).toEqual(['s']);
  });
});

describe('a failure is a sentence with the system’s error behind it', () => {
  it('when somebody listens at the path, who is not disturbed', async () => {
    const path = join(temporaryFolder(), 's');
    const owner = await listenAt(path);
    const failure = await failureOf(path);
    expect(failure.message).toBe(`somebody else listens at unix:${path} already (EADDRINUSE)`);
    expect(failure).toMatchObject({ name: 'ListenError', code: 'EADDRINUSE', address: `unix:${path}` });
    expect(failure.cause).toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' });
    expect(await readAll(await owner.accept({ signal: patient }))).toHaveLength(0);
    expect(await askFor(owner)).toBe('welcome');
  });

  it.runIf(process.platform === 'linux')('when somebody listens there who is too busy to answer', async ({ skip }) => {
    skip(runtime === 'Bun', 'Bun takes a listener whose queue is full for none (EAGAIN becomes ECONNREFUSED)');
    const path = join(temporaryFolder(), 's');
    await startFullListener(path);
    expect(await failureOf(path)).toMatchObject({ code: 'EADDRINUSE' });
    expect(existsSync(path)).toBe(true);
  });

  it('when a file, a folder or a link stands there, which is left as it is', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file');
    const subfolder = join(folder, 'folder');
    const link = join(folder, 'link');
    writeFileSync(file, 'precious');
    mkdirSync(subfolder);
    symlinkSync('nowhere', link);
    for (const path of [file, subfolder, link]) {
      const failure = await failureOf(path);
      expect(failure.message).toBe(`${path} is no socket file, it is left as it is (EADDRINUSE)`);
      expect(failure).toMatchObject({ code: 'EADDRINUSE', address: `unix:${path}` });
    }
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect(readdirSync(folder).sort()).toEqual(['file', 'folder', 'link']);
  });

  it('when the folder is missing', async () => {
    const path = join(temporaryFolder(), 'missing', 's');
    const failure = await failureOf(path);
    expect(failure.message).toBe(`no such folder for the socket file of unix:${path} (ENOENT)`);
  });

  it('when the folder may not be written to', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 's');
    const failure = await withoutPrivileges(folder, () => failureOf(path));
    expect(failure.message).toBe(`permission denied to listen at unix:${path} (EACCES)`);
  });

  it.runIf(process.platform === 'linux')('when the abstract name is taken', async () => {
    const address = `unix:@qmp-taken-${process.pid}`;
    await listenAt(address);
    expect((await failureOf(address)).message).toBe(`somebody else listens at ${address} already (EADDRINUSE)`);
  });

  it('when the port is taken', async () => {
    const server = await startServer({ host: '127.0.0.1', port: 0 });
    const failure = await failureOf(`127.0.0.1:${portOf(server)}`);
    expect(failure.message).toBe(`somebody else listens at tcp:127.0.0.1:${portOf(server)} already (EADDRINUSE)`);
  });

  it('when the address belongs to another machine', async ({ skip }) => {
    skip(runtime === 'Deno', 'Deno says EINVAL for an address that the machine has not got');
    const failure = await failureOf('203.0.113.7:0');
    expect(failure.message).toBe('this machine has no address for tcp:203.0.113.7:0 (EADDRNOTAVAIL)');
  });

  it('when the host is unknown', async ({ skip }) => {
    skip(runtime === 'Bun', 'Bun does not say why it cannot listen at the name of a host');
    const failure = await failureOf('no-such-host.invalid:0');
    expect(failure.message).toMatch(/tcp:no-such-host\.invalid:0.* \((ENOTFOUND|EAI_AGAIN)\)$/);
  });

  it('when a file stands where a folder should be', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const failure = await failureOf(`${file}/s`);
    expect(failure.message).toBe(`a file stands where a folder should be: unix:${file}/s (ENOTDIR)`);
  });
});

describe('an abort', () => {
  it('before the call opens nothing', async () => {
    const path = join(temporaryFolder(), 's');
    const reason = new Error('never mind');
    await expect(listenAt(path, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(existsSync(path)).toBe(false);
  });

  it('while it opens leaves no file and no port behind', async () => {
    const path = join(temporaryFolder(), 's');
    const controller = new AbortController();
    const opening = listenAt(path, controller.signal);
    controller.abort('changed my mind');
    await expect(opening).rejects.toBe('changed my mind');
    expect(existsSync(path)).toBe(false);
  });

  it('while a host’s name is looked up leaves the port free', async () => {
    const free = await listenAt('127.0.0.1:0');
    const port = Number(free.description.split(':').at(-1));
    await free.close();
    const controller = new AbortController();
    const opening = listenAt(`localhost:${port}`, controller.signal);
    controller.abort('changed my mind');
    await expect(opening).rejects.toBe('changed my mind');
    const again = await listenAt(`localhost:${port}`);
    expect(again.description).toMatch(new RegExp(`:${port}$`));
  });

  it('at the same moment as a failure does not crash', async () => {
    const path = join(temporaryFolder(), 'missing', 's');
    const controller = new AbortController();
    const opening = listenAt(path, controller.signal);
    controller.abort('changed my mind');
    await expect(opening).rejects.toBe('changed my mind');
  });

  it('while it looks whether a socket file is stale leaves the file', async () => {
    const path = join(temporaryFolder(), 's');
    await leaveStaleSocket(path);
    const controller = new AbortController();
    onConnecting(() => controller.abort('changed my mind'));
    await expect(listenAt(path, controller.signal)).rejects.toBe('changed my mind');
    expect(lstatSync(path).isSocket()).toBe(true);
  });
});
