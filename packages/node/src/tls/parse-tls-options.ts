import type { TlsOptions } from '@qmp/protocol';

import { addressFault } from '../address/address-fault.ts';
import { checkPem } from './check-pem.ts';
import { pskFault } from './psk-fault.ts';

const PEM = 'the text or the bytes of a PEM file';

/** What each option may be, and how errors say so. */
const EXPECTED: { readonly [name in keyof TlsOptions]-?: readonly [(value: unknown) => boolean, string] } = {
  ca: [(value) => (Array.isArray(value) ? value.length > 0 && value.every(isPem) : isPem(value)), `${PEM}, or a list`],
  cert: [isPem, PEM],
  key: [isPem, PEM],
  passphrase: [isText, 'a text'],
  servername: [isText, 'a host name or an IP address'],
  psk: [isObject, '{ identity, key }'],
  dangerouslyAcceptAnyCertificate: [(value) => typeof value === 'boolean', 'true or false'],
};

/** What makes no sense beside a pre-shared key, which takes the place of all certificates. */
const INSTEAD_OF_PSK = ['ca', 'cert', 'key', 'passphrase', 'dangerouslyAcceptAnyCertificate'] as const;

/**
 * Reads the `tls` of an address, which is not `undefined` and not `false`; `address` is what errors quote, without what
 * is secret in it.
 *
 * @throws AddressError for an option that is unknown, of the wrong type, or at odds with another; and for a certificate
 *   or a key that cannot be read.
 */
export function parseTlsOptions(tls: unknown, address: unknown): TlsOptions {
  if (tls === true) return {};
  if (!isObject(tls)) throw addressFault(address, 'its tls is no object', 'true, false or { ca, cert, key, … }');
  for (const [name, value] of Object.entries(tls)) checkOption(name, value, address);
  const options: TlsOptions = { ...tls };
  checkTogether(options, address);
  checkPem(options, address);
  return options;
}

function checkOption(name: string, value: unknown, address: unknown): void {
  if (!Object.hasOwn(EXPECTED, name)) {
    const fault = `there is no TLS option ${JSON.stringify(name)}`;
    throw addressFault(address, fault, `one of ${Object.keys(EXPECTED).join(', ')}`);
  }
  const [isRight, expected] = EXPECTED[name as keyof TlsOptions];
  if (value !== undefined && !isRight(value))
    throw addressFault(address, `its tls.${name} is something else`, expected);
}

function checkTogether(options: TlsOptions, address: unknown): void {
  const { cert, key, passphrase, psk } = options;
  if (psk !== undefined) {
    const other = INSTEAD_OF_PSK.find((name) => options[name] !== undefined);
    if (other !== undefined) throw addressFault(address, `its tls has both psk and ${other}`, 'one or the other');
    const fault = pskFault(psk);
    if (fault !== undefined) throw addressFault(address, ...fault);
    if ('bun' in process.versions || 'deno' in process.versions) {
      throw addressFault(address, 'this runtime has no pre-shared keys', 'certificates, or Node');
    }
  }
  if ((cert === undefined) !== (key === undefined)) {
    const [there, missing] = cert === undefined ? ['key', 'cert'] : ['cert', 'key'];
    throw addressFault(address, `its tls has a ${there} without its ${missing}`, 'both');
  }
  if (passphrase !== undefined && key === undefined) {
    throw addressFault(address, 'its tls has a passphrase without a key', 'both');
  }
}

function isPem(value: unknown): boolean {
  return isText(value) || (value instanceof Uint8Array && value.byteLength > 0);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
