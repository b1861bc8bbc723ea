import type { JsonObject } from '@qmp/protocol/codecs';
import type { Stage } from '../scenario.ts';

export const COPY: JsonObject = { 'job-id': 'job', device: 'source', target: 'target', sync: 'full' };
export const JOB: JsonObject = { id: 'job' };
export const DEVICE: JsonObject = { device: 'job' };
/** So slow that it does not come to its end. */
export const SLOW: JsonObject = { ...COPY, speed: 65_536 };

export async function untilNull({ event }: Stage): Promise<void> {
  await event('JOB_STATUS_CHANGE', { ...JOB, status: 'null' });
}

export async function ask({ execute }: Stage): Promise<void> {
  await execute('query-jobs');
  await execute('query-block-jobs');
}
