import type { PeerCertificate } from 'node:tls';

import type { TlsEndpoint } from '../address/parsed-address.ts';
import { systemErrorCode } from '../errors/system-error-code.ts';
import type { TlsSentence } from './tls-sentence.ts';

/** How OpenSSL says that a chain of certificates does not end at somebody who is trusted. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'CERT_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What is wrong with the certificate that the server has shown, and what was expected; nothing of other errors. */
export function certificateSentence(
  { host, tls }: TlsEndpoint,
  error: unknown,
  shown: PeerCertificate | undefined,
): TlsSentence | undefined {
  const code = systemErrorCode(error);
  if (tls.psk !== undefined && (UNTRUSTED.has(code) || code === 'TLS_PSK_UNUSED')) {
    const text = 'the server shows a certificate; expected one that proves itself by the pre-shared key';
    return { code: 'TLS_PSK_UNUSED', text };
  }
  if (UNTRUSTED.has(code)) return { code, text: untrusted(tls.ca !== undefined, shown) };
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID': {
      const expected = 'expected one of its names as the host, or in the TLS option servername';
      const names = namesOf((error as { readonly cert?: PeerCertificate }).cert);
      return { code, text: `the server's certificate is for ${names}, not for ${tls.servername ?? host}; ${expected}` };
    }
    case 'CERT_HAS_EXPIRED':
      return { code, text: `${expired(shown)}; expected one that is valid` };
    case 'CERT_NOT_YET_VALID':
      return { code, text: `${notYetValid(shown)}; expected one that is valid` };
    default:
      return undefined;
  }
}

function untrusted(isAuthorityGiven: boolean, shown: PeerCertificate | undefined): string {
  const issuer = shown?.issuer.CN;
  const isSelfSigned = issuer !== undefined && issuer === shown?.subject.CN;
  const origin =
    issuer === undefined ? '' : isSelfSigned ? ' (signed by itself)' : ` (issued by ${JSON.stringify(issuer)})`;
  const expected = isAuthorityGiven
    ? 'one from an authority in the TLS option ca'
    : 'one from a public authority, or its own authority in the TLS option ca';
  return `the server's certificate${origin} is not trusted; expected ${expected}`;
}

/** With the date where it is the server's own certificate that is meant, and not that of an authority above it. */
function expired(shown: PeerCertificate | undefined): string {
  const now = new Date();
  const end = new Date(shown?.valid_to ?? NaN);
  if (!(end < now)) return "the server's certificate, or one above it, has expired";
  return `the server's certificate expired at ${end.toISOString()} (the clock here says ${now.toISOString()})`;
}

function notYetValid(shown: PeerCertificate | undefined): string {
  const now = new Date();
  const start = new Date(shown?.valid_from ?? NaN);
  if (!(start > now)) return "the server's certificate, or one above it, is not valid yet";
  return `the server's certificate is not valid before ${start.toISOString()} (the clock here says ${now.toISOString()})`;
}

function namesOf(certificate: PeerCertificate | undefined): string {
  const { subjectaltname, subject } = certificate ?? {};
  if (subjectaltname === undefined || subjectaltname === '') return JSON.stringify(subject?.CN ?? 'nobody');
  return subjectaltname.replaceAll(/(?:DNS|IP Address):/g, '');
}
