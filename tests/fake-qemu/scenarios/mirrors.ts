import type { JsonObject } from '@qmp/protocol/codecs';
import type { Scenario } from '../scenario.ts';
import { ask, COPY, DEVICE, JOB, SLOW, untilNull } from './copy-job.ts';
import { addNullDisks, addQcow2, SIZE, write } from './disks.ts';

/** Mirrors, from their start to all their ends. */
export const MIRRORS: readonly Scenario[] = [
  {
    name: 'mirrors a disk until it is completed',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-mirror', COPY);
      await stage.event('BLOCK_JOB_READY');
      await ask(stage);
      await stage.execute('query-named-block-nodes', { flat: true });
      await stage.execute('job-complete', JOB);
      await untilNull(stage);
    },
  },
  {
    name: 'completes a mirror that is paused as soon as it is resumed',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-mirror', { ...COPY, 'auto-dismiss': false });
      await stage.event('BLOCK_JOB_READY');
      await stage.execute('block-job-pause', DEVICE);
      await ask(stage);
      await stage.execute('block-job-cancel', DEVICE);
      await stage.execute('block-job-complete', DEVICE);
      await stage.execute('block-job-resume', DEVICE);
      await stage.event('JOB_STATUS_CHANGE', { ...JOB, status: 'concluded' });
      await ask(stage);
      await stage.execute('block-job-dismiss', JOB);
    },
  },
  ...([DEVICE, { ...DEVICE, force: true }] as readonly JsonObject[]).map((args): Scenario => ({
    name: `cancels a mirror that is ready${args['force'] === true ? ', by force' : ''}`,
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-mirror', COPY);
      await stage.event('BLOCK_JOB_READY');
      await stage.execute('block-job-cancel', args);
      await untilNull(stage);
    },
  })),
  {
    name: 'cancels a slow mirror',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-mirror', SLOW);
      await ask(stage);
      await stage.execute('block-job-complete', DEVICE);
      await stage.execute('block-job-cancel', DEVICE);
      await untilNull(stage);
    },
  },
  {
    name: 'holds a mirror until it is finalized',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-mirror', { ...COPY, 'auto-finalize': false, 'auto-dismiss': false });
      await stage.event('BLOCK_JOB_READY');
      await stage.execute('block-job-complete', DEVICE);
      await stage.event('BLOCK_JOB_PENDING');
      for (const command of ['block-job-pause', 'block-job-resume', 'block-job-complete']) {
        await stage.execute(command, DEVICE);
      }
      await stage.execute('block-job-set-speed', { ...DEVICE, speed: 5 });
      await stage.execute('block-job-dismiss', JOB);
      await stage.execute('block-job-finalize', JOB);
      await stage.execute('block-job-finalize', JOB);
      await stage.execute('block-job-dismiss', JOB);
      await stage.execute('block-job-dismiss', JOB);
    },
  },
  {
    name: 'fails a mirror to a disk of another size',
    async play(stage) {
      await addNullDisks(stage, 'source');
      await stage.execute('blockdev-add', { driver: 'null-co', 'node-name': 'target', size: SIZE / 2 });
      await stage.execute('blockdev-mirror', { ...COPY, 'auto-dismiss': false });
      await stage.event('JOB_STATUS_CHANGE', { ...JOB, status: 'concluded' });
      await ask(stage);
    },
  },
  {
    name: 'refuses mirrors that cannot be, and what a mirror keeps from others',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target', 'third');
      const wrong: JsonObject[] = [
        { device: 'nothing' },
        { target: 'nothing' },
        { target: 'source' },
        { sync: 'incremental' },
        { 'job-id': undefined },
      ];
      for (const args of wrong) await stage.execute('blockdev-mirror', { ...COPY, ...args });
      await stage.execute('blockdev-mirror', COPY);
      await stage.event('BLOCK_JOB_READY');
      await stage.execute('blockdev-mirror', { ...COPY, 'job-id': 'other', target: 'third' });
      await stage.execute('blockdev-mirror', { ...COPY, 'job-id': 'other', device: 'third' });
      await stage.execute('blockdev-mirror', { ...COPY, 'job-id': 'other', device: 'third', target: 'source' });
      await stage.execute('blockdev-backup', { ...COPY, 'job-id': 'other', target: 'third' });
      for (const name of ['source', 'target']) {
        await stage.execute('blockdev-del', { 'node-name': name });
        await stage.execute('block_resize', { 'node-name': name, size: 512 });
        await stage.execute('block-stream', { 'job-id': 'other', device: name });
      }
      await stage.execute('block-commit', { 'job-id': 'other', device: 'source' });
      await stage.execute('block-job-cancel', DEVICE);
      await untilNull(stage);
    },
  },
  {
    name: 'puts the mirror in the place of the guest’s disk',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('device_add', { driver: 'virtio-blk-pci', id: 'disk', drive: 'source' });
      await stage.execute('blockdev-mirror', COPY);
      await stage.event('BLOCK_JOB_READY');
      await stage.execute('query-block');
      await stage.execute('job-complete', JOB);
      await untilNull(stage);
      await stage.execute('query-block');
      await stage.execute('blockdev-del', { 'node-name': 'source' });
      await stage.execute('blockdev-del', { 'node-name': 'target' });
    },
  },
  {
    name: 'copies only what a file has',
    async play(stage) {
      await addQcow2(stage, 'source');
      await addQcow2(stage, 'target');
      await write(stage, 'source', 4);
      await stage.execute('blockdev-mirror', COPY);
      await stage.event('BLOCK_JOB_READY');
      await ask(stage);
      await stage.execute('job-complete', JOB);
      await untilNull(stage);
    },
  },
];
