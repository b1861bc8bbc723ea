import { describeAddress, type Address } from '../address/address.ts';
import type { DialOptions } from '../transport/connector.ts';
import { isTransport, type Transport } from '../transport/transport.ts';
import { Attempt, OPENING_TIMEOUT_MS } from './attempt.ts';
import { establish } from './establish.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { ConnectOptions } from './options.ts';

/** The way in as the dialing side, or on a ready-made transport. */
export function connect<In, Out>(
  life: Lifecycle<In, Out>,
  to: Address | Transport,
  options: ConnectOptions,
): Promise<void> {
  life.requireState('idle');
  const target = isTransport(to) ? to.description : describeAddress(to);
  const what = `connect to ${target}`;
  const waitingFor = 'the connection';
  const attempt = new Attempt(life, options, { what, waitingFor, timeoutMs: OPENING_TIMEOUT_MS });
  const opening = isTransport(to) ? to : attempt.start(() => life.connector.dial(to, dialOptions()));
  return life.carryOut(attempt, () => establish(life, attempt, opening));

  function dialOptions(): DialOptions {
    return {
      get signal() {
        return attempt.signal;
      },
      get aborted() {
        return attempt.end !== undefined;
      },
      retry: options.retry,
      onRetry({ message }) {
        attempt.waitingFor = `${waitingFor} (${message})`;
        life.log.debug(() => `dialing again: ${message}`);
      },
    };
  }
}
