import type { JsonObject } from '@qmp/protocol/codecs';
import type { Scenario } from '../scenario.ts';
import { addNullDisks, addQcow2, runJob, SIZE } from './disks.ts';

/** Disks and drives of the guest. */
export const MEDIA: readonly Scenario[] = [
  {
    name: 'lets a disk go with its device',
    async play(stage) {
      await addNullDisks(stage, 'disk');
      await stage.execute('device_add', { driver: 'virtio-blk-pci', id: 'first', drive: 'disk', addr: '4' });
      await stage.execute('query-block');
      await stage.execute('blockdev-del', { 'node-name': 'disk' });
      await stage.execute('device_del', { id: 'first' });
      await stage.guest.releases({ id: 'first', slot: 4 });
      await stage.event('DEVICE_DELETED', { device: 'first' });
      await stage.execute('blockdev-del', { 'node-name': 'disk' });
    },
  },
  {
    name: 'changes the medium of a drive',
    async play(stage) {
      const filename = stage.path('cd.iso');
      await runJob(stage, 'create', 'blockdev-create', { options: { driver: 'file', filename, size: SIZE } });
      await addNullDisks(stage, 'disk', 'other');
      await stage.execute('device_add', { driver: 'virtio-scsi-pci', id: 'scsi' });
      await stage.execute('device_add', { driver: 'scsi-cd', id: 'cd' });
      const drive = { id: 'cd' };
      const steps: readonly (readonly [command: string, args: JsonObject])[] = [
        ['query-block', {}],
        ['blockdev-insert-medium', { ...drive, 'node-name': 'disk' }],
        ['blockdev-open-tray', drive],
        ['blockdev-open-tray', drive],
        ['query-block', {}],
        ['blockdev-remove-medium', drive],
        ['blockdev-insert-medium', { ...drive, 'node-name': 'nothing' }],
        ['blockdev-insert-medium', { ...drive, 'node-name': 'disk' }],
        ['blockdev-insert-medium', { ...drive, 'node-name': 'other' }],
        ['blockdev-close-tray', drive],
        ['blockdev-close-tray', drive],
        ['blockdev-remove-medium', drive],
        ['query-block', { flat: true }],
        ['eject', drive],
        ['eject', { ...drive, force: true }],
        ['blockdev-change-medium', { ...drive, filename }],
        ['query-block', { flat: true }],
        ['query-named-block-nodes', { flat: true }],
        ['blockdev-change-medium', { ...drive, filename: stage.path('nothing') }],
        ['blockdev-change-medium', { ...drive, filename, 'read-only-mode': 'read-only' }],
        ['eject', { id: 'nothing' }],
        ['eject', { id: 'scsi' }],
        ['eject', {}],
        ['blockdev-open-tray', { id: 'nothing' }],
        ['blockdev-change-medium', { id: 'nothing', filename }],
      ];
      for (const [command, args] of steps) await stage.execute(command, args);
    },
  },
  {
    name: 'does not open disks that are none of a drive',
    async play(stage) {
      await addNullDisks(stage, 'disk');
      await stage.execute('device_add', { driver: 'virtio-blk-pci', id: 'first', drive: 'disk' });
      const id = '/machine/peripheral/first/virtio-backend';
      await stage.execute('eject', { id });
      await stage.execute('eject', { id: 'first' });
      await stage.execute('blockdev-open-tray', { id });
    },
  },
  {
    name: 'counts what was read and written, which is nothing yet',
    async play(stage) {
      await addNullDisks(stage, 'disk');
      await addQcow2(stage, 'other');
      await stage.execute('device_add', { driver: 'virtio-blk-pci', id: 'first', drive: 'disk' });
      await stage.execute('device_add', { driver: 'virtio-scsi-pci', id: 'scsi' });
      await stage.execute('device_add', { driver: 'scsi-cd', id: 'cd' });
      await stage.execute('query-blockstats');
      await stage.execute('query-blockstats', { 'query-nodes': true });
    },
  },
];
