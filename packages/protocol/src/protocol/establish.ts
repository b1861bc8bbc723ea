import { Session } from '../session/session.ts';
import type { Transport } from '../transport/transport.ts';
import type { Attempt } from './attempt.ts';
import { reasonOf } from './ending.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Makes a running session of a transport, once that has been opened. */
export async function establish<In, Out>(
  life: Lifecycle<In, Out>,
  attempt: Attempt,
  opening: Transport | Promise<Transport>,
): Promise<void> {
  const transport = await opening;
  if (attempt.ending !== undefined) return transport.abort(reasonOf(attempt.ending.end));
  const peer = transport.description;
  attempt.phase = 'session';
  attempt.waitingFor = `the session with ${peer} to be established`;
  life.enter({ state: 'connecting', session: Session.open(transport, life.createCodec, life) });
  await life.shakeHands();
  if (life.phase.state === 'connecting') {
    throw new Error('establishSession() was overridden without a call of super');
  }
  life.log.info(() => `connected to ${peer}`);
}
