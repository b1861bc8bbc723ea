import type { BlockdevOnError, IoOperationType } from '../../../schema/types/qemu-11.1.gen.ts';

/** How a job fails, as a test wants it. */
export interface JobFailure {
  /** What goes wrong, in the system's words: `No space left on device`. */
  readonly error: string;
  /** How much of the work is done by then: 0, the default, for none of it, 1 for all. */
  readonly at?: number | undefined;
  /** Which side it happens on; `write`, the default, is the target's. */
  readonly operation?: IoOperationType | undefined;
}

const NO_SPACE = 'No space left on device';

/** What a job does about an error: what it was told to do in such a case. */
export function errorAction(policy: BlockdevOnError | undefined, error: string): 'report' | 'ignore' | 'stop' {
  if (policy === 'ignore' || policy === 'stop') return policy;
  return (policy === 'enospc' || policy === 'auto') && error === NO_SPACE ? 'stop' : 'report';
}

/** How a job that has stopped says why. */
export function ioStatusOf(error: string): 'nospace' | 'failed' {
  return error === NO_SPACE ? 'nospace' : 'failed';
}
