import type { JsonObject } from '@qmp/protocol/codecs';
import type { Scenario, Stage } from '../scenario.ts';
import { addNullDisks, addQcow2, createQcow2, runJob, SIZE, write } from './disks.ts';

/** The nodes of the block layer, and the layers of disks. */
export const BLOCK_NODES: readonly Scenario[] = [
  {
    name: 'makes a disk, opens it, tells of it, and closes it',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await stage.execute('query-named-block-nodes');
      await stage.execute('query-named-block-nodes', { flat: true });
      await stage.execute('query-block');
      await stage.execute('blockdev-del', { 'node-name': 'disk-file' });
      await stage.execute('blockdev-del', { 'node-name': 'disk' });
      await stage.execute('blockdev-del', { 'node-name': 'disk-file' });
      await stage.execute('query-named-block-nodes');
    },
  },
  {
    name: 'refuses nodes that cannot be opened',
    async play(stage) {
      await addQcow2(stage, 'disk');
      const wrong: JsonObject[] = [
        { driver: 'qcow2', 'node-name': 'disk', file: 'disk-file' },
        { driver: 'qcow2', 'node-name': 'other', file: 'nothing' },
        { driver: 'qcow2', 'node-name': 'other', file: 'disk-file' },
        { driver: 'qcow2', 'node-name': '1', file: 'disk-file' },
        { driver: 'qcow2', file: 'disk-file' },
        { driver: 'what', 'node-name': 'other' },
        { driver: 'file', 'node-name': 'other' },
        { driver: 'file', 'node-name': 'other', filename: stage.path('nothing') },
        { driver: 'file', 'node-name': 'other', filename: stage.path('nothing'), what: 1 },
      ];
      for (const options of wrong) await stage.execute('blockdev-add', options);
      await stage.execute('blockdev-del', { 'node-name': 'nothing' });
      await stage.execute('query-named-block-nodes', { flat: true });
    },
  },
  {
    name: 'takes no file for what it is not',
    async play(stage) {
      const filename = stage.path('raw');
      await runJob(stage, 'create', 'blockdev-create', { options: { driver: 'file', filename, size: SIZE } });
      const file = { driver: 'file', filename };
      await stage.execute('blockdev-add', { driver: 'qcow2', 'node-name': 'disk', file });
      await stage.execute('blockdev-add', {
        driver: 'raw',
        'node-name': 'disk',
        file: { ...file, 'node-name': 'file' },
      });
      await stage.execute('blockdev-del', { 'node-name': 'file' });
      await stage.execute('blockdev-add', { driver: 'raw', 'node-name': 'again', file: 'file', 'read-only': true });
      await stage.execute('query-named-block-nodes', { flat: true });
      await stage.execute('blockdev-del', { 'node-name': 'again' });
      await stage.execute('blockdev-del', { 'node-name': 'disk' });
      await stage.execute('query-named-block-nodes', { flat: true });
    },
  },
  {
    name: 'fails to create what cannot be created',
    async play(stage) {
      const filename = stage.path('no/folder');
      stage.cannotOpen(filename, 'No such file or directory');
      await runJob(stage, 'create', 'blockdev-create', { options: { driver: 'file', filename, size: 0 } });
      await runJob(stage, 'create', 'blockdev-create', { options: { driver: 'qcow2', file: 'nothing', size: SIZE } });
      for (const id of ['1', '', 'a b']) {
        await stage.execute('blockdev-create', { 'job-id': id, options: { driver: 'file', filename, size: 0 } });
      }
      await stage.execute('blockdev-create', { 'job-id': 'create', options: { driver: 'null-co' } });
      await stage.execute('blockdev-create', { 'job-id': 'create', options: { driver: 'file', filename, size: 0 } });
      await stage.execute('blockdev-create', { 'job-id': 'create', options: { driver: 'file', filename, size: 0 } });
    },
  },
  {
    name: 'lets nobody write where another does',
    async play(stage) {
      await addNullDisks(stage, 'disk');
      await stage.execute('device_add', { driver: 'virtio-blk-pci', id: 'first', drive: 'disk' });
      await stage.execute('device_add', { driver: 'virtio-blk-pci', id: 'second', drive: 'disk' });
      await stage.execute('blockdev-del', { 'node-name': 'disk' });
    },
  },
  {
    name: 'resizes a disk',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await stage.execute('block_resize', { 'node-name': 'disk', size: 2 * SIZE });
      await stage.execute('query-named-block-nodes', { flat: true });
      await stage.execute('block_resize', { 'node-name': 'nothing', size: SIZE });
      await stage.execute('block_resize', { device: 'nothing', size: SIZE });
      await stage.execute('block_resize', { size: SIZE });
      await stage.execute('block_resize', { 'node-name': 'disk', size: -1 });
    },
  },
  {
    name: 'reopens a disk, read-only and back',
    async play(stage) {
      await addNullDisks(stage, 'disk');
      const options = { driver: 'null-co', 'node-name': 'disk', size: SIZE };
      await stage.execute('blockdev-reopen', { options: [{ ...options, 'read-only': true }] });
      await stage.execute('query-named-block-nodes');
      await stage.execute('block_resize', { 'node-name': 'disk', size: 512 });
      await stage.execute('blockdev-reopen', { options: [options] });
      await stage.execute('blockdev-reopen', { options: [{ ...options, 'node-name': 'nothing' }] });
      await stage.execute('blockdev-reopen', { options: [{ driver: 'null-co' }] });
      await stage.execute('query-named-block-nodes');
    },
  },
  {
    name: 'puts a layer on top, and commits it',
    async play(stage) {
      await addQcow2(stage, 'base');
      await write(stage, 'base', 4);
      const backing = { 'backing-file': stage.path('base.qcow2'), 'backing-fmt': 'qcow2' };
      await createQcow2(stage, 'top', backing);
      await stage.execute('blockdev-add', { driver: 'qcow2', 'node-name': 'top', file: 'top-file', backing: null });
      await stage.execute('blockdev-snapshot', { node: 'nothing', overlay: 'top' });
      await stage.execute('blockdev-snapshot', { node: 'base', overlay: 'nothing' });
      await stage.execute('blockdev-snapshot', { node: 'base', overlay: 'base-file' });
      await stage.execute('blockdev-snapshot', { node: 'base', overlay: 'top' });
      await stage.execute('blockdev-snapshot', { node: 'base', overlay: 'top' });
      await stage.execute('query-named-block-nodes');
      await stage.execute('blockdev-del', { 'node-name': 'base' });
      await write(stage, 'top', 2);
      await stage.execute('block-commit', { 'job-id': 'commit', device: 'top' });
      await stage.event('BLOCK_JOB_READY');
      await stage.execute('query-block-jobs');
      await stage.execute('query-named-block-nodes');
      await stage.execute('job-complete', { id: 'commit' });
      await stage.event('JOB_STATUS_CHANGE', { status: 'null' });
      await stage.execute('query-named-block-nodes');
    },
  },
  {
    name: 'merges layers in the middle, and streams the rest',
    async play(stage) {
      await addLayers(stage);
      await stage.execute('block-commit', {
        'job-id': 'commit',
        device: 'top',
        'top-node': 'middle',
        'base-node': 'base',
      });
      await stage.event('JOB_STATUS_CHANGE', { id: 'commit', status: 'null' });
      await stage.execute('query-named-block-nodes', { flat: true });
      await stage.execute('block-stream', { 'job-id': 'stream', device: 'top' });
      await stage.event('JOB_STATUS_CHANGE', { id: 'stream', status: 'null' });
      await stage.execute('query-named-block-nodes', { flat: true });
    },
  },
  {
    name: 'refuses to commit and to stream what it cannot',
    async play(stage) {
      await addLayers(stage);
      const wrong: readonly (readonly [command: string, args: JsonObject])[] = [
        ['block-commit', { device: 'nothing' }],
        ['block-commit', { device: 'middle' }],
        ['block-commit', { 'base-node': 'nothing' }],
        ['block-commit', { 'top-node': 'nothing' }],
        ['block-commit', { 'top-node': 'base' }],
        ['block-commit', { 'job-id': undefined }],
        ['block-stream', { device: 'nothing' }],
        ['block-stream', { base: 'nothing' }],
        ['block-stream', { 'base-node': 'nothing' }],
        ['block-stream', { 'job-id': undefined }],
      ];
      for (const [command, args] of wrong) await stage.execute(command, { 'job-id': 'job', device: 'top', ...args });
      await stage.execute('query-jobs');
    },
  },
  {
    name: 'streams slowly, and is cancelled',
    async play(stage) {
      await addLayers(stage, 32);
      await stage.execute('block-stream', { 'job-id': 'stream', device: 'top', speed: 4096 });
      await stage.execute('query-block-jobs');
      await stage.execute('block-job-cancel', { device: 'stream' });
      await stage.event('JOB_STATUS_CHANGE', { id: 'stream', status: 'null' });
    },
  },
  {
    name: 'takes snapshots inside of a disk',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await addNullDisks(stage, 'null');
      await stage.execute('blockdev-snapshot-internal-sync', { device: 'disk', name: 'one' });
      await stage.execute('blockdev-snapshot-internal-sync', { device: 'disk', name: 'one' });
      await stage.execute('blockdev-snapshot-internal-sync', { device: 'null', name: 'one' });
      await stage.execute('blockdev-snapshot-internal-sync', { device: 'nothing', name: 'one' });
      await stage.execute('query-named-block-nodes', { flat: true });
      await stage.execute('blockdev-snapshot-delete-internal-sync', { device: 'disk', name: 'one' });
      await stage.execute('blockdev-snapshot-delete-internal-sync', { device: 'disk', name: 'one' });
    },
  },
  {
    name: 'lays a new layer under the guest’s disk, by the file’s name',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await stage.execute('device_add', { driver: 'virtio-blk-pci', id: 'd', drive: 'disk' });
      const file = stage.path('overlay.qcow2');
      await stage.execute('blockdev-snapshot-sync', { 'node-name': 'nothing', 'snapshot-file': file });
      await stage.execute('blockdev-snapshot-sync', {
        'node-name': 'disk',
        'snapshot-file': file,
        'snapshot-node-name': 'overlay',
      });
      await stage.execute('query-block', { flat: true });
      await stage.execute('query-named-block-nodes', { flat: true });
    },
  },
];

/** Three layers: base, middle, top; each has something. */
async function addLayers(stage: Stage, baseMebibytes = 1): Promise<void> {
  await addQcow2(stage, 'base');
  await write(stage, 'base', baseMebibytes);
  for (const [name, below] of [
    ['middle', 'base'],
    ['top', 'middle'],
  ] as const) {
    const backing = { 'backing-file': stage.path(`${below}.qcow2`), 'backing-fmt': 'qcow2' };
    await createQcow2(stage, name, backing);
    await stage.execute('blockdev-add', { driver: 'qcow2', 'node-name': name, file: `${name}-file`, backing: null });
    await stage.execute('blockdev-snapshot', { node: below, overlay: name });
    await write(stage, name, 1);
  }
}
