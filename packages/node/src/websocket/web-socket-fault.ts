import { describeCause } from '@qmp/protocol';

import type { WebSocketEndpoint } from '../address/parsed-address.ts';
import { dialFault } from '../dial/dial-fault.ts';
import { DialError } from '../errors/dial-error.ts';
import { systemErrorCode } from '../errors/system-error-code.ts';

/** What a server means that answers with another HTTP status than 101. */
const STATUSES: { readonly [status: string]: string } = {
  400: 'does not take this handshake',
  401: 'asks for a password',
  403: 'forbids it',
  404: 'has no WebSocket at this path (QEMU has one at "/" only)',
  502: 'cannot reach what is behind it',
  503: 'cannot reach what is behind it',
  504: 'cannot reach what is behind it',
};

/** What the encrypted link under a WebSocket makes of an error, if it is one of its own. */
export type TlsFault = (cause: unknown) => Error | undefined;

/** Makes a sentence of why a WebSocket could not be opened, out of what the platform says. */
export async function webSocketFault(
  address: WebSocketEndpoint,
  error: unknown,
  tlsFault?: TlsFault,
): Promise<DialError> {
  const { url } = address;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const words = describeCause(cause);
  if (/wrong.version.number/i.test(words)) {
    return fault('TLS_NOT_SPOKEN', `${url} does not speak TLS; expected that, or "${url.replace(/^wss/i, 'ws')}"`);
  }
  const known = tlsFault?.(cause);
  if (known instanceof DialError) return known;
  const code = systemErrorCode(cause);
  if (code.startsWith('HPE_')) return fault('NO_HTTP', `${url} is no WebSocket server: it does not speak HTTP`);
  if (code !== 'UNKNOWN') return await dialFault(address, cause);
  // ws, Deno and Bun each have words of their own around it.
  const [, status] = /(?:response|code): (\d{3})$/.exec(words) ?? [];
  if (status === undefined) return fault('WEBSOCKET_NOT_OPENED', describeCause(error));
  const meaning = STATUSES[status] ?? 'is no WebSocket server, or not at this path';
  return fault(`HTTP_${status}`, `${url} ${meaning}: expected HTTP status 101, got ${status}`);

  function fault(name: string, sentence: string): DialError {
    return new DialError(`${sentence} (${name})`, { code: name, address: url, cause });
  }
}
