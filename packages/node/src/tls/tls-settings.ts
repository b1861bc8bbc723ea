import type { SecureContextOptions } from 'node:tls';

import type { Pem, PreSharedKey, TlsOptions } from '@qmp/protocol';

/**
 * The suites of TLS 1.3, which serve certificates and keys alike, and those of TLS 1.2 that need a pre-shared key: Node
 * offers none of these by itself.
 */
const PSK_CIPHERS = 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:PSK+HIGH';

/** What a connection and a listener of `node:tls` are both given. */
export function tlsSettings({ ca, cert, key, passphrase, psk }: TlsOptions): SecureContextOptions {
  return {
    ...(ca === undefined ? {} : { ca: isList(ca) ? ca.map(nodePem) : nodePem(ca) }),
    ...(cert === undefined ? {} : { cert: nodePem(cert) }),
    ...(key === undefined ? {} : { key: nodePem(key) }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(psk === undefined ? {} : { ciphers: PSK_CIPHERS }),
  };
}

/** The bytes of a pre-shared key. */
export function pskBytes({ key }: PreSharedKey): Buffer {
  return typeof key === 'string' ? Buffer.from(key, 'hex') : Buffer.from(key);
}

function nodePem(pem: Pem): string | Buffer {
  return typeof pem === 'string' ? pem : Buffer.from(pem);
}

function isList(ca: Pem | readonly Pem[]): ca is readonly Pem[] {
  return Array.isArray(ca);
}
