import type { TlsOptions } from '@qmp/protocol';

import { systemErrorCode } from '../errors/system-error-code.ts';
import type { TlsSentence } from './tls-sentence.ts';

/** Runtimes name an alert after the version that has brought it: SSLV3, TLSV1, TLSV13, or SSL/TLS. */
const ALERT = /^ERR_SSL_[A-Z\d/]+_ALERT_(.+)$/;

/** What a server may say to a pre-shared key that it does not have. */
const PSK_ALERT = /^(?:UNKNOWN_PSK_IDENTITY|DECRYPT_ERROR|ILLEGAL_PARAMETER|BAD_RECORD_MAC|HANDSHAKE_FAILURE)$/;
const CERTIFICATE_ALERT = /CERTIFICATE|^UNKNOWN_CA$|^ACCESS_DENIED$/;

/** What the server has against this client, in its own words of RFC 8446, section 6.2; nothing of other errors. */
export function alertSentence({ psk, cert }: TlsOptions, error: unknown): TlsSentence | undefined {
  const code = systemErrorCode(error);
  const [, alert] = ALERT.exec(code) ?? [];
  if (code === 'ERR_SSL_UNSUPPORTED_PROTOCOL') return noCommonVersion();
  if (alert === undefined) return undefined;
  if (psk !== undefined && PSK_ALERT.test(alert)) return pskSentence(psk.identity);
  if (/^PROTOCOL_VERSION$/.test(alert)) return noCommonVersion();
  if (alert === 'CERTIFICATE_REQUIRED') {
    const text = 'the server requires a client certificate; expected the TLS options cert and key';
    return { code: 'TLS_CLIENT_CERTIFICATE_REQUIRED', text };
  }
  const words = alert.toLowerCase().replaceAll('_', ' ');
  if (cert !== undefined && CERTIFICATE_ALERT.test(alert)) {
    const text = `the server does not accept the client certificate (${words}); expected one from an authority that it trusts`;
    return { code: 'TLS_CLIENT_CERTIFICATE_REFUSED', text };
  }
  const missing = cert === undefined ? 'it requires a client certificate or a pre-shared key, or ' : '';
  const text = `the server refused the TLS handshake (${words}); perhaps ${missing}there is no cipher that both sides know`;
  return { code: 'TLS_REFUSED', text };
}

/** What it means that a server does not go on with a pre-shared key. */
export function pskSentence(identity: string): TlsSentence {
  const who = JSON.stringify(identity);
  const text = `the server refused the pre-shared key; expected that it knows the identity ${who} by the same key`;
  return { code: 'TLS_PSK_REFUSED', text };
}

function noCommonVersion(): TlsSentence {
  const text = `the server has no version of TLS in common with Node ${process.versions.node}; expected TLS 1.2 or 1.3`;
  return { code: 'TLS_VERSION', text };
}
