import { describe, expect, it } from 'vitest';

import type { BlockdevOptions } from '../../../schema/types/qemu-11.1.gen.ts';
import type { QmpClient } from '../../../client/qmp-client.ts';
import { delivered, eventsOf, startFake } from '../fake-qemu.test-kit.ts';

const MEBIBYTE = 2 ** 20;
const LAYER = { format: 'qcow2', sizeBytes: 64 * MEBIBYTE, dataBytes: 8 * MEBIBYTE };
const DISKS = {
  '/base': LAYER,
  '/middle': { ...LAYER, backingFile: '/base' },
  '/top': { ...LAYER, backingFile: '/middle' },
  '/copy': { sizeBytes: 64 * MEBIBYTE },
};

function layer(name: string, backing: string | null): BlockdevOptions {
  return { driver: 'qcow2', 'node-name': name, file: { driver: 'file', filename: `/${name}` }, backing };
}

/** A disk of three layers that a guest has, and another disk. */
const LAYERED = {
  disks: DISKS,
  blockdevs: [
    layer('base', null),
    layer('middle', 'base'),
    layer('top', 'middle'),
    { driver: 'raw', 'node-name': 'copy', file: { driver: 'file', filename: '/copy' } },
  ],
  devices: [{ driver: 'virtio-blk-pci', id: 'disk', drive: 'top' }],
} as const;

async function inserted(vm: QmpClient): Promise<unknown> {
  const [drive] = await vm.execute('query-block', { flat: false });
  return [drive?.inserted?.['node-name'], drive?.inserted?.backing_file_depth];
}

describe('the layers of a disk', () => {
  it('are streamed down to a base, which stays', async () => {
    const { qemu, vm } = await startFake(LAYERED);
    expect(await inserted(vm)).toEqual(['top', 2]);
    await vm.execute('block-stream', { 'job-id': 'job', device: 'top', 'base-node': 'base' });
    await qemu.clock.runUntilIdle();
    expect(await inserted(vm)).toEqual(['top', 1]);
    await vm.execute('block-stream', { 'job-id': 'job', device: 'top', base: '/base' });
    await qemu.clock.runUntilIdle();
    await vm.execute('block-stream', { 'job-id': 'job', device: 'top', 'on-error': 'ignore' });
    await qemu.clock.runUntilIdle();
    expect(await inserted(vm)).toEqual(['top', 0]);
  });

  it('are committed into the base, which the guest goes on with', async () => {
    const { qemu, vm } = await startFake(LAYERED);
    await vm.execute('block-commit', { 'job-id': 'job', device: 'top' });
    await qemu.clock.runUntilIdle();
    expect(await vm.execute('query-block-jobs')).toMatchObject([{ type: 'commit', len: 16 * MEBIBYTE, ready: true }]);
    await vm.execute('job-complete', { id: 'job' });
    await delivered(vm);
    await qemu.clock.runUntilIdle();
    expect(await inserted(vm)).toEqual(['base', 0]);
  });

  it('stay as they are when a commit is let go that was ready', async () => {
    const { qemu, vm } = await startFake(LAYERED);
    await vm.execute('block-commit', { 'job-id': 'job', device: 'top' });
    await qemu.clock.runUntilIdle();
    await vm.execute('block-job-cancel', { device: 'job' });
    await qemu.clock.runUntilIdle();
    expect(eventsOf(vm)).toContain('BLOCK_JOB_COMPLETED job');
    expect(await inserted(vm)).toEqual(['top', 2]);
  });

  it('are told apart by the names of their files, too', async () => {
    const { qemu, vm } = await startFake(LAYERED);
    const files = { top: '/middle', base: '/base' };
    await vm.execute('block-commit', { 'job-id': 'job', device: 'top', ...files });
    await qemu.clock.runUntilIdle();
    expect(await inserted(vm)).toEqual(['top', 1]);
    await expect(vm.execute('block-commit', { 'job-id': 'job', device: 'top', 'base-node': 'copy' })).rejects.toThrow(
      "Node 'copy' is not a backing image of 'top'",
    );
  });

  it('are mirrored as a whole, the top alone, or from now on only', async () => {
    for (const [sync, length] of [
      ['full', 24],
      ['top', 8],
      ['none', 0],
    ] as const) {
      const { vm } = await startFake(LAYERED);
      await vm.execute('blockdev-mirror', { 'job-id': 'job', device: 'top', target: 'copy', sync });
      expect(await vm.execute('query-block-jobs')).toMatchObject([{ len: length * MEBIBYTE }]);
    }
  });

  it('are backed up as a whole, or the top alone', async () => {
    for (const [sync, length] of [
      ['full', 64],
      ['top', 8],
    ] as const) {
      const { vm } = await startFake(LAYERED);
      await vm.execute('blockdev-backup', { 'job-id': 'job', device: 'top', target: 'copy', sync });
      expect(await vm.execute('query-block-jobs')).toMatchObject([{ len: length * MEBIBYTE }]);
    }
  });

  it('get one more, below whatever uses them', async () => {
    const { vm } = await startFake({
      disks: { ...DISKS, '/new': { ...LAYER } },
      blockdevs: [layer('base', null), { driver: 'raw', 'node-name': 'user', file: 'base' }, layer('new', null)],
    });
    await vm.execute('blockdev-snapshot', { node: 'base', overlay: 'new' });
    const nodes = await vm.execute('query-named-block-nodes', { flat: true });
    expect(nodes.find(({ 'node-name': name }) => name === 'user')?.children).toEqual([
      { child: 'file', 'node-name': 'new' },
    ]);
    await expect(vm.execute('blockdev-snapshot', { node: 'new', overlay: 'new' })).rejects.toThrow(
      'The overlay already has a backing image',
    );
  });

  it('are no circle', async () => {
    const { vm } = await startFake({ disks: DISKS, blockdevs: [layer('base', null)] });
    await expect(vm.execute('blockdev-snapshot', { node: 'base', overlay: 'base' })).rejects.toThrow(
      "Making 'base' a backing child of 'base' would create a cycle",
    );
  });
});

