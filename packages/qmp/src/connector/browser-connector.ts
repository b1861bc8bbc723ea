import {
  AddressError,
  type Address,
  asError,
  type Connector,
  describeAddress,
  type DialOptions,
  type Transport,
} from '@qmp/protocol';
import { isWebSocketUrl, openWebSocket } from '@qmp/protocol/websocket';

const RETRY_PAUSE_MS = 200;

/** What stands in for `@qmp/node` in a browser, which reaches others by WebSockets only and cannot listen. */
export const platformConnector: Connector = {
  // Neither is an async function: an address that cannot be used is thrown at the call.
  dial(address: Address, options: DialOptions): Promise<Transport> {
    const url = describeAddress(address);
    if (!isWebSocketUrl(url)) throw addressFault(address, 'a browser has no sockets');
    return dial(url, options);
  },

  listen(address: Address): never {
    throw addressFault(address, 'a browser cannot listen');
  },
};

/** A browser hides why it failed, so with `retry` any failure may be that nobody listens yet. */
async function dial(url: string, { signal, retry = false, onRetry }: DialOptions): Promise<Transport> {
  for (;;) {
    try {
      return await openWebSocket(() => new WebSocket(url), url, signal);
    } catch (error) {
      if (!retry || signal.aborted) throw error;
      onRetry?.(asError(error));
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
  }
}

/** Shows an address as text only: an object may hold keys. */
function addressFault(to: Address, fault: string): AddressError {
  const address = describeAddress(to);
  const expected = 'a "ws:" or "wss:" URL, or a ready-made transport';
  return new AddressError(`Cannot use the address "${address}": ${fault}; expected ${expected}`, { address });
}
