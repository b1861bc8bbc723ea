import type { JsonObject } from '@qmp/protocol/codecs';
import type { Scenario, Stage } from '../scenario.ts';
import { addNullDisks, addQcow2, SIZE, write } from './disks.ts';

const COPY = { 'job-id': 'job', device: 'source', target: 'target', sync: 'full' };
const JOB = { id: 'job' };
const DEVICE = { device: 'job' };
/** So slow that it does not come to its end. */
const SLOW = { ...COPY, speed: 65_536 };

async function untilNull({ event }: Stage): Promise<void> {
  await event('JOB_STATUS_CHANGE', { ...JOB, status: 'null' });
}

async function ask({ execute }: Stage): Promise<void> {
  await execute('query-jobs');
  await execute('query-block-jobs');
}

/** Jobs of the block layer, on disks without files, from their start to all their ends. */
export const JOBS: readonly Scenario[] = [
  {
    name: 'backs a disk up, and is done with it',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-backup', COPY);
      await untilNull(stage);
      await ask(stage);
    },
  },
  {
    name: 'keeps a backup that is to be dismissed',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-backup', { ...COPY, 'auto-dismiss': false });
      await stage.event('JOB_STATUS_CHANGE', { ...JOB, status: 'concluded' });
      await ask(stage);
      for (const command of ['job-cancel', 'job-pause', 'job-resume', 'job-complete', 'job-finalize']) {
        await stage.execute(command, JOB);
      }
      await stage.execute('block-job-dismiss', JOB);
      await ask(stage);
    },
  },
  {
    name: 'holds a backup until it is finalized',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-backup', { ...COPY, 'auto-finalize': false, 'auto-dismiss': false });
      await stage.event('BLOCK_JOB_PENDING');
      await ask(stage);
      await stage.execute('job-pause', JOB);
      await stage.execute('job-finalize', JOB);
      await ask(stage);
      await stage.execute('job-dismiss', JOB);
    },
  },
  {
    name: 'cancels a backup that waits to be finalized',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-backup', { ...COPY, 'auto-finalize': false, 'auto-dismiss': false });
      await stage.event('BLOCK_JOB_PENDING');
      await stage.execute('job-cancel', JOB);
      await ask(stage);
      await stage.execute('job-dismiss', JOB);
    },
  },
  {
    name: 'pauses and resumes a slow backup, and refuses what does not fit its state',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-backup', SLOW);
      for (const command of ['job-resume', 'job-complete', 'job-finalize', 'job-dismiss']) await stage.execute(command, JOB);
      await stage.execute('job-pause', JOB);
      await ask(stage);
      for (const command of ['job-pause', 'job-complete']) await stage.execute(command, JOB);
      await stage.execute('block-job-cancel', DEVICE);
      await stage.execute('job-resume', JOB);
      await stage.execute('block-job-set-speed', { ...DEVICE, speed: -1 });
      await stage.execute('blockdev-del', { 'node-name': 'target' });
      await stage.execute('blockdev-del', { 'node-name': 'source' });
      await stage.execute('job-cancel', JOB);
      await ask(stage);
    },
  },
  {
    name: 'lets a slow backup go on at full speed',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-backup', { ...SLOW, 'auto-finalize': false });
      await stage.execute('block-job-set-speed', { ...DEVICE, speed: 0 });
      await stage.event('BLOCK_JOB_PENDING');
      await stage.execute('block-job-finalize', JOB);
    },
  },
  ...[
    ['blockdev-backup', 'job-cancel', JOB],
    ['blockdev-backup', 'block-job-cancel', { ...DEVICE, force: true }],
    ['blockdev-mirror', 'job-cancel', JOB],
    ['blockdev-mirror', 'block-job-cancel', { ...DEVICE, force: true }],
  ].map(([start, cancel, args]): Scenario => ({
    name: `cancels a paused job by ${String(cancel)}: ${String(start)}`,
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute(String(start), SLOW);
      await stage.execute('job-pause', JOB);
      await stage.execute(String(cancel), args as JsonObject);
      await untilNull(stage);
    },
  })),
  {
    name: 'refuses backups that cannot be',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-add', { driver: 'null-co', 'node-name': 'small', size: SIZE / 2 });
      const wrong: JsonObject[] = [
        { device: 'nothing' },
        { target: 'nothing' },
        { target: 'source' },
        { target: 'small' },
        { sync: 'incremental' },
        { sync: 'what' },
        { 'job-id': '1' },
        { 'job-id': undefined },
        { speed: 'fast' },
      ];
      for (const args of wrong) await stage.execute('blockdev-backup', { ...COPY, ...args });
      await ask(stage);
    },
  },
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
  {
    name: 'reports a medium that fails',
    fake: { blockdevs: [] },
    async play(stage) {
      await addFailing(stage);
      await stage.execute('blockdev-backup', { ...COPY, 'auto-dismiss': false });
      await stage.event('JOB_STATUS_CHANGE', { ...JOB, status: 'concluded' });
      await ask(stage);
    },
  },
  {
    name: 'stops at a medium that is full',
    async play(stage) {
      await addFailing(stage);
      await stage.execute('blockdev-backup', { ...COPY, 'on-target-error': 'enospc', 'auto-dismiss': false });
      await stage.event('JOB_STATUS_CHANGE', { ...JOB, status: 'paused' });
      await ask(stage);
      await stage.execute('job-cancel', JOB);
      await stage.event('JOB_STATUS_CHANGE', { ...JOB, status: 'concluded' });
      await ask(stage);
    },
  },
  {
    name: 'ends with its jobs',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target', 'third', 'fourth');
      await stage.execute('blockdev-backup', SLOW);
      await stage.execute('blockdev-mirror', { 'job-id': 'mirror', device: 'third', target: 'fourth', sync: 'full' });
      await stage.event('BLOCK_JOB_READY');
      const filename = stage.path('file');
      await stage.execute('blockdev-create', { 'job-id': 'create', options: { driver: 'file', filename, size: 0 } });
      await stage.event('JOB_STATUS_CHANGE', { id: 'create', status: 'concluded' });
    },
  },
  {
    name: 'knows no job that is not there',
    async play({ execute }) {
      for (const verb of ['cancel', 'pause', 'resume', 'complete', 'finalize', 'dismiss']) {
        await execute(`job-${verb}`, JOB);
        await execute(`block-job-${verb}`, /^(?:finalize|dismiss)$/.test(verb) ? JOB : DEVICE);
      }
      await execute('block-job-set-speed', { ...DEVICE, speed: 0 });
      await execute('job-cancel');
    },
  },
];

/** A disk that has no room for anything. */
async function addFailing(stage: Stage): Promise<void> {
  await addNullDisks(stage, 'source');
  const image = { driver: 'null-co', size: SIZE };
  const fault = { event: 'none', iotype: 'write', errno: 28 };
  await stage.execute('blockdev-add', { driver: 'blkdebug', 'node-name': 'target', image, 'inject-error': [fault] });
  stage.failsJob('backup', 'No space left on device');
}
