import { nodeConnector } from '@qmp/node/connector';
import type { Connector, Listener } from '@qmp/protocol';

import { lastByteApart } from './last-byte-apart.ts';

/** `@qmp/node` with what QEMU needs of it. */
export const platformConnector: Connector = {
  // Not async functions: an address that cannot be read is thrown at the call.
  dial: (address, options) => nodeConnector.dial(address, options).then(lastByteApart),
  listen: (address, options) => nodeConnector.listen(address, options).then(toPeersOfQemu),
};

/** QEMU may also be the side that dials. */
function toPeersOfQemu(listener: Listener): Listener {
  return {
    accept: async (options) => lastByteApart(await listener.accept(options)),
    close: () => listener.close(),
    description: listener.description,
  };
}
