import { readdirSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import type { Duplex } from 'node:stream';
import { childTransport, socketTransport } from '@qmp/node';
import { ConnectError, type QmpClient } from 'qmp';
import { expect, it } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { portOf } from './port-of.ts';
import { connect, makeClient, startQemu, startStorageDaemon } from './qemu-process.ts';
import { recordingLogger } from './recording-logger.ts';
import { temporaryFolder } from './test-process.ts';

/** The session works: the greeting is there, a command has its reply, and it ends cleanly. */
async function expectSession(client: QmpClient, major: number): Promise<void> {
  expect(client.runstate).toBe('running');
  expect(client.greeting?.QMP.version.qemu.major).toBe(major);
  await expect(client.execute('query-version')).resolves.toMatchObject({ qemu: { major } });
  await client.disconnect();
  expect(client.runstate).toBe('idle');
  await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
}

describeVersions('qemu', (version) => {
  const { major } = version;

  it('is reached at a UNIX socket', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    expect(client.peer).toBe(qemu.address);
    expect(client.capabilities).toEqual(['oob']);
    await expectSession(client, major);
  });

  it('is reached at an abstract UNIX socket', async ({ skip }) => {
    skip(process.platform !== 'linux', 'abstract UNIX sockets exist on Linux only');
    const name = basename(temporaryFolder());
    // libuv before 1.48 fills the name up with NULs, which is what QEMU calls not tight.
    const [uvMajor = 0, uvMinor = 0] = process.versions.uv.split('.').map(Number);
    const tight = uvMajor > 1 || uvMinor >= 48 ? 'on' : 'off';
    const chardev = `socket,id=monitor,path=${name},abstract=on,tight=${tight},server=on,wait=off`;
    const qemu = startQemu(version, ['-chardev', chardev, '-mon', 'chardev=monitor,mode=control']);
    const client = await connect(qemu, {}, `unix:@${name}`);
    expect(client.peer).toBe(`unix:@${name}`);
    await expectSession(client, major);
  });

  it.for([
    ['IPv4', '127.0.0.1', '127.0.0.1'],
    ['IPv6', '::1', '[::1]'],
  ])('is reached at TCP over %s', async ([kind, host, spelling], { skip }) => {
    const interfaces = Object.values(networkInterfaces()).flat();
    skip(!interfaces.some((one) => one?.address === host), `this machine has no ${kind}`);
    const chardev = `socket,id=tcp,host=${host},port=0,server=on,wait=off`;
    const qemu = startQemu(version, ['-chardev', chardev, '-mon', 'chardev=tcp,mode=control']);
    const port = await portOf(await connect(qemu), 'tcp');
    const client = await connect(qemu, {}, `${spelling}:${port}`);
    expect(client.peer).toBe(`tcp:${spelling}:${port}`);
    await expectSession(client, major);
  });

  it('is reached through its stdin and stdout', async () => {
    const qemu = startQemu(version, ['-qmp', 'stdio'], { stdio: 'pipe' });
    const client = await connect(qemu, {}, childTransport(qemu.process.child));
    await expectSession(client, major);
  });

  it('is reached through a socket that somebody else has connected', async () => {
    const qemu = startQemu(version);
    const first = await connect(qemu);
    await first.disconnect();
    const socket = connectSocket(join(qemu.folder, 'qmp'));
    await once(socket, 'connect');
    await expectSession(await connect(qemu, {}, socketTransport(socket)), major);
  });

  it('is reached through a socket that it has inherited', async () => {
    const monitor = ['-chardev', 'socket,id=inherited,fd=3', '-mon', 'chardev=inherited,mode=control'];
    const qemu = startQemu(version, monitor, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    const socket = qemu.process.child.stdio[3] as Duplex;
    await expectSession(await connect(qemu, {}, socketTransport(socket)), major);
  });

  it('may print its messages prettily, over many lines', async () => {
    const path = join(temporaryFolder(), 'pretty');
    const qemu = startQemu(version, ['-qmp-pretty', `unix:${path},server=on,wait=off`, '-name', 'tést "{}" \\']);
    const client = await connect(qemu, {}, path);
    await expect(client.execute('query-name')).resolves.toEqual({ name: 'tést "{}" \\' });
    await expect(client.execute('query-qmp-schema')).resolves.toSatisfy(
      (schema: readonly unknown[]) => schema.length > 800,
    );
    await expectSession(client, major);
  });

  it('may start after the client has begun to dial', async () => {
    const folder = temporaryFolder();
    const address = join(folder, 'qmp');
    const { logger, text } = recordingLogger();
    const client = makeClient({ logger });
    const connecting = client.connect(address, { retry: true });
    await expect.poll(text).toContain('dialing again');
    startQemu(version, [], { folder });
    await connecting;
    await expectSession(client, major);
  });

  it('is waited for no longer than the timeout, which says what was waited for', async () => {
    const address = join(temporaryFolder(), 'qmp');
    const failure = makeClient().connect(address, { retry: true, timeoutMs: 100 });
    await expect(failure).rejects.toThrow(ConnectError);
    await expect(failure).rejects.toMatchObject({
      phase: 'connection',
      cause: { name: 'TimeoutError', message: expect.stringContaining(`no such socket file: ${address}`) as string },
    });
  });

  it('is reached 50 times in a row at the first possible moment', { timeout: 60_000 }, async () => {
    for (let count = 0; count < 50; count += 1) {
      const qemu = startQemu(version);
      const client = await connect(qemu);
      expect(client.runstate).toBe('running');
      await client.disconnect();
      qemu.process.signal('SIGKILL');
    }
  });

  it('is reached again by the same client, after a disconnect, after an abort and after a loss', async () => {
    const first = startQemu(version, ['-name', 'first']);
    const client = await connect(first);
    await client.disconnect();
    await client.connect(first.address);
    await expect(client.execute('query-name')).resolves.toEqual({ name: 'first' });

    const interrupted = client.execute('query-name');
    const reason = new Error('enough');
    client.abort(reason);
    await expect(interrupted).rejects.toMatchObject({ name: 'ExecInterruptedError', cause: reason });
    await expect(client.closed).resolves.toEqual({ kind: 'aborted', reason });
    await client.connect(first.address);
    await expect(client.execute('query-name')).resolves.toEqual({ name: 'first' });

    first.process.signal('SIGKILL');
    await expect(client.closed).resolves.toMatchObject({ kind: 'lost' });
    await expect(client.disconnect()).rejects.toMatchObject({ name: 'EndOfStreamError' });

    const second = startQemu(version, ['-name', 'second']);
    await client.connect(second.address, { retry: true });
    await expect(client.execute('query-name')).resolves.toEqual({ name: 'second' });
    await expectSession(client, major);
  });

  it('is left 100 times without a socket or a file descriptor staying behind', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    await client.disconnect();
    const openBefore = openResources();
    for (let count = 0; count < 100; count += 1) {
      await client.connect(qemu.address);
      await client.execute('query-name');
      await client.disconnect();
    }
    expect(openResources()).toEqual(openBefore);
  });
});

function openResources(): object {
  return {
    descriptors: readdirSync('/dev/fd').length,
    sockets: process.getActiveResourcesInfo().filter((kind) => kind.endsWith('Wrap')),
  };
}

describeVersions('storageDaemon', (version) => {
  it('is reached at a UNIX socket', async () => {
    const client = await connect(startStorageDaemon(version));
    expect(client.capabilities).toEqual(['oob']);
    await expectSession(client, version.major);
  });
});
