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
  attempt.phase = 'session';
  attempt.waitingFor = 'the session';
  try {
    life.enter({ state: 'connecting', session: new Session(transport, life.createCodec(), life) });
  } catch (error) {
    // The transport is ours, for good, also where no session can be made on it.
    transport.abort(error);
    throw error;
  }
  await life.shakeHands();
  if (life.phase.state === 'connecting') {
    throw new Error('establishSession() did not call super');
  }
  life.log.info(() => `connected to ${transport.description}`);
}
