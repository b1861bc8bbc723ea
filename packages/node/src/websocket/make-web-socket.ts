import type { TlsOptions } from '@qmp/protocol';
import type { WebSocketLike } from '@qmp/protocol/websocket';

import type { TlsEndpoint, WebSocketEndpoint } from '../address/parsed-address.ts';
import type { Link } from '../dial/link.ts';
import { DialError } from '../errors/dial-error.ts';
import { systemErrorCode } from '../errors/system-error-code.ts';
import { openTls } from '../tls/open-tls.ts';
import { tlsSettings } from '../tls/tls-settings.ts';
import type { loadWs } from './load-ws.ts';

/** No text is longer in V8, so this is the most that a relay can send in one piece to any use. */
const LONGEST_PIECE_BYTES = 512 * 1024 * 1024;

/**
 * Makes a WebSocket that begins to open: one of `ws` where there is that package, otherwise the platform's.
 *
 * @param onTls told of the encrypted link under it, where this package makes that.
 * @throws DialError when only `ws` will do, and is not there.
 */
export function makeWebSocket(
  { url, tls }: WebSocketEndpoint,
  ws: Awaited<ReturnType<typeof loadWs>>,
  onTls: (link: Link) => void,
): WebSocketLike {
  if (!(ws instanceof Error)) {
    const createConnection = (): Link['socket'] => {
      const link = openTls(tlsEndpoint(url, tls ?? {}));
      onTls(link);
      return link.socket;
    };
    return new ws.WebSocket(url, {
      perMessageDeflate: false,
      maxPayload: LONGEST_PIECE_BYTES,
      ...(tls === undefined ? {} : { createConnection }),
    });
  }
  const hasTlsOptions = Object.values(tls ?? {}).some((option) => option !== undefined);
  if (!('WebSocket' in globalThis)) throw missingWs(ws, url, `${url} on this version of Node`);
  if (!hasTlsOptions) return new WebSocket(url);
  if ('bun' in process.versions) return new WebSocket(url, bunOptions(tls ?? {}));
  throw missingWs(ws, url, `${url} with TLS options`);
}

function tlsEndpoint(text: string, tls: TlsOptions): TlsEndpoint {
  const { hostname, port } = new URL(text);
  return { kind: 'tls', host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? 443 : Number(port), tls };
}

/** Bun's WebSocket takes what its `node:tls` takes. */
function bunOptions(tls: TlsOptions): object {
  const { servername, dangerouslyAcceptAnyCertificate: acceptsAny = false } = tls;
  const name = servername === undefined ? {} : { servername };
  return { tls: { ...tlsSettings(tls), ...name, rejectUnauthorized: !acceptsAny } };
}

function missingWs(cause: Error, address: string, what: string): DialError {
  const code = systemErrorCode(cause);
  const message = `${what} takes the npm package "ws", which cannot be loaded (${code}): npm install ws`;
  return new DialError(message, { code, address, cause });
}
