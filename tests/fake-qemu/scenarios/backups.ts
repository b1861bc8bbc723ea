import type { JsonObject } from '@qmp/protocol/codecs';
import type { Scenario, Stage } from '../scenario.ts';
import { ask, COPY, DEVICE, JOB, SLOW, untilNull } from './copy-job.ts';
import { addNullDisks, SIZE, write } from './disks.ts';

/** Backups, from their start to all their ends. */
export const BACKUPS: readonly Scenario[] = [
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
      for (const command of ['job-resume', 'job-complete', 'job-finalize', 'job-dismiss'])
        await stage.execute(command, JOB);
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
    name: 'backs up what has changed',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      const bitmap = { node: 'source', name: 'bitmap' };
      await stage.execute('block-dirty-bitmap-add', bitmap);
      await write(stage, 'source', 1);
      await stage.execute('query-named-block-nodes');
      const changes = { ...COPY, sync: 'incremental', bitmap: 'bitmap' };
      await stage.execute('blockdev-backup', { ...changes, bitmap: 'nothing' });
      await stage.execute('blockdev-backup', { ...changes, sync: 'bitmap' });
      await stage.execute('blockdev-backup', changes);
      await untilNull(stage);
      await stage.execute('query-named-block-nodes');
      await stage.execute('blockdev-backup', { ...changes, sync: 'bitmap', 'bitmap-mode': 'never' });
      await untilNull(stage);
    },
  },
  {
    name: 'keeps bitmaps of what has changed',
    async play(stage) {
      await addNullDisks(stage, 'disk');
      const bitmap = { node: 'disk', name: 'bitmap' };
      const wrong: JsonObject[] = [
        {},
        { name: '' },
        { node: 'nothing' },
        { name: 'other', granularity: 1000 },
        { name: 'other', persistent: true },
        { name: 'other', disabled: true },
      ];
      await stage.execute('block-dirty-bitmap-add', bitmap);
      for (const args of wrong) await stage.execute('block-dirty-bitmap-add', { ...bitmap, ...args });
      await write(stage, 'disk', 1);
      await stage.execute('block-dirty-bitmap-merge', { node: 'disk', target: 'other', bitmaps: ['bitmap'] });
      await stage.execute('query-named-block-nodes');
      for (const verb of ['clear', 'disable', 'enable', 'enable', 'remove', 'remove', 'clear', 'enable', 'disable']) {
        await stage.execute(`block-dirty-bitmap-${verb}`, bitmap);
      }
      await stage.execute('block-dirty-bitmap-merge', { node: 'disk', target: 'other', bitmaps: ['bitmap'] });
      await stage.execute('query-named-block-nodes');
    },
  },
  {
    name: 'backs up nothing but what is overwritten, until it is cancelled',
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute('blockdev-backup', { ...COPY, sync: 'none' });
      await ask(stage);
      await stage.execute('job-cancel', JOB);
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
];

/** A disk that has no room for anything. */
async function addFailing(stage: Stage): Promise<void> {
  await addNullDisks(stage, 'source');
  const image = { driver: 'null-co', size: SIZE };
  const fault = { event: 'none', iotype: 'write', errno: 28 };
  await stage.execute('blockdev-add', { driver: 'blkdebug', 'node-name': 'target', image, 'inject-error': [fault] });
  stage.failsJob('backup', 'No space left on device');
}
