import { describeAddress, type Address } from '../address/address.ts';
import { reasonOf } from './ending.ts';
import type { Lifecycle } from './lifecycle.ts';
import { open } from './open.ts';
import type { ListenOptions } from './options.ts';
import { Reception } from './reception.ts';

/** The first half of the way in as the listening side: up to where a peer can come. */
export function listen<In, Out>(life: Lifecycle<In, Out>, at: Address, options: ListenOptions): Promise<void> {
  const target = describeAddress(at);
  return open(life, options, {
    what: `listen at ${target}`,
    waitingFor: `${target} to listen`,
    begin: ({ signal }) => life.requiredConnector.listen(at, { signal }),
    async goOn(attempt, listener) {
      const reception = new Reception(await listener);
      if (attempt.ending === undefined) life.enter({ state: 'connecting', reception });
      else await reception.close(reasonOf(attempt.ending.end));
    },
  });
}
