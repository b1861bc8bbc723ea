import type { BlockDeviceIoStatus, BlockJobInfo, JobInfo, JobStatus } from '../../../schema/types/qemu-11.1.gen.ts';
import type { JobWork } from './job-work.ts';

/** Where a job stands. */
export interface JobState {
  readonly id: string;
  readonly work: JobWork;
  readonly status: JobStatus;
  readonly doneBytes: number;
  /** In bytes per second; 0 for no limit. */
  readonly speed: number;
  readonly ioStatus: BlockDeviceIoStatus;
  readonly isPaused: boolean;
  readonly error: string | undefined;
  readonly autoFinalize: boolean;
  readonly autoDismiss: boolean;
}

/** A job that is ready keeps both sides alike. */
export function isReady(status: JobStatus): boolean {
  return status === 'ready' || status === 'standby';
}

/** What `query-jobs` tells of a job. */
export function describeJob({ id, work, status, doneBytes, error }: JobState): JobInfo {
  return {
    id,
    type: work.type,
    status,
    'current-progress': doneBytes,
    'total-progress': work.totalBytes,
    ...withError(error),
  };
}

/** What `query-block-jobs` tells of a job. */
export function describeBlockJob(state: JobState): BlockJobInfo {
  const { work, status, error } = state;
  const info = {
    device: state.id,
    len: work.totalBytes,
    offset: state.doneBytes,
    busy: false,
    paused: state.isPaused,
    speed: state.speed,
    'io-status': state.ioStatus,
    ready: isReady(status),
    status,
    'auto-finalize': state.autoFinalize,
    'auto-dismiss': state.autoDismiss,
    ...withError(error),
  };
  return work.type === 'mirror'
    ? { ...info, type: 'mirror', 'actively-synced': false }
    : { ...info, type: work.type as 'backup' };
}

/** What BLOCK_JOB events tell of a job. */
export function describeProgress({ id, work, doneBytes, speed }: JobState): {
  readonly type: JobWork['type'];
  readonly device: string;
  readonly len: number;
  readonly offset: number;
  readonly speed: number;
} {
  return { type: work.type, device: id, len: work.totalBytes, offset: doneBytes, speed };
}

function withError(error: string | undefined): { readonly error?: string } {
  return error === undefined ? {} : { error };
}
