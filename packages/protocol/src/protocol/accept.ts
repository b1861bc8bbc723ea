import type { CallOptions } from '../wait/call-options.ts';
import { Attempt } from './attempt.ts';
import { establish } from './establish.ts';
import type { Lifecycle } from './lifecycle.ts';

/** The second half of the way in as the listening side: takes the peer in. */
export async function accept<In, Out>(life: Lifecycle<In, Out>, options: CallOptions): Promise<void> {
  const { phase } = life;
  if (!('reception' in phase) || life.attempt !== undefined) {
    throw life.wrongState('connecting', 'accept() follows a startServer(), once');
  }
  // Also an accept() that was called too late leaves no listener behind.
  if (options.signal?.aborted === true) {
    life.abort(options.signal.reason);
    await life.closed;
  }
  const { reception } = phase;
  const what = `accept a peer at ${reception.description}`;
  const attempt = new Attempt(life, options, { what, waitingFor: 'a peer' });
  await life.carryOut(attempt, () => establish(life, attempt, reception.peer), phase);
}
