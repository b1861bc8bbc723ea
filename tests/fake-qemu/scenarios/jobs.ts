import type { Scenario } from '../scenario.ts';
import { DEVICE, JOB, SLOW, untilNull } from './copy-job.ts';
import { addNullDisks } from './disks.ts';

/** What jobs of all kinds have in common. */
export const JOBS: readonly Scenario[] = [
  ...(
    [
      ['blockdev-backup', 'job-cancel', JOB],
      ['blockdev-backup', 'block-job-cancel', { ...DEVICE, force: true }],
      ['blockdev-mirror', 'job-cancel', JOB],
      ['blockdev-mirror', 'block-job-cancel', { ...DEVICE, force: true }],
    ] as const
  ).map(([start, cancel, args]): Scenario => ({
    name: `cancels a paused job by ${cancel}: ${start}`,
    async play(stage) {
      await addNullDisks(stage, 'source', 'target');
      await stage.execute(start, SLOW);
      await stage.execute('job-pause', JOB);
      await stage.execute(cancel, args);
      await untilNull(stage);
    },
  })),
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
