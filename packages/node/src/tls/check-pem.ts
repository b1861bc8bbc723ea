import type { KeyObject, X509Certificate } from 'node:crypto';

import { describeCause, type Pem, type TlsOptions } from '@qmp/protocol';

import { addressFault } from '../address/address-fault.ts';
import { systemErrorCode } from '../errors/system-error-code.ts';

const CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/;
const PRIVATE_KEY = /-----BEGIN (?:\w+ )*PRIVATE KEY-----/;

/**
 * Sees to it that certificates and keys can be read and belong together. `node:tls` would take no notice of some that
 * cannot, and its errors do not tell which one is meant.
 *
 * @throws AddressError
 */
export function checkPem({ ca, cert, key, passphrase }: TlsOptions, address: unknown): void {
  const authorities = ca === undefined ? [] : isList(ca) ? ca : [ca];
  for (const authority of authorities) readCertificate('ca', authority, address);
  if (cert === undefined || key === undefined) return;
  const certificate = readCertificate('cert', cert, address);
  if (!certificate.checkPrivateKey(readKey(key, passphrase, address))) {
    throw addressFault(address, 'its tls.key is not the key of its tls.cert', 'the two that were made together');
  }
}

function readCertificate(name: 'ca' | 'cert', pem: Pem, address: unknown): X509Certificate {
  const text = textOf(pem);
  if (!CERTIFICATE.test(text)) throw missing(name, 'CERTIFICATE', address);
  try {
    return new (crypto().X509Certificate)(text);
  } catch (error) {
    throw broken(name, error, address);
  }
}

function readKey(pem: Pem, passphrase: string | undefined, address: unknown): KeyObject {
  const text = textOf(pem);
  if (!PRIVATE_KEY.test(text)) throw missing('key', 'PRIVATE KEY', address);
  try {
    return crypto().createPrivateKey({ key: text, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (error) {
    if (!text.includes('ENCRYPTED')) throw broken('key', error, address);
    const fault =
      passphrase === undefined ? 'its tls.key is encrypted' : 'its tls.passphrase does not open its tls.key';
    throw addressFault(address, fault, 'the passphrase that it was encrypted with', error);
  }
}

function missing(name: string, what: string, address: unknown): Error {
  const expected = `the text of a PEM file ("-----BEGIN ${what}-----" and so on), not its path`;
  return addressFault(address, `there is no ${what.toLowerCase()} in its tls.${name}`, expected);
}

function broken(name: string, error: unknown, address: unknown): Error {
  const why = `${describeCause(error)} (${systemErrorCode(error)})`;
  return addressFault(address, `its tls.${name} is broken: ${why}`, 'the text of a PEM file as it was made', error);
}

/** Loaded when it is needed: that takes longer than all the rest of this package. */
function crypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}

function isList(ca: Pem | readonly Pem[]): ca is readonly Pem[] {
  return Array.isArray(ca);
}

function textOf(pem: Pem): string {
  return typeof pem === 'string' ? pem : Buffer.from(pem).toString('latin1');
}
