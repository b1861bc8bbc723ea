import { expect, it } from 'vitest';
import type { QmpClient } from 'qmp';
import { describeVersions } from './describe-versions.ts';
import { portOf } from './port-of.ts';
import { connect, type Listening, makeClient, startQemu } from './qemu-process.ts';
import type { TestedVersion } from './describe-versions.ts';

/**
 * A monitor of QEMU behind a WebSocket of its own. It takes requests only when the main loop happens to wake up, so a
 * second monitor is kept busy. Two threads of QEMU get in each other's way then: with much to read it dies.
 */
async function startPokedQemu(version: TestedVersion<'qemu'>): Promise<{
  readonly qemu: Listening;
  readonly url: string;
  readonly poker: QmpClient;
}> {
  const chardev = 'socket,id=ws,host=127.0.0.1,port=0,server=on,wait=off,websocket=on';
  const qemu = startQemu(version, ['-chardev', chardev, '-mon', 'chardev=ws,mode=control', '-name', 'poked']);
  const poker = await connect(qemu);
  const url = `ws://127.0.0.1:${await portOf(poker, 'ws')}/`;
  return { qemu, url, poker };
}

/** Asks one thing after the other for as long as there is somebody to ask. */
async function poke(client: QmpClient): Promise<void> {
  while (client.runstate === 'running') await client.execute('query-version');
}

describeVersions('qemu', (version) => {
  it('speaks at a WebSocket of its own for as long as another monitor keeps it awake', async () => {
    const { qemu, url, poker } = await startPokedQemu(version);
    const poking = poke(poker).catch(() => undefined);
    const client = await connect(qemu, {}, url);
    await expect(client.execute('query-name')).resolves.toEqual({ name: 'poked' });
    qemu.process.signal('SIGKILL');
    await poking;
    await expect(client.closed).resolves.toMatchObject({
      kind: 'lost',
      error: { name: 'ConnectionLostError', cause: { name: 'WebSocketCloseError', code: 1006 } },
    });
  });

  it('serves its WebSocket at "/" only', async () => {
    const { url } = await startPokedQemu(version);
    const failure = makeClient().connect(`${url}path`);
    await expect(failure).rejects.toThrow('has no WebSocket at this path (QEMU has one at "/" only)');
    await expect(failure).rejects.toMatchObject({ phase: 'connection', cause: { code: 'HTTP_404' } });
  });
});
