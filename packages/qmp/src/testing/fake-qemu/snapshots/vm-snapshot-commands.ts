import type { JobType } from '../../../schema/types/qemu-11.1.gen.ts';
import type { Handlers } from '../handlers.ts';
import type { JobTable } from '../jobs/job-table.ts';
import type { JobWork } from '../jobs/job-work.ts';
import { faultOf, type VmSnapshots } from './vm-snapshots.ts';

const DURATION_MS = 20;

/** Snapshots of the whole machine: each command starts a job, which has to be dismissed. */
export function vmSnapshotCommands(snapshots: VmSnapshots, jobs: JobTable): Handlers {
  const start = (id: string, type: JobType, action: () => void): void => {
    jobs.start(snapshotWork(type, action), { id, autoFinalize: true, autoDismiss: false, speed: 0 });
  };
  return {
    'snapshot-save': ({ 'job-id': id, tag, ...disks }) => start(id, 'snapshot-save', () => snapshots.save(tag, disks)),
    'snapshot-load': ({ 'job-id': id, tag, ...disks }) => start(id, 'snapshot-load', () => snapshots.load(tag, disks)),
    'snapshot-delete': ({ 'job-id': id, tag, ...disks }) =>
      start(id, 'snapshot-delete', () => snapshots.delete(tag, disks)),
  };
}

function snapshotWork(type: JobType, action: () => void): JobWork {
  return {
    type,
    totalBytes: 1,
    bytesPerSecond: 1000 / DURATION_MS,
    isBlockJob: false,
    staysReady: false,
    settlesAtStart: false,
    cancelsAtOnce: false,
    onError: {},
    begin: () => undefined,
    launch() {
      const error = faultOf(action);
      return error === undefined ? undefined : { error, isSudden: false };
    },
    commit: () => undefined,
    release: () => undefined,
  };
}
