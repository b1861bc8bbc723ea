import type { JsonObject } from '@qmp/protocol/codecs';
import type { Scenario } from '../scenario.ts';
import { addNullDisks, MEBIBYTE, runJob, SIZE } from './disks.ts';

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
    name: 'adds and removes networks',
    async play({ execute }) {
      const hub = { type: 'hubport', id: 'hub', hubid: 0 };
      await execute('netdev_add', hub);
      await execute('netdev_add', hub);
      await execute('netdev_add', { ...hub, id: '1' });
      await execute('netdev_add', { ...hub, type: 'what' });
      await execute('device_add', { driver: 'virtio-net-pci', id: 'net', netdev: 'hub' });
      await execute('device_add', { driver: 'virtio-net-pci', id: 'other', netdev: 'hub' });
      await execute('set_link', { name: 'net', up: false });
      await execute('set_link', { name: 'nothing', up: false });
      await execute('netdev_del', { id: 'hub' });
      await execute('netdev_del', { id: 'hub' });
    },
  },
  {
    name: 'plugs memory in and out',
    qemu: ['-m', '128,slots=2,maxmem=1G'],
    fake: { memorySlots: 2 },
    async play({ execute, guest, event }) {
      const memory = { 'qom-type': 'memory-backend-ram', id: 'more', size: 128 * MEBIBYTE };
      await execute('device_add', { driver: 'pc-dimm', id: 'dimm' });
      await execute('device_add', { driver: 'pc-dimm', id: 'dimm', memdev: 'more' });
      await execute('object-add', memory);
      await execute('device_add', { driver: 'pc-dimm', id: 'dimm', memdev: 'more' });
      await execute('device_add', { driver: 'pc-dimm', id: 'second', memdev: 'more' });
      await execute('query-memory-devices');
      await execute('query-memory-size-summary');
      await execute('object-del', { id: 'more' });
      await execute('device_del', { id: 'dimm' });
      await guest.releasesMemory('dimm');
      await event('DEVICE_DELETED', { device: 'dimm' });
      await execute('query-memory-devices');
      await execute('query-memory-size-summary');
      await execute('object-del', { id: 'more' });
    },
  },
  {
    name: 'has a guest whose balloon follows',
    async play({ execute, guest, event }) {
      await execute('balloon', { value: 64 * MEBIBYTE });
      await execute('query-balloon');
      await execute('device_add', { driver: 'virtio-balloon-pci', id: 'balloon', addr: '5' });
      await execute('device_add', { driver: 'virtio-balloon-pci', id: 'second' });
      await execute('query-balloon');
      await execute('balloon', { value: 64 * MEBIBYTE });
      await execute('query-balloon');
      await guest.keepsMemory(64 * MEBIBYTE);
      await event('BALLOON_CHANGE');
      await execute('query-balloon');
      await execute('balloon', { value: 0 });
      await execute('balloon', { value: -1 });
      await execute('balloon', { value: 'much' });
    },
  },
  {
    name: 'adds and removes objects',
    async play({ execute }) {
      const wrong: JsonObject[] = [
        { 'qom-type': 'iothread', id: 'thread' },
        { 'qom-type': 'iothread', id: '1' },
        { 'qom-type': 'iothread' },
        { 'qom-type': 'what', id: 'other' },
        { 'qom-type': 'memory-backend-ram', id: 'other' },
        { 'qom-type': 'memory-backend-ram', id: 'other', size: MEBIBYTE, what: 1 },
        { 'qom-type': 'secret', id: 'other' },
      ];
      await execute('object-add', { 'qom-type': 'iothread', id: 'thread' });
      for (const args of wrong) await execute('object-add', args);
      await execute('object-add', { 'qom-type': 'secret', id: 'secret', data: 'x' });
      await execute('object-add', { 'qom-type': 'throttle-group', id: 'limit' });
      await execute('query-iothreads');
      await execute('query-memdev');
      await execute('qom-list', { path: '/objects' });
      await execute('qom-get', { path: '/objects/thread', property: 'type' });
      await execute('qom-get', { path: '/objects/thread', property: 'poll-max-ns' });
      await execute('qom-set', { path: '/objects/thread', property: 'poll-max-ns', value: 5 });
      await execute('qom-get', { path: 'thread', property: 'poll-max-ns' });
      await execute('qom-set', { path: '/objects/thread', property: 'what', value: 5 });
      await execute('qom-get', { path: '/objects/thread', property: 'what' });
      await execute('qom-list', { path: '/nothing' });
      await execute('qom-get', { path: '/nothing', property: 'type' });
      await execute('object-del', { id: 'thread' });
      await execute('object-del', { id: 'thread' });
      await execute('query-iothreads');
    },
  },
  {
    name: 'adds and removes character devices',
    async play({ execute, path }) {
      const socket = { addr: { type: 'unix', data: { path: path('socket') } }, server: true, wait: false };
      const backends: readonly (readonly [id: string, backend: JsonObject])[] = [
        ['null', { type: 'null', data: {} }],
        ['null', { type: 'null', data: {} }],
        ['ring', { type: 'ringbuf', data: { size: 4096 } }],
        ['odd', { type: 'ringbuf', data: { size: 4095 } }],
        ['socket', { type: 'socket', data: socket }],
        ['what', { type: 'what', data: {} }],
      ];
      for (const [id, backend] of backends) await execute('chardev-add', { id, backend });
      await execute('query-chardev');
      await execute('ringbuf-write', { device: 'ring', data: 'hello' });
      await execute('ringbuf-read', { device: 'ring', size: 3 });
      await execute('ringbuf-read', { device: 'ring', size: -1 });
      await execute('ringbuf-write', { device: 'ring', data: 'aGVsbG8=', format: 'base64' });
      await execute('ringbuf-read', { device: 'ring', size: 100, format: 'base64' });
      await execute('ringbuf-read', { device: 'nothing', size: 1 });
      await execute('ringbuf-write', { device: 'null', data: 'x' });
      await execute('chardev-send-break', { id: 'ring' });
      await execute('chardev-send-break', { id: 'nothing' });
      await execute('chardev-remove', { id: 'null' });
      await execute('chardev-remove', { id: 'null' });
      await execute('chardev-remove', { id: 'compat_monitor0' });
      await execute('query-chardev');
    },
  },
];
