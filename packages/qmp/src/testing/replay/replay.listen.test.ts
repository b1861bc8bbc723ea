import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

import { QmpClient } from '../../client/qmp-client.ts';
import { exchange, HANDSHAKE, recordingOf } from './recording.test-kit.ts';
import { replay } from './replay.ts';

it('a replay serves real sockets, one session after the other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const sessions = [1, 2].map((n) => recordingOf(...HANDSHAKE, ...exchange(2, 'a', n), { end: 'client' }));
  const recording = replay(sessions);
  const address = await recording.listen(join(folder, 'vm.sock'));
  expect(address).toBe(`unix:${join(folder, 'vm.sock')}`);
  const [first, second] = [new QmpClient(), new QmpClient()];
  await first.connect(address);
  const waiting = second.connect(address);
  expect(await first.executeRaw('a')).toBe(1);
  expect(recording.isOver).toBe(false);
  await first.disconnect();
  await waiting;
  expect(await second.executeRaw('a')).toBe(2);
  await second.disconnect();
  await expect.poll(() => recording.isOver).toBe(true);
  await expect(new QmpClient().connect(address)).rejects.toThrow('Failed to connect');
  await recording.finished();
});

it('a replay that fails listens no longer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const recording = replay(recordingOf(...HANDSHAKE, ...exchange(2, 'a', 1)));
  const address = await recording.listen(join(folder, 'vm.sock'));
  const client = new QmpClient();
  await client.connect(address);
  await expect(client.executeRaw('b')).rejects.toThrow('the command is "b", not "a"');
  await client.closed;
  await expect(recording.finished()).rejects.toThrow('the command is "b", not "a"');
  await expect(new QmpClient().connect(address)).rejects.toThrow('no such socket file');
});

it('a replay says so where it cannot listen', async () => {
  const recording = replay(recordingOf(...HANDSHAKE));
  await expect(recording.listen('vm.sock')).rejects.toMatchObject({ name: 'AddressError' });
  await expect(recording.listen('/nowhere/vm.sock')).rejects.toMatchObject({ name: 'ListenError' });
});
