import { createPrivateKey } from 'node:crypto';
import process from 'node:process';
import { inspect } from 'node:util';

import { type Address, AddressError } from '@qmp/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';

import { parseAddress } from '../address/parse-address.ts';
import { nodeConnector } from '../node-connector.ts';
import { runtime } from '../runtime.test-kit.ts';
import { patient } from '../sockets.test-kit.ts';
import { TestAuthority } from './certificates.test-kit.ts';

const authority = new TestAuthority();
const { cert, key } = authority.issue();
const ca = authority.cert;
const psk = { identity: 'qemu', key: 'c0ffee' };
const locked = createPrivateKey(key)
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'sesame' })
  .toString();

function withTls(tls: unknown): Address {
  return { host: 'vm.example', port: 4444, tls } as Address;
}

/** The error that such a `tls` gives. */
function faultOf(tls: unknown): AddressError {
  try {
    parseAddress(withTls(tls));
  } catch (error) {
    if (error instanceof AddressError) return error;
    throw error;
  }
  throw new Error('there was no error');
}

describe('TLS', () => {
  it.each([
    ['tls:vm.example:4444', 'vm.example', 4444],
    ['tls:[::1]:4444', '::1', 4444],
    ['tls::4444', 'localhost', 4444],
  ])('is what %j asks for', (text, host, port) => {
    expect(parseAddress(text)).toEqual({ kind: 'tls', host, port, tls: {} });
  });

  it.each([
    true,
    {},
    { ca },
    { ca: [ca, Buffer.from(ca)] },
    { ca, cert, key },
    { cert: Buffer.from(cert), key: new TextEncoder().encode(key) },
    { cert, key: locked, passphrase: 'sesame' },
    { servername: 'other.example' },
    { ca: undefined, dangerouslyAcceptAnyCertificate: true },
  ])('takes the options of case %#', (tls) => {
    expect(parseAddress(withTls(tls))).toMatchObject({ kind: 'tls', tls: tls === true ? {} : tls });
  });

  it('may be left to false and undefined, for those who decide later', () => {
    expect(parseAddress(withTls(false))).toMatchObject({ kind: 'tcp' });
    expect(parseAddress(withTls(undefined))).toMatchObject({ kind: 'tcp' });
  });

  it('copies the options, which may change later', () => {
    const tls = { servername: 'a.example' };
    const parsed = parseAddress(withTls(tls));
    tls.servername = 'b.example';
    expect(parsed).toMatchObject({ tls: { servername: 'a.example' } });
  });

  it('goes over TCP only', () => {
    expect(() => parseAddress({ path: '/run/vm.sock', tls: true })).toThrow(
      'TLS goes over TCP only; expected { host, port, tls }',
    );
  });

  it.each([
    ['tls://vm.example:4444/', 'it is spelled like a URL; expected "tls:vm.example:4444"'],
    ['tls:vm.example', 'its port is missing; expected "host:port"'],
    ['tls:vm.example:4444,tls-creds=tls0', 'is for QEMU\'s command line only; expected "tls:vm.example:4444"'],
  ])('is refused as %j', (text, message) => {
    expect(() => parseAddress(text)).toThrow(message);
  });

  it.each([
    ['yes', 'its tls is no object; expected true, false or { ca, cert, key, … }'],
    [null, 'its tls is no object'],
    [
      { rejectUnauthorized: false },
      'there is no TLS option "rejectUnauthorized"; expected one of ca, cert, key, passphrase, servername, psk, dangerouslyAcceptAnyCertificate',
    ],
    [{ toString: 1 }, 'there is no TLS option "toString"'],
    [{ ca: 7 }, 'its tls.ca is something else; expected the text or the bytes of a PEM file, or a list'],
    [{ ca: [] }, 'its tls.ca is something else'],
    [{ ca: [ca, null] }, 'its tls.ca is something else'],
    [{ cert: '' }, 'its tls.cert is something else; expected the text or the bytes of a PEM file'],
    [{ key: new Uint8Array() }, 'its tls.key is something else'],
    [{ passphrase: 7 }, 'its tls.passphrase is something else; expected a text'],
    [{ servername: '' }, 'its tls.servername is something else; expected a host name or an IP address'],
    [
      { dangerouslyAcceptAnyCertificate: 'yes' },
      'its tls.dangerouslyAcceptAnyCertificate is something else; expected true or',
    ],
    [{ cert }, 'its tls has a cert without its key; expected both'],
    [{ key }, 'its tls has a key without its cert; expected both'],
    [{ passphrase: 'sesame' }, 'its tls has a passphrase without a key; expected both'],
    [
      { ca: '/etc/pki/ca.pem' },
      'there is no certificate in its tls.ca; expected the text of a PEM file ("-----BEGIN CERTIFICATE-----" and so on), not its path',
    ],
    [{ ca: [ca, key] }, 'there is no certificate in its tls.ca'],
    [{ ca: ca.replace('MII', 'AAA') }, 'its tls.ca is broken: '],
    [{ cert: key, key }, 'there is no certificate in its tls.cert'],
    [{ cert, key: cert }, 'there is no private key in its tls.key'],
    [{ cert, key: key.replace('MIG', 'AAA') }, 'its tls.key is broken: '],
    [
      { cert: authority.issue().cert, key },
      'its tls.key is not the key of its tls.cert; expected the two that were made together',
    ],
    [{ cert, key: locked }, 'its tls.key is encrypted; expected the passphrase that it was encrypted with'],
    [{ cert, key: locked, passphrase: 'x' }, 'its tls.passphrase does not open its tls.key; expected the passphrase'],
  ])('is refused with the options of case %#', (tls, message) => {
    expect(faultOf(tls).message).toContain(message);
  });
});

