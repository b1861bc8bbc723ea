import { childTransport } from '@qmp/node';
import type { QmpClient } from 'qmp';
import { expect, it } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { connect, startQemu, startStorageDaemon } from './qemu-process.ts';
import { portOf } from './port-of.ts';

/** After its `quit` has settled, a client is back at its beginning, and nothing was lost. */
async function expectCleanEnd(client: QmpClient): Promise<void> {
  await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  await expect(client.disconnect()).resolves.toBeUndefined();
  expect(client.runstate).toBe('idle');
}

describeVersions('qemu', (version) => {
  it('that is told to quit ends cleanly, 20 times in a row', async () => {
    for (let count = 0; count < 20; count += 1) {
      const qemu = startQemu(version);
      const client = await connect(qemu);
      const shutdown = client.events.next('SHUTDOWN');
      await expect(client.execute('quit')).resolves.toEqual({});
      await expectCleanEnd(client);
      await expect(shutdown).resolves.toMatchObject({ data: { guest: false, reason: 'host-qmp-quit' } });
      await qemu.process.ended();
    }
  });

  it('that is told to quit over TCP ends cleanly, 20 times in a row', async () => {
    for (let count = 0; count < 20; count += 1) {
      const chardev = 'socket,id=tcp,host=127.0.0.1,port=0,server=on,wait=off';
      const qemu = startQemu(version, ['-chardev', chardev, '-mon', 'chardev=tcp,mode=control']);
      const client = await connect(qemu, {}, `127.0.0.1:${await portOf(await connect(qemu), 'tcp')}`);
      await expect(client.execute('quit')).resolves.toEqual({});
      await expectCleanEnd(client);
    }
  });

  it.each([true, false])('that is told to quit amid other commands ends cleanly, too (oob: %s)', async (oob) => {
    const client = await connect(startQemu(version), { oob });
    const before = Array.from({ length: 30 }, () => client.execute('query-name'));
    const quit = client.execute('quit');
    const after = Array.from({ length: 30 }, () => client.execute('query-name'));
    await expect(Promise.all(before)).resolves.toHaveLength(30);
    await expect(quit).resolves.toEqual({});
    await expectCleanEnd(client);
    for (const outcome of await Promise.allSettled(after)) {
      if (outcome.status === 'fulfilled') expect(outcome.value).toEqual({});
      else expect(outcome.reason).toMatchObject({ name: 'ExecInterruptedError', cause: { name: 'DisconnectedError' } });
    }
  });

  it('that another client tells to quit is a loss', async () => {
    const qemu = startQemu(version, ['-qmp', 'stdio'], { stdio: 'pipe' });
    const bystander = await connect(qemu);
    const actor = await connect(qemu, {}, childTransport(qemu.process.child));
    await actor.execute('quit');
    await expectCleanEnd(actor);
    await expect(bystander.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
  });
});

describeVersions('storageDaemon', (version) => {
  it('that is told to quit ends cleanly, 20 times in a row', async () => {
    for (let count = 0; count < 20; count += 1) {
      const client = await connect(startStorageDaemon(version));
      await expect(client.execute('quit')).resolves.toEqual({});
      await expectCleanEnd(client);
    }
  });
});
