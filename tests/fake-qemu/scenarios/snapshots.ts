import type { Scenario, Stage } from '../scenario.ts';
import { addQcow2 } from './disks.ts';

const DISKS = { vmstate: 'disk', devices: ['disk'] };

/** Snapshots of the whole machine. */
export const SNAPSHOTS: readonly Scenario[] = [
  {
    name: 'saves, loads and deletes snapshots of the running machine',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', ...DISKS });
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', ...DISKS });
      await stage.execute('query-named-block-nodes', { flat: true });
      await runSnapshotJob(stage, 'snapshot-load', { tag: 'one', ...DISKS });
      await runSnapshotJob(stage, 'snapshot-delete', { tag: 'one', devices: ['disk'] });
      await runSnapshotJob(stage, 'snapshot-delete', { tag: 'one', devices: ['disk'] });
      await runSnapshotJob(stage, 'snapshot-load', { tag: 'one', ...DISKS });
      await stage.execute('cont');
    },
  },
  {
    name: 'saves and loads snapshots of a machine that stands still',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await stage.execute('stop');
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', ...DISKS });
      await runSnapshotJob(stage, 'snapshot-load', { tag: 'one', ...DISKS });
      await runSnapshotJob(stage, 'snapshot-load', { tag: 'two', ...DISKS });
    },
  },
  {
    name: 'fails to save snapshots that it cannot save',
    async play(stage) {
      await addQcow2(stage, 'disk');
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', vmstate: 'disk', devices: ['nothing'] });
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', vmstate: 'nothing', devices: ['disk'] });
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', vmstate: 'disk', devices: [] });
      await runSnapshotJob(stage, 'snapshot-save', { tag: 'one', vmstate: 'disk-file', devices: ['disk-file'] });
      for (const id of ['1', '']) await stage.execute('snapshot-save', { 'job-id': id, tag: 'one', ...DISKS });
    },
  },
];

async function runSnapshotJob(stage: Stage, command: string, args: object): Promise<void> {
  await stage.execute(command, { 'job-id': 'job', ...args });
  await stage.event('JOB_STATUS_CHANGE', { id: 'job', status: 'concluded' });
  await stage.execute('query-jobs');
  await stage.execute('job-dismiss', { id: 'job' });
  await stage.execute('query-status');
}
