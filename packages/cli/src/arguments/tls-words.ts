/** The options about TLS, which every command has that takes an address; for `parseWords`. */
export const TLS_WORDS = {
  'tls-ca': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'tls-servername': { type: 'string' },
  'tls-psk': { type: 'string' },
  'tls-dangerously-accept-any-certificate': { type: 'boolean' },
} as const;

type WordType = { readonly string: string; readonly boolean: boolean };

/** What of them stands on a command line. */
export type TlsWords = {
  readonly [name in keyof typeof TLS_WORDS]?: WordType[(typeof TLS_WORDS)[name]['type']] | undefined;
};

/** The first of them that stands there. */
export function firstTlsWord(words: TlsWords): string | undefined {
  const found = Object.keys(TLS_WORDS).find((name) => words[name as keyof TlsWords] !== undefined);
  return found === undefined ? undefined : `--${found}`;
}

/** What the help says about them. */
export const TLS_HELP = `With an address that starts with tls: or wss:
--tls-ca FILE           the authorities that may vouch for QEMU (PEM); those that
                        this system knows where it is not given
--tls-cert FILE         the certificate that QEMU asks for (verify-peer=yes), and
--tls-key FILE          its private key (PEM)
--tls-servername NAME   the name that QEMU's certificate is for, if not the host's
--tls-psk FILE          a pre-shared key instead of all these: one line
                        identity:hexdigits, as in QEMU's keys.psk
--tls-dangerously-accept-any-certificate
                        talk to whoever answers; for tests
`;
