import type { JobOptions } from '../jobs/job.ts';

/** The options that all block jobs have in common. */
interface CommonArguments {
  readonly 'job-id'?: string | undefined;
  readonly 'auto-finalize'?: boolean | undefined;
  readonly 'auto-dismiss'?: boolean | undefined;
  readonly speed?: number | bigint | undefined;
}

export function startOptions(args: CommonArguments): Omit<JobOptions, 'failure'> {
  return {
    // Only drives that are called something lend their name to a job.
    id: args['job-id'] ?? '',
    autoFinalize: args['auto-finalize'] ?? true,
    autoDismiss: args['auto-dismiss'] ?? true,
    speed: Number(args.speed ?? 0),
  };
}
