import type { Server, TLSSocket } from 'node:tls';

import type { PreSharedKey, TlsOptions } from '@qmp/protocol';

import { pskBytes, tlsSettings } from './tls-settings.ts';

/** Node would hold on to a peer that says nothing for two minutes. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** A server that lets in who proves to be trusted: by a certificate where authorities are given, or by the key. */
export function createTlsServer(tls: TlsOptions): Server {
  const { createServer } = process.getBuiltinModule('node:tls');
  const { ca, psk } = tls;
  return createServer({
    ...tlsSettings(tls),
    noDelay: true,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    requestCert: ca !== undefined,
    rejectUnauthorized: ca !== undefined,
    ...(psk === undefined ? {} : { pskCallback: keyOf(psk) }),
  });
}

/** Who comes by another identity gets no key, and so no connection. */
function keyOf(psk: PreSharedKey): (socket: TLSSocket, identity: string) => Buffer | null {
  return (_, identity) => (identity === psk.identity ? pskBytes(psk) : null);
}
