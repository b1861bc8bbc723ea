import type { Connector, Listener } from '../transport/connector.ts';
import type { Transport } from '../transport/transport.ts';

/**
 * A connector whose links all pass through a function, those that are dialed and those that are accepted: for a client
 * or a server that is to run over {@link faulty} or recorded links, and is given addresses all the same.
 */
export function connectorThrough(connector: Connector, wrap: (link: Transport) => Transport): Connector {
  return {
    // Neither is an async function: an address that cannot be read is thrown at the call.
    dial: (address, options) => connector.dial(address, options).then(wrap),
    listen: (address, options) =>
      connector.listen(address, options).then((listener) => listenerThrough(listener, wrap)),
  };
}

function listenerThrough(listener: Listener, wrap: (link: Transport) => Transport): Listener {
  return {
    description: listener.description,
    accept: async (options) => wrap(await listener.accept(options)),
    close: () => listener.close(),
  };
}
