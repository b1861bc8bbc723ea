import type { TlsOptions } from '@qmp/protocol';
import { isWebSocketUrl } from '@qmp/protocol/websocket';

import { addressFault } from './address-fault.ts';
import type { WebSocketEndpoint } from './parsed-address.ts';

const EXPECTED = 'a URL such as "ws://localhost:4444/" or "wss://vm.example/path"';

/** A WebSocket's URL, with the TLS options for one of `wss:`, if there are any. `address` is what errors quote. */
export function parseWebSocket(text: unknown, tls: TlsOptions | undefined, address: unknown): WebSocketEndpoint {
  if (typeof text !== 'string' || !isWebSocketUrl(text)) {
    throw addressFault(address, 'its WebSocket URL cannot be read', EXPECTED);
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    const withoutSecret = text.replace(/\/\/[^/]*@/, '//(not shown)@');
    throw addressFault(withoutSecret, 'it holds a user or a password, which WebSockets do not send', EXPECTED);
  }
  if (url.hash !== '') throw addressFault(address, 'it has a fragment, which means nothing here', EXPECTED);
  if (url.port === '0') throw addressFault(address, 'port 0 is for listening only', 'the port of the server');
  if (url.protocol === 'wss:') return { kind: 'websocket', url: text, tls: tls ?? {} };
  if (tls !== undefined) throw addressFault(address, '"ws:" is not encrypted', 'a "wss:" URL beside tls');
  return { kind: 'websocket', url: text, tls: undefined };
}
