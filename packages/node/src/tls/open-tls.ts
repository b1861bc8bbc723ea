import type { PeerCertificate } from 'node:tls';

import type { TlsEndpoint } from '../address/parsed-address.ts';
import type { Link } from '../dial/link.ts';
import { earlyEndFault, tlsFault } from './tls-fault.ts';
import { tlsSettings } from './tls-settings.ts';
import { verification } from './verification.ts';

/** Begins to connect to a TLS server. The link is ready once the server has proved who it is. */
export function openTls(address: TlsEndpoint): Link {
  // Loaded when it is needed: that takes longer than all the rest of this package.
  const { connect } = process.getBuiltinModule('node:tls');
  const { host, port, tls } = address;
  const socket = connect({ host, port, ...tlsSettings(tls), ...verification(address) });
  socket.setNoDelay(true);
  let shown: PeerCertificate | undefined;
  // When the certificate is refused, the socket is gone before its error is told: this is the last moment to look at it.
  socket.prependOnceListener('secure', () => {
    shown = socket.getPeerCertificate();
  });
  return {
    socket,
    readyEvent: 'secureConnect',
    openingFault: (error) => tlsFault(address, error, shown),
    earlyEndFault: (error) => earlyEndFault(address, error),
  };
}
