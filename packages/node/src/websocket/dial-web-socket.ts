import type { Transport } from '@qmp/protocol';
import { openWebSocket } from '@qmp/protocol/websocket';

import type { WebSocketEndpoint } from '../address/parsed-address.ts';
import type { Link } from '../dial/link.ts';
import { DialError } from '../errors/dial-error.ts';
import { loadWs } from './load-ws.ts';
import { makeWebSocket } from './make-web-socket.ts';
import { type TlsFault, webSocketFault } from './web-socket-fault.ts';

/** One attempt. Rejects with a `DialError` or the signal's reason, and leaves nothing open. */
export async function dialWebSocket(address: WebSocketEndpoint, signal: AbortSignal): Promise<Transport> {
  const ws = await loadWs();
  let tlsFault: TlsFault | undefined;
  const watchTls = ({ socket, openingFault, earlyEndFault }: Link): void => {
    tlsFault = (cause) => openingFault?.(cause);
    socket.once('secureConnect', () => {
      tlsFault = (cause) => earlyEndFault?.(cause instanceof Error ? cause : undefined);
    });
  };
  try {
    return await openWebSocket(() => makeWebSocket(address, ws, watchTls), address.url, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof DialError ? error : await webSocketFault(address, error, tlsFault);
  }
}
