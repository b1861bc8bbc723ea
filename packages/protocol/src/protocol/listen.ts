import { describeAddress, type Address } from '../address/address.ts';
import type { Listener } from '../transport/connector.ts';
import { Attempt, OPENING_TIMEOUT_MS } from './attempt.ts';
import { reasonOf } from './ending.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { ListenOptions } from './options.ts';
import { Reception } from './reception.ts';

/** The first half of the way in as the listening side: up to where a peer can come. */
export function listen<In, Out>(life: Lifecycle<In, Out>, at: Address, options: ListenOptions): Promise<void> {
  life.requireState('idle');
  const target = describeAddress(at);
  const what = `listen at ${target}`;
  const attempt = new Attempt(life, options, { what, waitingFor: 'the listener', timeoutMs: OPENING_TIMEOUT_MS });
  const opening = attempt.start(() => life.connector.listen(at, { signal: attempt.signal }));
  return life.carryOut(attempt, () => receive(life, attempt, opening));
}

async function receive<In, Out>(
  life: Lifecycle<In, Out>,
  attempt: Attempt,
  opening: Promise<Listener>,
): Promise<void> {
  const reception = new Reception(await opening);
  if (attempt.ending === undefined) life.enter({ state: 'connecting', reception });
  else await reception.close(reasonOf(attempt.ending.end));
}
