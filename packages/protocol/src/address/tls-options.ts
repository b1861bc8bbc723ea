/** The text of a PEM file, or its bytes. */
export type Pem = string | Uint8Array;

/**
 * How a TLS connection proves who is who. The peer's certificate is always verified, unless it is replaced by a
 * pre-shared key or switched off by the name that says so.
 */
export interface TlsOptions {
  /**
   * The authorities whose certificates are trusted, instead of those that the platform knows. A listener that has them
   * asks its peers for certificates, and refuses those that have none from them.
   */
  readonly ca?: Pem | readonly Pem[] | undefined;
  /** This side's certificate, with those that lead to its authority behind it. QEMU wants one with `verify-peer=yes`. */
  readonly cert?: Pem | undefined;
  /** The private key of `cert`. */
  readonly key?: Pem | undefined;
  /** Opens `key`, where that is encrypted. */
  readonly passphrase?: string | undefined;
  /** The name that the server's certificate has to be for; the host of the address if left out. */
  readonly servername?: string | undefined;
  /** A secret that both sides know, instead of certificates (QEMU's `tls-creds-psk`). */
  readonly psk?: PreSharedKey | undefined;
  /** Talks to anybody who answers, which is no protection from whoever is in between. For tests. */
  readonly dangerouslyAcceptAnyCertificate?: boolean | undefined;
}

/** A key that both sides know, by a name that tells which one is meant: a line `identity:key` of QEMU's `keys.psk`. */
export interface PreSharedKey {
  readonly identity: string;
  /** Its bytes, or those in hexadecimal digits as in `keys.psk`. */
  readonly key: string | Uint8Array;
}
