import type { JsonObject } from '@qmp/protocol/codecs';
import type { Scenario } from '../scenario.ts';
import { MEBIBYTE } from './disks.ts';

/** What devices are connected to: networks, memory, objects, character devices. */
export const BACKENDS: readonly Scenario[] = [
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