describe('a bitmap', () => {
  it('is kept from others while a backup works by it, and says what is left when that fails', async () => {
    const { qemu, vm } = await startFake(LAYERED);
    const bitmap = { node: 'top', name: 'bitmap' };
    await vm.execute('block-dirty-bitmap-add', { ...bitmap, persistent: true });
    qemu.guest.write('top', MEBIBYTE);
    const backup = { 'job-id': 'job', device: 'top', target: 'copy', bitmap: 'bitmap' } as const;
    await vm.execute('blockdev-backup', { ...backup, sync: 'incremental' });
    await expect(vm.execute('block-dirty-bitmap-remove', bitmap)).rejects.toThrow(
      "Bitmap 'bitmap' is currently in use by another operation and cannot be used",
    );
    const dirty = async (): Promise<unknown> => {
      const nodes = await vm.execute('query-named-block-nodes', { flat: true });
      return nodes.find(({ 'node-name': name }) => name === 'top')?.['dirty-bitmaps']?.[0]?.count;
    };
    await vm.execute('job-cancel', { id: 'job' });
    expect(await dirty()).toBe(MEBIBYTE);
    await vm.execute('blockdev-backup', { ...backup, sync: 'bitmap', 'bitmap-mode': 'always' });
    await vm.execute('job-cancel', { id: 'job' });
    expect(await dirty()).toBe(0);
  });

  it('can be merged into one of another disk', async () => {
    const { qemu, vm } = await startFake(LAYERED);
    await vm.execute('block-dirty-bitmap-add', { node: 'top', name: 'from' });
    await vm.execute('block-dirty-bitmap-add', { node: 'copy', name: 'into' });
    qemu.guest.write('top', MEBIBYTE);
    const bitmaps = [{ node: 'top', name: 'from' }];
    await vm.execute('block-dirty-bitmap-merge', { node: 'copy', target: 'into', bitmaps });
    const nodes = await vm.execute('query-named-block-nodes', { flat: true });
    expect(nodes.find(({ 'node-name': name }) => name === 'copy')?.['dirty-bitmaps']?.[0]?.count).toBe(MEBIBYTE);
  });
});
