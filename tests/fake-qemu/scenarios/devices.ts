import type { JsonObject } from '@qmp/protocol/codecs';
import type { Scenario } from '../scenario.ts';
import { addNullDisks } from './disks.ts';

const NETWORK_CARD = { driver: 'virtio-net-pci', id: 'net', addr: '4' };

/** Devices that are plugged in and out. */
export const DEVICES: readonly Scenario[] = [
  {
    name: 'plugs a device in, and out when the guest lets it go',
    async play({ execute, guest, event }) {
      await execute('device_add', NETWORK_CARD);
      await execute('qom-list', { path: '/machine/peripheral' });
      await execute('qom-get', { path: '/machine/peripheral/net', property: 'type' });
      await execute('device_del', { id: 'net' });
      await execute('device_del', { id: 'net' });
      await guest.releases({ id: 'net', slot: 4 });
      await event('DEVICE_DELETED', { device: 'net' });
      await execute('qom-list', { path: '/machine/peripheral' });
      await execute('device_del', { id: 'net' });
    },
  },
  {
    name: 'plugs a device out that is no virtio device, by its path',
    async play({ execute, guest, event }) {
      await execute('device_add', { driver: 'e1000', id: 'net', addr: '4' });
      await execute('device_del', { id: '/machine/peripheral/net' });
      await guest.releases({ id: 'net', slot: 4 });
      await event('DEVICE_DELETED', { device: 'net' });
      await execute('device_del', { id: '/machine/peripheral/net' });
    },
  },
  {
    name: 'takes a device out at the next reset where the guest does not let it go',
    async play({ execute, event }) {
      await execute('device_add', NETWORK_CARD);
      await execute('device_del', { id: 'net' });
      await execute('query-status');
      await execute('system_reset');
      await event('DEVICE_DELETED', { device: 'net' });
      await execute('qom-list', { path: '/machine/peripheral' });
    },
  },
  {
    name: 'refuses devices that cannot be plugged in',
    async play({ execute }) {
      await execute('device_add', NETWORK_CARD);
      const wrong: JsonObject[] = [
        { driver: 'what' },
        { driver: 'virtio-net-pci', id: 'net' },
        { driver: 'virtio-net-pci', id: '1' },
        { driver: 'virtio-net-pci', id: '' },
        { driver: 'virtio-net-pci', id: 'other', bus: 'nothing' },
        { driver: 'virtio-net-pci', id: 'other', addr: 'x' },
        { driver: 'virtio-net-pci', id: 'other', addr: '0x20' },
        { driver: 'virtio-net-pci', id: 'other', addr: '0x4' },
        { driver: 'virtio-net-pci', id: 'other', netdev: 'nothing' },
        { driver: 'virtio-blk-pci', id: 'other' },
        { driver: 'virtio-blk-pci', id: 'other', drive: 'nothing' },
        { driver: 'virtserialport', id: 'other' },
        { driver: 'scsi-hd', id: 'other' },
        { driver: 'usb-tablet', id: 'other' },
        { driver: 'isa-serial', id: 'other' },
        { driver: 'ide-hd', id: 'other' },
        { driver: 'floppy', id: 'other' },
        { driver: 'VGA', id: 'other' },
        { driver: 'pc-dimm', id: 'other' },
        {},
      ];
      for (const args of wrong) await execute('device_add', args);
      await execute('device_del', { id: 'nothing' });
      await execute('device_del', { id: '/nothing' });
      await execute('device_del');
      await execute('qom-list', { path: '/machine/peripheral' });
    },
  },
  {
    name: 'plugs devices in and out that the guest is not asked about',
    async play({ execute, event }) {
      await execute('device_add', { driver: 'qemu-xhci', id: 'usb' });
      await execute('device_add', { driver: 'usb-tablet', id: 'tablet', bus: 'usb.0' });
      await execute('device_add', { driver: 'e1000', id: 'other', bus: 'usb.0' });
      await execute('device_del', { id: 'tablet' });
      await event('DEVICE_DELETED', { device: 'tablet' });
      await execute('device_add', { driver: 'virtio-serial-pci', id: 'serial' });
      await execute('device_add', { driver: 'virtserialport', id: 'port', chardev: 'nothing' });
      await execute('device_add', { driver: 'virtserialport', id: 'port', name: 'org.example' });
      await execute('device_del', { id: 'port' });
      await event('DEVICE_DELETED', { device: 'port' });
    },
  },
  {
    name: 'plugs out what is plugged into a device with it',
    async play(stage) {
      await addNullDisks(stage, 'disk');
      await stage.execute('device_add', { driver: 'virtio-scsi-pci', id: 'scsi', addr: '4' });
      await stage.execute('device_add', { driver: 'scsi-hd', id: 'first', drive: 'disk' });
      await stage.execute('query-block', { flat: true });
      await stage.execute('device_del', { id: 'scsi' });
      await stage.guest.releases({ id: 'scsi', slot: 4 });
      await stage.event('DEVICE_DELETED', { device: 'scsi' });
      await stage.execute('query-block');
      await stage.execute('blockdev-del', { 'node-name': 'disk' });
    },
  },
];
