import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Connector } from '@qmp/protocol';
import { nodeConnector } from '@qmp/node';
import { ConnectError } from 'qmp';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runtime } from '../../packages/node/src/runtime.test-kit.ts';
import { describeVersions } from './describe-versions.ts';
import { connect, makeClient, startQemu } from './qemu-process.ts';
import { recordingLogger } from './recording-logger.ts';
import { temporaryFolder } from './test-process.ts';

/** A connector that remembers how often it was asked to dial. */
function countingConnector(): { readonly connector: Connector; readonly dial: ReturnType<typeof vi.fn> } {
  const dial = vi.fn(nodeConnector.dial);
  return { connector: { ...nodeConnector, dial }, dial };
}

async function openSocket(path: string): Promise<Socket> {
  const socket = connectSocket(path);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

describeVersions('qemu', (version) => {
  it('keeps a second client waiting, who dials once and says at the deadline what may be wrong', async () => {
    const qemu = startQemu(version);
    await connect(qemu);
    const { connector, dial } = countingConnector();
    const second = makeClient({ connector });
    const failure = second.connect(qemu.address, { retry: true, timeoutMs: 400 });
    await expect(failure).rejects.toThrow(ConnectError);
    await expect(failure).rejects.toMatchObject({
      phase: 'session',
      message: expect.stringContaining('another client may hold this monitor') as string,
      cause: { name: 'TimeoutError', timeoutMs: 400 },
    });
    expect(dial).toHaveBeenCalledOnce();
    expect(second.runstate).toBe('idle');
  });

  it('lets the second client in when the first one leaves, however long that takes', async () => {
    const qemu = startQemu(version);
    const first = await connect(qemu);
    const { logger, text } = recordingLogger();
    const { connector, dial } = countingConnector();
    const second = makeClient({ connector, logger });
    const connecting = second.connect(qemu.address);
    // By then it has lost patience and has asked something.
    await expect.poll(text).toMatch(/--> .*query-version/);
    expect(second.runstate).toBe('connecting');

    await first.disconnect();
    await connecting;
    await expect(second.execute('query-name')).resolves.toEqual({});
    expect(dial).toHaveBeenCalledOnce();
    expect(second.droppedReplies).toBe(0);
    await second.disconnect();
    await expect(second.closed).resolves.toEqual({ kind: 'disconnected' });
  });

  it('turns the fourth client away, who gets in by trying again when the others leave', async ({ skip }) => {
    skip(runtime === 'Bun', 'Bun takes a listener whose queue is full for none (EAGAIN becomes ECONNREFUSED)');
    const qemu = startQemu(version);
    const first = await connect(qemu);
    const path = join(qemu.folder, 'qmp');
    const waiting = [await openSocket(path), await openSocket(path)];
    await expect(makeClient().connect(qemu.address)).rejects.toMatchObject({
      name: 'ConnectError',
      phase: 'connection',
      message: expect.stringContaining(`another client holds ${qemu.address} (EAGAIN)`) as string,
      cause: { name: 'DialError', code: 'EAGAIN' },
    });

    const { logger, text } = recordingLogger();
    const fourth = makeClient({ logger });
    const connecting = fourth.connect(qemu.address, { retry: true });
    await expect.poll(text).toContain('dialing again');
    for (const socket of waiting) socket.destroy();
    await first.disconnect();
    await connecting;
    await expect(fourth.execute('query-name')).resolves.toEqual({});
  });

  it('gives each of several monitors to a client of its own', async () => {
    const other = join(temporaryFolder(), 'other');
    const qemu = startQemu(version, ['-qmp', `unix:${other},server=on,wait=off`, '-name', 'shared']);
    const clients = [await connect(qemu), await connect(qemu, {}, other)];
    const stopped = clients.map((client) => client.events.next('STOP'));
    await clients[0]?.execute('stop');
    await Promise.all(stopped);
    for (const client of clients) await expect(client.execute('query-name')).resolves.toEqual({ name: 'shared' });
  });
});
