import { describeAddress, type Address } from '../address/address.ts';
import { isTransport, type Transport } from '../transport/transport.ts';
import { establish } from './establish.ts';
import type { Lifecycle } from './lifecycle.ts';
import { open } from './open.ts';
import type { ConnectOptions } from './options.ts';

/** The way in as the dialing side, or on a ready-made transport. */
export function connect<In, Out>(
  life: Lifecycle<In, Out>,
  to: Address | Transport,
  options: ConnectOptions,
): Promise<void> {
  const target = isTransport(to) ? to.description : describeAddress(to);
  const waitingFor = `${target} to accept the connection`;
  return open<In, Out, Transport | Promise<Transport>>(life, options, {
    what: `connect to ${target}`,
    waitingFor,
    begin(attempt) {
      if (isTransport(to)) return to;
      return life.requiredConnector.dial(to, {
        // Looked at by those only who can make use of it.
        get signal() {
          return attempt.signal;
        },
        retry: options.retry,
        onRetry: ({ message }) => {
          attempt.waitingFor = `${waitingFor} (${message})`;
          life.log.debug(() => `dialing again: ${message}`);
        },
      });
    },
    goOn: (attempt, transport) => establish(life, attempt, transport),
  });
}
