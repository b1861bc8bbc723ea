import { expect, it } from 'vitest';

import { startFake } from '../fake-qemu.test-kit.ts';

it('the tree of objects leads to all that users have made, and to the processors', async () => {
  const { vm } = await startFake({ cpus: 2, devices: [{ driver: 'virtio-balloon-pci', id: 'balloon' }] });
  await vm.execute('chardev-add', { id: 'log', backend: { type: 'file', data: { out: '/log' } } });
  const list = async (path: string): Promise<string[]> =>
    (await vm.execute('qom-list', { path })).map(({ name, type }) => `${name} ${type}`);
  expect(await list('/')).toContain('machine child<pc-i440fx-11.1-machine>');
  expect(await list('/machine/')).toContain('peripheral child<container>');
  expect(await list('/chardevs')).toEqual([
    'type string',
    'compat_monitor0 child<chardev-socket>',
    'log child<chardev-file>',
  ]);
  expect(await list('/machine/peripheral/balloon')).toEqual(['type string', 'realized bool']);
  const polling = { path: '/machine/peripheral/balloon', property: 'guest-stats-polling-interval' };
  await expect(vm.execute('qom-get', polling)).rejects.toThrow(
    "Property 'virtio-balloon-pci.guest-stats-polling-interval' not found",
  );
  await vm.execute('qom-set', { ...polling, value: 2 });
  expect(await vm.execute('qom-get', polling)).toBe(2);
  expect(await list('balloon')).toContain('guest-stats-polling-interval int');
  for (const { 'qom-path': path } of await vm.execute('query-cpus-fast')) {
    expect(await vm.execute('qom-get', { path, property: 'type' })).toBe('qemu64-x86_64-cpu');
  }
});
