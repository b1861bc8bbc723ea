import process from 'node:process';

import { beforeEach, describe, expect, it } from 'vitest';

import type { DialError } from '../errors/dial-error.ts';
import { runtime } from '../runtime.test-kit.ts';
import { readAll } from '../sockets.test-kit.ts';
import { TestAuthority } from './certificates.test-kit.ts';
import {
  authority,
  dialTls,
  failureOf,
  psk,
  pskServer,
  startPlainServer,
  startTlsServer,
} from './tls-server.test-kit.ts';
import { earlyEndFault, tlsFault } from './tls-fault.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const ca = authority.cert;
const client = authority.issue({ usage: 'client', hosts: [] });
/** Only Node shows a certificate that it refuses. */
const issuer = runtime === 'Node' ? ' (issued by "Test CA")' : '';

describe('the certificate of the server', () => {
  it('is refused when its authority is none that the platform knows', async () => {
    const failure = await failureOf(await startTlsServer(), true);
    expect(failure.message).toBe(
      `the server's certificate${issuer} is not trusted; expected one from a public authority, or its own authority in the TLS option ca (UNABLE_TO_VERIFY_LEAF_SIGNATURE)`,
    );
    expect(failure).toMatchObject({ name: 'DialError', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(failure.address).toMatch(/^tls:127\.0\.0\.1:\d+$/);
    expect(failure.cause).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });

  it('is refused when its authority is none of those that were given', async () => {
    const failure = await failureOf(await startTlsServer(), { ca: new TestAuthority('Other CA').cert });
    expect(failure.message).toContain(
      `${issuer} is not trusted; expected one from an authority in the TLS option ca (UNABLE_TO_VERIFY`,
    );
  });

  it('is refused when its authority only has the name of the one that was given', async () => {
    const failure = await failureOf(await startTlsServer(), { ca: new TestAuthority().cert });
    expect(failure.message).toContain('is not trusted; expected one from an authority in the TLS option ca');
    // Deno has one name for all that it does not trust.
    expect(failure.code).toMatch(/^(CERT_SIGNATURE_FAILURE|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/);
  });

  it('is refused when nobody else vouches for it', async ({ skip }) => {
    skip(runtime !== 'Node', 'only Node shows a certificate that it refuses');
    const self = new TestAuthority('vm.example');
    const failure = await failureOf(await startTlsServer(self.ownCertificate), { ca });
    expect(failure.message).toContain("the server's certificate (signed by itself) is not trusted; expected one from");
    expect(failure.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('is refused when it is for another host, which says whom it is for', async () => {
    const port = await startTlsServer(authority.issue({ hosts: ['vm.example', '192.0.2.7'] }));
    const expected = "the server's certificate is for vm.example, 192.0.2.7, not for";
    const remedy =
      'expected one of its names as the host, or in the TLS option servername (ERR_TLS_CERT_ALTNAME_INVALID)';
    expect((await failureOf(port, { ca })).message).toBe(`${expected} 127.0.0.1; ${remedy}`);
    expect((await failureOf(port, { ca, servername: 'other.example' })).message).toBe(
      `${expected} other.example; ${remedy}`,
    );
  });

  it('is refused when it is for a common name only, and says for which', async ({ skip }) => {
    skip(runtime === 'Deno', 'Deno leaves out the subject');
    const port = await startTlsServer(authority.issue({ subject: 'old.example', hosts: [] }));
    expect((await failureOf(port, { ca })).message).toContain('is for "old.example", not for 127.0.0.1');
  });

  it('is refused when it has expired', async ({ skip }) => {
    skip(runtime !== 'Node', 'only Node shows a certificate that it refuses');
    const notAfter = new Date('2024-02-29T12:00:00Z');
    const port = await startTlsServer(authority.issue({ notBefore: new Date('2023-01-01T00:00:00Z'), notAfter }));
    const failure = await failureOf(port, { ca });
    expect(failure.message).toMatch(
      /^the server's certificate expired at 2024-02-29T12:00:00\.000Z \(the clock here says 20.*Z\); expected one that is valid \(CERT_HAS_EXPIRED\)$/,
    );
  });

  it('is refused when it is not valid yet', async ({ skip }) => {
    skip(runtime !== 'Node', 'only Node shows a certificate that it refuses');
    const notBefore = new Date(Date.now() + DAY_MS);
    const port = await startTlsServer(authority.issue({ notBefore, notAfter: new Date(Date.now() + 2 * DAY_MS) }));
    const failure = await failureOf(port, { ca });
    expect(failure.message).toMatch(
      /^the server's certificate is not valid before 20.* \(the clock here says 20.*NOT_YET_VALID\)$/,
    );
    expect(failure.message).toContain(notBefore.toISOString().slice(0, 19));
  });

  it('may be refused for the sake of one above it', () => {
    const address = { kind: 'tls', host: 'vm.example', port: 1, tls: {} } as const;
    const expired = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' });
    const notYet = Object.assign(new Error('certificate is not yet valid'), { code: 'CERT_NOT_YET_VALID' });
    expect(tlsFault(address, expired)?.message).toContain("the server's certificate, or one above it, has expired;");
    expect(tlsFault(address, notYet)?.message).toContain(
      "the server's certificate, or one above it, is not valid yet;",
    );
  });
});

describe('the certificate of the client', () => {
  /** With TLS 1.3 a client learns only later what the server thinks of it. */
  async function lossOf(port: number, tls: Parameters<typeof dialTls>[1]): Promise<DialError> {
    const outcome: unknown = await readAll(await dialTls(port, tls)).catch((error: unknown) => error);
    return outcome as DialError;
  }

  it('is asked for by TLS 1.3 when it is missing', async () => {
    const loss = await lossOf(await startTlsServer({ ...authority.issue(), ca, requestCert: true }), { ca });
    expect(loss.message).toBe(
      'the server requires a client certificate; expected the TLS options cert and key (TLS_CLIENT_CERTIFICATE_REQUIRED)',
    );
    expect(loss).toMatchObject({ name: 'DialError', code: 'TLS_CLIENT_CERTIFICATE_REQUIRED' });
  });

  it('may be what is missing when TLS 1.2 refuses', async () => {
    const options = { ...authority.issue(), ca, requestCert: true, maxVersion: 'TLSv1.2' } as const;
    const failure = await failureOf(await startTlsServer(options), { ca });
    expect(failure.message).toBe(
      'the server refused the TLS handshake (handshake failure); perhaps it requires a client certificate or a pre-shared key, or there is no cipher that both sides know (TLS_REFUSED)',
    );
  });

  it('may be what is missing when the server hangs up without a word, as QEMU does', async () => {
    const loss = await lossOf(await startTlsServer(authority.issue(), (socket) => void socket.end()), { ca });
    expect(loss.message).toBe(
      'the server hung up after the TLS handshake, without a word; if it asks for a client certificate (QEMU with verify-peer=yes), the TLS options cert and key are missing (TLS_REFUSED)',
    );
    expect('cause' in loss).toBe(false);
  });

  it('may not be accepted when the server hangs up without a word', async () => {
    const other = new TestAuthority('Other CA').issue({ usage: 'client', hosts: [] });
    const loss = await lossOf(await startTlsServer({ ...authority.issue(), ca, requestCert: true }), { ca, ...other });
    expect(loss.message).toBe(
      'the server hung up after the TLS handshake, without a word; it may not accept the client certificate; expected one from an authority that it trusts (TLS_REFUSED)',
    );
  });

  it.each([
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'unknown ca'],
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'certificate expired'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'bad certificate'],
    ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', 'access denied'],
  ])('is refused by %s', (code, words) => {
    const address = { kind: 'tls', host: 'vm.example', port: 1, tls: { ca, ...client } } as const;
    const alert = Object.assign(new Error('alert'), { code });
    const expected = `the server does not accept the client certificate (${words}); expected one from an authority that it trusts (TLS_CLIENT_CERTIFICATE_REFUSED)`;
    expect(tlsFault(address, alert)?.message).toBe(expected);
    expect(earlyEndFault(address, alert).message).toBe(expected);
  });

  it('is not suspected when the connection breaks for other reasons, or after a word', async () => {
    const address = { kind: 'tls', host: 'vm.example', port: 1, tls: {} } as const;
    const unplugged = Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT' });
    expect(earlyEndFault(address, unplugged)).toBe(unplugged);
    const port = await startTlsServer(authority.issue(), (socket) => void socket.end('hello'));
    expect((await readAll(await dialTls(port, { ca }))).toString()).toBe('hello');
  });

  it('is not suspected when it is this side that has ended the connection', async () => {
    const transport = await dialTls(await startTlsServer(), { ca });
    await transport.close();
    expect(await readAll(transport)).toHaveLength(0);
  });
});

describe('a server without TLS', () => {
  it.each(['{"QMP": {"version": {}}}\r\n', 'HTTP/1.1 400 Bad Request\r\n\r\n'])(
    'gives itself away by %j',
    async (words) => {
      const port = await startPlainServer((socket) => void socket.write(words));
      expect((await failureOf(port, true)).message).toBe(
        `the server does not speak TLS; expected one that does, or "tcp:127.0.0.1:${port}" (TLS_NOT_SPOKEN)`,
      );
    },
  );

  it('may hang up, which may be over in a moment', async () => {
    const port = await startPlainServer((socket) => void socket.end());
    await expect(dialTls(port, true)).rejects.toMatchObject({
      message:
        'the server hung up during the TLS handshake; it may expect a pre-shared key (the TLS option psk), or be no TLS server (ECONNRESET)',
      code: 'ECONNRESET',
    });
  });

  it('may not be there at all, which TLS has nothing to say about', async () => {
    const address = { kind: 'tls', host: 'vm.example', port: 1, tls: { psk } } as const;
    const reset = Object.assign(new Error('connect ECONNRESET'), { code: 'ECONNRESET', syscall: 'connect' });
    expect(tlsFault(address, reset)).toBeUndefined();
    await expect(dialTls(1, true)).rejects.toMatchObject({
      message: 'nobody listens at tls:127.0.0.1:1 (ECONNREFUSED)',
    });
  });
});

describe('a pre-shared key, which only Node has,', () => {
  beforeEach(({ skip }) => skip(runtime !== 'Node', 'only Node has pre-shared keys'));

  const refusal =
    'the server refused the pre-shared key; expected that it knows the identity "qemu" by the same key (TLS_PSK_REFUSED)';
  const wrongKey = { ...psk, key: psk.key.replace('00', 'ff') };

  it.each(['TLSv1.3', 'TLSv1.2'] as const)('is refused when it is another one, by %s', async (maxVersion) => {
    const port = await startTlsServer({ ...pskServer, maxVersion });
    expect((await failureOf(port, { psk: wrongKey })).message).toBe(refusal);
  });

  it.each(['TLSv1.3', 'TLSv1.2'] as const)('is refused when nobody knows its identity, by %s', async (maxVersion) => {
    const port = await startTlsServer({ ...pskServer, maxVersion });
    const failure = await failureOf(port, { psk: { ...psk, identity: 'nobody' } });
    expect(failure.message).toBe(refusal.replace('"qemu"', '"nobody"'));
  });

  it('is refused when the server hangs up, as QEMU does', async () => {
    const port = await startPlainServer((socket) => void socket.resume().end());
    const failure = await failureOf(port, { psk });
    expect(failure.message).toBe(refusal);
    expect(failure.code).toBe('TLS_PSK_REFUSED');
  });

  it('does not let in a server that shows a certificate instead, be it known or not', async () => {
    const expected =
      'the server shows a certificate; expected one that proves itself by the pre-shared key (TLS_PSK_UNUSED)';
    expect((await failureOf(await startTlsServer(), { psk })).message).toBe(expected);
    const address = { kind: 'tls', host: 'vm.example', port: 1, tls: { psk } } as const;
    const known = Object.assign(new Error('a certificate'), { code: 'TLS_PSK_UNUSED' });
    expect(tlsFault(address, known)?.message).toBe(expected);
  });

  it('is not suspected when the server hangs up after it was taken', () => {
    const address = { kind: 'tls', host: 'vm.example', port: 1, tls: { psk } } as const;
    expect(earlyEndFault(address, undefined).message).toBe(
      'the server hung up after the TLS handshake, without a word (TLS_REFUSED)',
    );
  });

  it('is what a server may expect that refuses a handshake without', async () => {
    const failure = await failureOf(await startTlsServer(pskServer), { ca });
    expect(failure.message).toContain('perhaps it requires a client certificate or a pre-shared key, or there is no');
  });
});

describe('a server with nothing in common', () => {
  it('may know other versions of TLS only', async ({ skip }) => {
    skip(runtime !== 'Node', 'only a server on Node can be made to speak old versions');
    const options = {
      ...authority.issue(),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const;
    const failure = await failureOf(await startTlsServer(options), { ca });
    expect(failure.message).toBe(
      `the server has no version of TLS in common with Node ${process.versions.node}; expected TLS 1.2 or 1.3 (TLS_VERSION)`,
    );
  });

  it('may choose a version that this side does not take', () => {
    const address = { kind: 'tls', host: 'vm.example', port: 1, tls: {} } as const;
    const error = Object.assign(new Error('unsupported protocol'), { code: 'ERR_SSL_UNSUPPORTED_PROTOCOL' });
    expect(tlsFault(address, error)?.code).toBe('TLS_VERSION');
  });

  it('may know other ciphers only', async ({ skip }) => {
    skip(runtime === 'Deno', 'a server on Deno takes no choice of ciphers');
    const options = { ...authority.issue(), maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' } as const;
    const failure = await failureOf(await startTlsServer(options), { ca, ...client });
    expect(failure.message).toBe(
      'the server refused the TLS handshake (handshake failure); perhaps there is no cipher that both sides know (TLS_REFUSED)',
    );
  });
});
