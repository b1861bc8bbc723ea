import { genericError } from '../errors.ts';
import type { Handlers } from '../handlers.ts';
import { describeBlockJob } from './job-report.ts';
import { checkVerb } from './job-verb.ts';
import type { JobTable } from './job-table.ts';

/** What jobs that copy data can be told, and asked. */
export function blockJobCommands(jobs: JobTable): Handlers {
  return {
    'query-block-jobs': () => jobs.blockJobs.map(({ state }) => describeBlockJob(state)),
    'block-job-pause': ({ device }) => jobs.findBlockJob(device).pause(),
    'block-job-resume': ({ device }) => jobs.findBlockJob(device).resume(),
    'block-job-cancel'({ device, force = false }) {
      const job = jobs.findBlockJob(device);
      if (job.state.isPaused && !force) throw genericError(`The block job for device '${device}' is currently paused`);
      job.cancel(force);
    },
    'block-job-complete': ({ device }) => jobs.findBlockJob(device).complete(),
    'block-job-set-speed': ({ device, speed }) => jobs.findBlockJob(device).setSpeed(Number(speed)),
    'block-job-finalize': ({ id }) => jobs.findBlockJob(id).finalize(),
    'block-job-dismiss': ({ id }) => jobs.findBlockJob(id).dismiss(),
    'block-job-change': ({ id }) => checkVerb('change', id, jobs.findBlockJob(id).state.status),
  };
}
