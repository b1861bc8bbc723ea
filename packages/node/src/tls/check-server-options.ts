import type { TlsOptions } from '@qmp/protocol';

import { addressFault } from '../address/address-fault.ts';

/** Sees to it that a listener can prove who it is, and is told nothing that only a client can do. */
export function checkServerOptions(tls: TlsOptions, address: unknown): void {
  if (tls.cert === undefined && tls.psk === undefined) {
    throw addressFault(address, 'a TLS listener has to prove who it is', 'the TLS options cert and key, or psk');
  }
  for (const name of ['servername', 'dangerouslyAcceptAnyCertificate'] as const) {
    if (tls[name] === undefined) continue;
    throw addressFault(address, `the TLS option ${name} is for dialing`, 'a listener without it');
  }
}
