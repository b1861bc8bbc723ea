import type { Transport } from '../transport/transport.ts';
import type { WebSocketLike } from './web-socket-like.ts';
import { WebSocketTransport } from './web-socket-transport.ts';

/**
 * Makes a WebSocket and waits until it is open: for connectors. Rejects with the signal's reason, or with an error that
 * names the URL and says as much as the platform does; nothing stays open then.
 */
export async function openWebSocket(make: () => WebSocketLike, url: string, signal: AbortSignal): Promise<Transport> {
  signal.throwIfAborted();
  const transport = new WebSocketTransport(make(), url);
  const giveUp = (): void => transport.abort(signal.reason);
  signal.addEventListener('abort', giveUp);
  try {
    await transport.opened;
    return transport;
  } finally {
    signal.removeEventListener('abort', giveUp);
    // Its reason is thrown as it is, whatever came of the socket.
    signal.throwIfAborted();
  }
}
