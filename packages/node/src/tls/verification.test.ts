import { X509Certificate } from 'node:crypto';

import type { TlsOptions } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';

import { TestAuthority } from './certificates.test-kit.ts';
import { verification } from './verification.ts';

const certificate = new X509Certificate(new TestAuthority().issue({ hosts: ['vm.example'] }).cert).toLegacyObject();
const NO_CERTIFICATE = {} as typeof certificate;
const psk = { identity: 'qemu', key: 'c0ffee' };

function verificationOf(host: string, tls: TlsOptions = {}) {
  return verification({ kind: 'tls', host, port: 4444, tls });
}

/** What is wrong with the identity that a server shows, whose chain of certificates is trusted already. */
function identityFault(tls: TlsOptions, shown = certificate, host = 'vm.example'): unknown {
  return verificationOf(host, tls).checkServerIdentity?.('', shown);
}

describe('verification', () => {
  it.each([
    ['vm.example', {}, 'vm.example'],
    ['127.0.0.1', {}, undefined],
    ['fe80::1%eth0', {}, undefined],
    ['127.0.0.1', { servername: 'vm.example' }, 'vm.example'],
    ['vm.example', { servername: '192.0.2.7' }, undefined],
  ])('of %s with %j sends the name of %s', (host, tls, servername) => {
    expect(verificationOf(host, tls).servername).toBe(servername);
  });

  it('takes the name that is expected, and no other', () => {
    expect(identityFault({})).toBeUndefined();
    expect(identityFault({}, certificate, 'other.example')).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(identityFault({ servername: 'other.example' })).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('takes no certificate instead of a pre-shared key, however much it is trusted', () => {
    expect(identityFault({ psk })).toMatchObject({ code: 'TLS_PSK_UNUSED' });
    expect(identityFault({ psk }, NO_CERTIFICATE)).toBeUndefined();
  });

  it('is on unless it is switched off by name', () => {
    for (const tls of [{}, { psk }, { dangerouslyAcceptAnyCertificate: false }]) {
      expect(verificationOf('vm.example', tls).rejectUnauthorized).toBe(true);
    }
    const off = { dangerouslyAcceptAnyCertificate: true };
    expect(verificationOf('vm.example', off).rejectUnauthorized).toBe(false);
    expect(identityFault(off, certificate, 'other.example')).toBeUndefined();
  });
});
