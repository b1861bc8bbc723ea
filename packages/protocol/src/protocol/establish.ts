import { Session } from '../session/session.ts';
import type { Transport } from '../transport/transport.ts';
import type { Attempt } from './attempt.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Makes a running session of a transport, once that has been opened. */
export async function establish<In, Out>(
  life: Lifecycle<In, Out>,
  attempt: Attempt,
  opening: Transport | Promise<Transport>,
): Promise<void> {
  const transport = await opening;
  if (attempt.ending !== undefined) return transport.abort(attempt.ending.reason);
  const peer = transport.description;
  attempt.phase = 'session';
  attempt.waitingFor = `the session with ${peer} to be established`;
  const session = Session.open(transport, life.createCodec, life);
  life.enter({ state: 'connecting', step: 'establishing', session });
  await life.shakeHands();
  if (life.phase.state === 'connecting') {
    throw new Error('establishSession() was overridden without a call of super');
  }
  life.log.info(() => `connected to ${peer}`);
}
