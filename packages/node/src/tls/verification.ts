import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

import type { TlsEndpoint } from '../address/parsed-address.ts';
import { pskBytes } from './tls-settings.ts';

/** How a server proves who it is, as `node:tls` takes it. */
export function verification({ host, tls }: TlsEndpoint): ConnectionOptions {
  const { checkServerIdentity } = process.getBuiltinModule('node:tls');
  const { psk, servername = host.replace(/%.*$/, ''), dangerouslyAcceptAnyCertificate: acceptsAny = false } = tls;
  return {
    rejectUnauthorized: !acceptsAny,
    // An IP address may be what the certificate is for, but it is not sent as a name (RFC 6066, section 3).
    ...(isIP(servername) === 0 ? { servername } : {}),
    checkServerIdentity: (_, certificate) => {
      if (acceptsAny) return undefined;
      if (psk === undefined) return checkServerIdentity(servername, certificate);
      // A server that has proved to know the key shows no certificate.
      return Object.keys(certificate).length > 0 ? unusedPsk() : undefined;
    },
    ...(psk === undefined ? {} : { pskCallback: () => ({ identity: psk.identity, psk: pskBytes(psk) }) }),
  };
}

function unusedPsk(): Error {
  const error = new Error('The server shows a certificate where a pre-shared key was expected');
  return Object.assign(error, { code: 'TLS_PSK_UNUSED' });
}
