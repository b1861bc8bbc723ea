import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

import type { Transport } from '@qmp/protocol';
import { onTestFinished, vi } from 'vitest';

/** A signal that never aborts. */
export const patient: AbortSignal = new AbortController().signal;

/** A fresh folder with a path short enough for sockets; it goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A plain server that is closed after the test, with all that is connected to it. */
export async function startServer(
  endpoint: { path: string } | { host: string; port: number },
  onConnection: (socket: Socket) => void = () => undefined,
): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    onTestFinished(() => void socket.destroy());
    onConnection(socket);
  });
  server.listen(endpoint);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return server;
}

/** Both ends of a connection. The far one stays open for writing when the near one has ended. */
export async function socketPair(kind: 'unix' | 'tcp'): Promise<{ near: Socket; far: Socket }> {
  const folder = temporaryFolder();
  const server = await startServer(kind === 'unix' ? { path: join(folder, 's') } : { host: '127.0.0.1', port: 0 });
  const near = kind === 'unix' ? connect(join(folder, 's')) : connect(portOf(server), '127.0.0.1');
  onTestFinished(() => void near.destroy());
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [[Socket], unknown];
  return { near, far };
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** A socket file that nobody listens at any more. */
export async function leaveStaleSocket(path: string): Promise<void> {
  const server = createServer();
  server.listen(`${path}.live`);
  await once(server, 'listening');
  renameSync(`${path}.live`, path);
  server.close();
}

/** Reads a transport to its end. */
export async function readAll(transport: Transport): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of transport.readable) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A link may take in what it can no longer deliver: only a later write says so then. */
export async function writeUntilItFails(transport: Transport): Promise<never> {
  for (;;) {
    await transport.write(Buffer.from('x'));
    await setImmediate();
  }
}

/** Reads a stream to its end, or to where it breaks, and leaves it open for writing. */
export async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await Promise.race([once(stream, 'end'), once(stream, 'close')]);
  return Buffer.concat(chunks);
}

/** Lets the event loop turn until the condition holds; the test's own timeout is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate();
}

/** Runs a script of Node in a process of its own and waits for its first output; it is killed after the test. */
export async function startScript(script: string): Promise<ChildProcessByStdio<null, Readable, null>> {
  const child = spawn('node', ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

/** Calls back with each socket that is about to connect, until the end of the test. */
export function onConnecting(callback: (socket: Socket) => void): void {
  const original = Socket.prototype.connect as (...args: readonly unknown[]) => Socket;
  const spy = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args: unknown[]) {
    callback(this);
    return original.apply(this, args);
  });
  onTestFinished(() => spy.mockRestore());
}

/** A listener whose queue is full: it never accepts, and two clients wait already. */
export async function startFullListener(path: string): Promise<ChildProcessByStdio<null, Readable, null>> {
  const child = await startScript(`
    require('net').createServer().listen({ path: ${JSON.stringify(path)}, backlog: 1 }, () => {
      require('fs').writeSync(1, 'listening');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });
  `);
  const waiting = [connect(path), connect(path)];
  for (const socket of waiting) onTestFinished(() => void socket.destroy());
  await Promise.all(waiting.map((socket) => once(socket, 'connect')));
  return child;
}

/** Does something that may look into the folder but not write to it, with no more rights than anybody has. */
export async function withoutPrivileges<T>(folder: string, action: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  chmodSync(folder, 0o555);
  if (isRoot) process.seteuid?.('nobody');
  try {
    return await action();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
}
