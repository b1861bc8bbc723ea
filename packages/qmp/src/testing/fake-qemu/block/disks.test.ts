import type { BlockdevOptions } from '../../../schema/types/qemu-11.1.gen.ts';
import { describe, expect, it } from 'vitest';

import { startFake } from '../fake-qemu.test-kit.ts';

const MEBIBYTE = 2 ** 20;

function qcow2(filename: string): BlockdevOptions {
  return { driver: 'qcow2', 'node-name': 'disk', file: { driver: 'file', filename } };
}

describe('the disks of a fake QEMU', () => {
  it('are whatever they are taken for where nobody says what there is', async () => {
    const { vm } = await startFake();
    await vm.execute('blockdev-add', qcow2('/any.qcow2'));
    await vm.execute('blockdev-add', { driver: 'host_device', 'node-name': 'other', filename: '/dev/sda' });
    const [other, disk] = await vm.execute('query-named-block-nodes');
    expect(other).toMatchObject({ drv: 'host_device', file: '/dev/sda' });
    expect(disk).toMatchObject({ file: '/any.qcow2', image: { format: 'qcow2', 'virtual-size': 8192 * MEBIBYTE } });
    await vm.execute('blockdev-del', { 'node-name': 'disk' });
    await expect(
      vm.execute('blockdev-add', {
        driver: 'vmdk',
        'node-name': 'disk',
        file: { driver: 'file', filename: '/any.qcow2' },
      }),
    ).rejects.toThrow('Image is not in vmdk format');
  });

  it('are those that a test has, with the layers below', async () => {
    const { vm } = await startFake({
      disks: {
        '/base.raw': { sizeBytes: 64 * MEBIBYTE },
        '/middle.qcow2': { format: 'qcow2', sizeBytes: 64 * MEBIBYTE, backingFile: '/base.raw' },
        '/top.qcow2': { format: 'qcow2', sizeBytes: 64 * MEBIBYTE, backingFile: '/middle.qcow2' },
      },
    });
    await vm.execute('blockdev-add', qcow2('/top.qcow2'));
    const nodes = await vm.execute('query-named-block-nodes');
    expect(nodes.map(({ drv, file, ro }) => `${drv} ${file} ${ro ? 'ro' : 'rw'}`).sort()).toEqual([
      'file /base.raw ro',
      'file /middle.qcow2 ro',
      'file /top.qcow2 rw',
      'qcow2 /middle.qcow2 ro',
      'qcow2 /top.qcow2 rw',
      'raw /base.raw ro',
    ]);
    expect(nodes.find(({ 'node-name': name }) => name === 'disk')).toMatchObject({ backing_file_depth: 2 });
    await vm.execute('blockdev-del', { 'node-name': 'disk' });
    expect(await vm.execute('query-named-block-nodes')).toEqual([]);
    await expect(vm.execute('blockdev-add', qcow2('/other.qcow2'))).rejects.toThrow('No such file or directory');
  });

  it('fail when a test wants it, until they are there again', async () => {
    const { qemu, vm } = await startFake();
    qemu.disks.fail('/disk', 'Permission denied');
    await expect(vm.execute('blockdev-add', qcow2('/disk'))).rejects.toThrow(
      "Could not open '/disk': Permission denied",
    );
    const snapshot = { 'node-name': 'disk', 'snapshot-file': '/disk', 'snapshot-node-name': 'overlay' };
    qemu.disks.add('/other', { format: 'qcow2', sizeBytes: MEBIBYTE });
    await vm.execute('blockdev-add', qcow2('/other'));
    await expect(vm.execute('blockdev-snapshot-sync', snapshot)).rejects.toThrow(
      "Could not create '/disk': Permission denied",
    );
    qemu.disks.add('/disk', { sizeBytes: MEBIBYTE });
    await vm.execute('blockdev-snapshot-sync', { ...snapshot, mode: 'existing', format: 'raw' }).catch(() => undefined);
    await vm.execute('blockdev-del', { 'node-name': 'disk' });
    await vm.execute('blockdev-add', { driver: 'file', 'node-name': 'disk', filename: '/disk' });
  });

  it('are opened behind filters, and by what they are called elsewhere', async () => {
    const { vm } = await startFake();
    await vm.execute('blockdev-add', {
      driver: 'throttle',
      'node-name': 'limited',
      'throttle-group': 'group',
      file: { driver: 'null-co', 'node-name': 'bottom', size: MEBIBYTE, 'read-zeroes': true },
    });
    await vm.execute('blockdev-add', {
      driver: 'nbd',
      'node-name': 'remote',
      server: { type: 'inet', host: 'example.com', port: '10809' },
      export: 'disk',
    });
    const nodes = await vm.execute('query-named-block-nodes');
    expect(nodes.map(({ 'node-name': name, file }) => [name, file])).toEqual([
      [
        'remote',
        'json:{"driver": "nbd", "export": "disk", "server": {"host": "example.com", "port": "10809", "type": "inet"}}',
      ],
      ['limited', 'json:{"driver": "null-co", "read-zeroes": true, "size": 1048576}'],
      ['bottom', 'json:{"driver": "null-co", "read-zeroes": true, "size": 1048576}'],
    ]);
    await vm.execute('block_resize', { 'node-name': 'limited', size: 2 * MEBIBYTE });
    expect((await vm.execute('query-named-block-nodes'))[2]?.image['virtual-size']).toBe(2 * MEBIBYTE);
  });

  it('get their nodes’ layers changed while they are in use', async () => {
    const { vm } = await startFake();
    await vm.execute('blockdev-add', { ...qcow2('/disk'), backing: null } as BlockdevOptions);
    await vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'below' });
    const below = async (): Promise<unknown> =>
      (await vm.execute('query-named-block-nodes')).find(({ 'node-name': name }) => name === 'disk')
        ?.backing_file_depth;
    await vm.execute('blockdev-reopen', { options: [{ ...qcow2('/disk'), backing: 'below' } as BlockdevOptions] });
    expect(await below()).toBe(1);
    await vm.execute('blockdev-reopen', { options: [{ ...qcow2('/disk'), backing: null } as BlockdevOptions] });
    expect(await below()).toBe(0);
    await vm.execute('change-backing-file', {
      device: 'disk',
      'image-node-name': 'disk',
      'backing-file': '/elsewhere',
    });
    await vm.execute('blockdev-set-active', { 'node-name': 'disk', active: true });
    await vm.execute('blockdev-set-active', { active: true });
  });

  it('are made from a file that is described in place, but not in what is no file', async () => {
    const { qemu, vm } = await startFake({ clock: 'automatic' });
    await vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'null' });
    await vm.execute('blockdev-add', { driver: 'raw', 'node-name': 'raw', file: 'null' });
    for (const file of [{ driver: 'file', filename: '/new' } as const, 'raw']) {
      const concluded = vm.events.next('JOB_STATUS_CHANGE', { where: ({ data }) => data.status === 'concluded' });
      await vm.execute('blockdev-create', { 'job-id': 'job', options: { driver: 'qed', file, size: MEBIBYTE } });
      await concluded;
      const [job] = await vm.execute('query-jobs');
      expect(job?.error).toBe(file === 'raw' ? "Node 'raw' cannot hold an image in qed format" : undefined);
      await vm.execute('job-dismiss', { id: 'job' });
    }
    await expect(vm.execute('blockdev-add', { driver: 'qed', 'node-name': 'disk', file: 'raw' })).rejects.toThrow(
      'Image is not in qed format',
    );
    await vm.execute('blockdev-add', {
      driver: 'qed',
      'node-name': 'disk',
      file: { driver: 'file', filename: '/new' },
    });
    expect(qemu.status).toBe('running');
  });
});
