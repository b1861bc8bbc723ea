import type { Address, Connector, DialOptions, Listener, ListenerOptions, Transport } from '@qmp/protocol';

import { addressFault } from './address/address-fault.ts';
import { parseAddress } from './address/parse-address.ts';
import { checkServerOptions } from './tls/check-server-options.ts';

/**
 * Reaches UNIX sockets (abstract ones too), named pipes, TCP, TLS and WebSockets on Node, Bun and Deno: hand it to an
 * `AsyncProtocol` that is to connect to an address or to listen at one. `dial` rejects with a `DialError`, `listen` with
 * a `ListenError`.
 */
export const nodeConnector: Connector = createNodeConnector();

/** No class: its functions are taken apart and put into other connectors. */
function createNodeConnector(): Connector {
  // Sockets are loaded when the first one is needed: a program that only imports this starts without them.
  let dialing: Promise<typeof import('./dial/dial.ts')> | undefined;
  let listening: Promise<typeof import('./listen/listen.ts')> | undefined;
  return {
    // Neither is an async function: an address that cannot be read is thrown at the call.
    dial(address: Address, options: DialOptions): Promise<Transport> {
      const parsed = parseAddress(address);
      if ('port' in parsed && parsed.port === 0) {
        throw addressFault(address, 'port 0 is for listening only', 'the port that the listener was given');
      }
      dialing ??= import('./dial/dial.ts');
      return dialing.then(({ dial }) => dial(parsed, options));
    },

    listen(address: Address, options: ListenerOptions): Promise<Listener> {
      const parsed = parseAddress(address);
      if (parsed.kind === 'websocket') {
        throw addressFault(
          address,
          'to listen for WebSockets takes an HTTP server',
          'a socket, and a relay in front of it',
        );
      }
      if (parsed.kind === 'tls') checkServerOptions(parsed.tls, address);
      listening ??= import('./listen/listen.ts');
      return listening.then(({ listen }) => listen(parsed, options));
    },
  };
}
