import type { Handlers } from '../handlers.ts';
import { describeJob } from './job-report.ts';
import type { JobTable } from './job-table.ts';

/** What jobs of every kind can be told, and asked. */
export function jobCommands(jobs: JobTable): Handlers {
  return {
    'query-jobs': () => jobs.all.map(({ state }) => describeJob(state)),
    'job-pause': ({ id }) => jobs.find(id).pause(),
    'job-resume': ({ id }) => jobs.find(id).resume(),
    'job-cancel': ({ id }) => jobs.find(id).cancel(true),
    'job-complete': ({ id }) => jobs.find(id).complete(),
    'job-finalize': ({ id }) => jobs.find(id).finalize(),
    'job-dismiss': ({ id }) => jobs.find(id).dismiss(),
  };
}
