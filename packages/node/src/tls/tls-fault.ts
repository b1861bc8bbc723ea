import type { PeerCertificate } from 'node:tls';

import { describeAddress, type TlsEndpoint } from '../address/parsed-address.ts';
import { DialError } from '../errors/dial-error.ts';
import { systemErrorCode } from '../errors/system-error-code.ts';
import { alertSentence, pskSentence } from './alert-sentence.ts';
import { certificateSentence } from './certificate-sentence.ts';
import type { TlsSentence } from './tls-sentence.ts';

/** What plain text looks like to those who expect TLS. */
const NO_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
]);

/**
 * Makes a sentence of what has kept a TLS connection from being opened; of what has nothing to do with TLS, nothing.
 *
 * @param shown the server's certificate, where it is known.
 */
export function tlsFault(address: TlsEndpoint, cause: unknown, shown?: PeerCertificate): DialError | undefined {
  const sentence =
    certificateSentence(address, cause, shown) ?? alertSentence(address.tls, cause) ?? otherSentence(address, cause);
  return sentence === undefined ? undefined : sentenceFault(address, sentence, cause);
}

/**
 * Makes a sentence of the end of a TLS connection on which the server has not said a word. With TLS 1.3 that is how a
 * client learns that its certificate is missing or refused (RFC 8446, section 4.4.2.4), and with QEMU always.
 */
export function earlyEndFault(address: TlsEndpoint, cause: Error | undefined): Error {
  const isEnd = cause === undefined || systemErrorCode(cause) === 'ECONNRESET';
  const sentence = isEnd ? refusalSentence(address) : alertSentence(address.tls, cause);
  return sentence === undefined ? (cause as Error) : sentenceFault(address, sentence, cause);
}

function otherSentence(address: TlsEndpoint, error: unknown): TlsSentence | undefined {
  const code = systemErrorCode(error);
  if (NO_TLS.has(code)) {
    const plain = describeAddress(address).replace(/^tls/, 'tcp');
    return { code: 'TLS_NOT_SPOKEN', text: `the server does not speak TLS; expected one that does, or "${plain}"` };
  }
  const isTcpFault = error instanceof Error && 'syscall' in error && error.syscall === 'connect';
  if (code !== 'ECONNRESET' || isTcpFault) return undefined;
  const { psk } = address.tls;
  if (psk === undefined) {
    const why = 'it may expect a pre-shared key (the TLS option psk), or be no TLS server';
    return { code, text: `the server hung up during the TLS handshake; ${why}` };
  }
  return pskSentence(psk.identity);
}

function refusalSentence({ tls }: TlsEndpoint): TlsSentence {
  const what = 'the server hung up after the TLS handshake, without a word';
  const code = 'TLS_REFUSED';
  if (tls.psk !== undefined) return { code, text: what };
  const why =
    tls.cert === undefined
      ? 'if it asks for a client certificate (QEMU with verify-peer=yes), the TLS options cert and key are missing'
      : 'it may not accept the client certificate; expected one from an authority that it trusts';
  return { code, text: `${what}; ${why}` };
}

function sentenceFault(address: TlsEndpoint, { text, code }: TlsSentence, cause: unknown): DialError {
  const where = { code, address: describeAddress(address) };
  return new DialError(`${text} (${code})`, cause === undefined ? where : { ...where, cause });
}