describe('a pre-shared key', () => {
  it.for([psk, { identity: 'qemu', key: 'C0FFEE' }, { identity: 'é'.repeat(64), key: new Uint8Array(256) }])(
    'may be that of case %#',
    (value, { skip }) => {
      skip(runtime !== 'Node', 'only Node has pre-shared keys');
      expect(parseAddress(withTls({ psk: value }))).toMatchObject({ kind: 'tls', tls: { psk: value } });
    },
  );

  it.each([
    ['c0ffee', 'its tls.psk is something else; expected { identity, key }'],
    [{ ...psk, hint: 'x' }, 'its tls.psk has a member "hint"; expected { identity, key }'],
    [{ key: 'c0ffee' }, 'its tls.psk.identity is no name; expected what stands before the ":" in keys.psk'],
    [{ ...psk, identity: '' }, 'its tls.psk.identity is no name'],
    [{ ...psk, identity: 'a\0b' }, 'its tls.psk.identity is no name'],
    [{ ...psk, identity: 'é'.repeat(65) }, 'its tls.psk.identity is too long; expected at most 128 bytes'],
    [{ identity: 'qemu' }, 'its tls.psk.key is no key; expected an even number of hexadecimal digits'],
    [{ ...psk, key: '' }, 'its tls.psk.key is no key'],
    [{ ...psk, key: 'c0ffe' }, 'its tls.psk.key is no key'],
    [{ ...psk, key: 'coffee' }, 'its tls.psk.key is no key'],
    [{ ...psk, key: new Uint8Array() }, 'its tls.psk.key is 0 bytes long; expected from 1 to 256 bytes'],
    [{ ...psk, key: 'c0'.repeat(257) }, 'its tls.psk.key is 257 bytes long; expected from 1 to 256 bytes'],
  ])('is refused in case %#', (value, message) => {
    expect(faultOf({ psk: value }).message).toContain(message);
  });

  it.each([{ ca }, { cert, key }, { passphrase: 'x' }, { dangerouslyAcceptAnyCertificate: true }])(
    'takes the place of the options of case %#',
    (others) => {
      const [name] = Object.keys(others);
      expect(faultOf({ psk, ...others }).message).toContain(
        `its tls has both psk and ${name}; expected one or the other`,
      );
    },
  );

  it.each(['bun', 'deno'])('is refused by %s, which has none', (name) => {
    const original = Object.getOwnPropertyDescriptor(process, 'versions');
    Object.defineProperty(process, 'versions', { ...original, value: { ...process.versions, [name]: '1.0' } });
    onTestFinished(() => void Object.defineProperty(process, 'versions', { ...original }));
    expect(faultOf({ psk }).message).toContain('this runtime has no pre-shared keys; expected certificates, or Node');
  });
});

describe('a secret', () => {
  it.each([
    { cert, key, passphrase: 'sesame', extra: 1 },
    { psk: { identity: 'qemu', key: 'c0ffee', hint: '' } },
    key,
    ['c0ffee'],
  ])('is not in the error of case %#, whatever prints that', (tls) => {
    const fault = faultOf(tls);
    expect(fault.address).toEqual({ host: 'vm.example', port: 4444, tls: '(not shown)' });
    const printed = [fault.message, fault.stack, inspect(fault, { depth: Infinity }), JSON.stringify(fault)].join('\n');
    for (const secret of ['c0ffee', 'sesame', key.slice(40, 80)]) expect(printed).not.toContain(secret);
  });
});

describe('a TLS listener', () => {
  it.each([
    ['tls:127.0.0.1:0', 'a TLS listener has to prove who it is; expected the TLS options cert and key, or psk'],
    [{ host: '127.0.0.1', port: 0, tls: { ca } }, 'a TLS listener has to prove who it is'],
    [
      { host: '127.0.0.1', port: 0, tls: { cert, key, servername: 'x' } },
      'the TLS option servername is for dialing; expected a listener without it',
    ],
    [
      { host: '127.0.0.1', port: 0, tls: { cert, key, dangerouslyAcceptAnyCertificate: true } },
      'the TLS option dangerouslyAcceptAnyCertificate is for dialing',
    ],
  ])('is refused in case %#', (address, message) => {
    expect(() => nodeConnector.listen(address, { signal: patient })).toThrow(message);
  });
});
