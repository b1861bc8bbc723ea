import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { makeClient, startQemu } from './qemu-process.ts';
import { temporaryFolder } from './test-process.ts';

describeVersions('qemu', (version) => {
  /** A monitor that connects to `path`; a period of 1 s is the shortest that versions before 10.0 know. */
  const dialing = (path: string): string[] => {
    const period = version.major >= 10 ? 'reconnect-ms=50' : 'reconnect=1';
    const chardev = `socket,id=dialing,path=${path},server=off,${period}`;
    return ['-chardev', chardev, '-mon', 'chardev=dialing,mode=control'];
  };

  it('connects to a client that listens already', async () => {
    const path = join(temporaryFolder(), 'listener');
    const client = makeClient();
    await client.startServer(path);
    expect(client.runstate).toBe('connecting');
    expect(client.listeningAt).toBe(`unix:${path}`);
    startQemu(version, ['-qmp', `unix:${path},server=off`, '-name', 'dialing']);
    await client.accept();
    await expect(client.execute('query-name')).resolves.toEqual({ name: 'dialing' });
    await client.disconnect();
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  });

  it('connects over TCP to a port that the system has chosen', async () => {
    const client = makeClient();
    await client.startServer('127.0.0.1:0');
    const address = client.listeningAt ?? '';
    expect(address).toMatch(/^tcp:127\.0\.0\.1:[1-9]\d*$/);
    startQemu(version, ['-qmp', `${address},server=off`, '-name', 'dialing']);
    await client.accept();
    await expect(client.execute('query-name')).resolves.toEqual({ name: 'dialing' });
  });

  it('connects to a client that listens later, and again whenever it listens again', async () => {
    const path = join(temporaryFolder(), 'listener');
    const { process } = startQemu(version, [...dialing(path), '-name', 'dialing']);
    await expect.poll(() => process.complaints).toContain('Unable to connect character device');
    const client = makeClient();
    for (let session = 0; session < 3; session += 1) {
      await client.startServerAndAccept(path);
      expect(client.greeting?.QMP.version.qemu.major).toBe(version.major);
      await expect(client.execute('query-name')).resolves.toEqual({ name: 'dialing' });
      await client.disconnect();
    }
  });

  it('is the only one who gets in: a second QEMU finds nobody, and no socket file', async () => {
    const path = join(temporaryFolder(), 'listener');
    const client = makeClient();
    const accepted = client.startServerAndAccept(path);
    await expect.poll(() => client.listeningAt).toBeDefined();
    expect(existsSync(path)).toBe(true);
    startQemu(version, ['-qmp', `unix:${path},server=off`]);
    await accepted;
    expect(existsSync(path)).toBe(false);

    const second = startQemu(version, ['-qmp', `unix:${path},server=off`]);
    await second.process.ended();
    expect(second.process.complaints).toMatch(/Failed to connect to .*No such file or directory/);
    await expect(client.execute('query-name')).resolves.toEqual({});
  });

  it('is the only one who gets in over TCP, too: a second QEMU is refused', async () => {
    const client = makeClient();
    await client.startServer('127.0.0.1:0');
    const address = client.listeningAt ?? '';
    startQemu(version, ['-qmp', `${address},server=off`]);
    await client.accept();

    const second = startQemu(version, ['-qmp', `${address},server=off`]);
    await second.process.ended();
    expect(second.process.complaints).toContain('Connection refused');
    await expect(client.execute('query-name')).resolves.toEqual({});
  });

  it('that never comes is waited for until the timeout, and the socket file goes away', async () => {
    const path = join(temporaryFolder(), 'listener');
    const client = makeClient();
    await expect(client.startServerAndAccept(path, { timeoutMs: 100 })).rejects.toMatchObject({
      name: 'ConnectError',
      cause: { name: 'TimeoutError', message: expect.stringContaining(`waiting for a peer`) as string },
    });
    expect(client.runstate).toBe('idle');
    expect(existsSync(path)).toBe(false);
  });
});
