import { expect, it } from 'vitest';

import { QmpClient } from '../../client/qmp-client.ts';
import { FakeQemu } from './fake-qemu.ts';

it('a client finds a QEMU in it', async () => {
  await using qemu = await FakeQemu.start();
  const vm = await QmpClient.connect(qemu.transport());
  expect(await vm.execute('query-status')).toEqual({ status: 'running', running: true });
  const stopped = vm.events.next('STOP');
  await vm.execute('stop');
  await stopped;
  expect(qemu.status).toBe('paused');
  await vm.execute('quit');
  expect(await vm.closed).toEqual({ kind: 'disconnected' });
  expect(await qemu.ended).toBe('host-qmp-quit');
});
