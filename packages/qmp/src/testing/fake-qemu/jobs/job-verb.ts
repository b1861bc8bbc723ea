import type { JobStatus } from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';

/** What a job may be told to do. */
export type JobVerb = 'cancel' | 'pause' | 'resume' | 'set-speed' | 'complete' | 'finalize' | 'dismiss' | 'change';

const ACTIVE = ['created', 'running', 'paused', 'ready', 'standby'];
const ACCEPTED_IN: { readonly [V in JobVerb]: readonly JobStatus[] } = {
  cancel: [...ACTIVE, 'waiting', 'pending'],
  pause: ACTIVE,
  resume: ACTIVE,
  'set-speed': ACTIVE,
  complete: ['ready', 'standby'],
  finalize: ['pending'],
  dismiss: ['concluded'],
  change: ACTIVE,
};

/** @throws CommandError where a job in that state does not do it. */
export function checkVerb(verb: JobVerb, id: string, status: JobStatus): void {
  if (ACCEPTED_IN[verb].includes(status)) return;
  throw genericError(`Job '${id}' in state '${status}' cannot accept command verb '${verb}'`);
}
