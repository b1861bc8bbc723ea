import { existsSync, renameSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { leaveStaleSocket, onConnecting, patient, startServer, temporaryFolder } from '../sockets.test-kit.ts';
import { removeStaleSocket } from './remove-stale-socket.ts';

const inUse = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });

it('removes the file of a listener that is gone', async () => {
  const path = join(temporaryFolder(), 's');
  await leaveStaleSocket(path);
  await removeStaleSocket({ kind: 'unix', path }, inUse, patient);
  expect(existsSync(path)).toBe(false);
});

it('has nothing to do when the file has gone by itself', async () => {
  const path = join(temporaryFolder(), 's');
  await expect(removeStaleSocket({ kind: 'unix', path }, inUse, patient)).resolves.toBeUndefined();
});

it('leaves a live socket, with what told of it as the cause', async () => {
  const path = join(temporaryFolder(), 's');
  await startServer({ path });
  await expect(removeStaleSocket({ kind: 'unix', path }, inUse, patient)).rejects.toMatchObject({ cause: inUse });
  expect(existsSync(path)).toBe(true);
});

it('leaves a socket whose listener was not ready at the first knock', async () => {
  const path = join(temporaryFolder(), 's');
  await leaveStaleSocket(path);
  await startServer({ path: `${path}.soon` });
  const knocks: Socket[] = [];
  onConnecting((socket) => {
    if (knocks.push(socket) === 1) socket.once('close', () => renameSync(`${path}.soon`, path));
  });
  await expect(removeStaleSocket({ kind: 'unix', path }, inUse, patient)).rejects.toMatchObject({ cause: inUse });
  expect(knocks).toHaveLength(2);
  expect(existsSync(path)).toBe(true);
});

it('ends its pause between the knocks when the signal aborts', async () => {
  const path = join(temporaryFolder(), 's');
  await leaveStaleSocket(path);
  const controller = new AbortController();
  onConnecting((socket) => {
    socket.once('close', () => setImmediate(() => controller.abort('changed my mind')));
  });
  await expect(removeStaleSocket({ kind: 'unix', path }, inUse, controller.signal)).rejects.toBe('changed my mind');
  expect(existsSync(path)).toBe(true);
});
