import type { TLSSocket } from 'node:tls';

import { describe, expect, it } from 'vitest';

import { runtime } from '../runtime.test-kit.ts';
import { readAll } from '../sockets.test-kit.ts';
import { TestAuthority } from '../tls/certificates.test-kit.ts';
import { dialUrl, failureOf, startRefusingServer, startWebSocketServer } from './web-socket-server.test-kit.ts';

const authority = new TestAuthority();
const ca = authority.cert;

/** Says whether it knows its client, and hangs up. */
async function startServer(requires: 'anybody' | 'known clients', hosts?: readonly string[]): Promise<string> {
  return await startWebSocketServer(
    (socket, request) => {
      socket.send((request.socket as TLSSocket).authorized ? 'known' : 'unknown');
      socket.close();
    },
    {
      ...authority.issue(hosts === undefined ? {} : { hosts }),
      ca,
      requestCert: true,
      rejectUnauthorized: requires === 'known clients',
    },
  );
}

describe('an encrypted WebSocket', () => {
  it('trusts the authorities that it is told to', async () => {
    const url = await startServer('anybody');
    expect((await readAll(await dialUrl({ url, tls: { ca } }))).toString()).toBe('unknown');
  });

  it('shows a certificate of its own', async () => {
    const url = await startServer('known clients');
    const tls = { ca, ...authority.issue({ usage: 'client', hosts: [] }) };
    expect((await readAll(await dialUrl({ url, tls }))).toString()).toBe('known');
  });

  it('may look for another name than the host’s', async () => {
    const url = await startServer('anybody', ['vm.example']);
    expect((await readAll(await dialUrl({ url, tls: { ca, servername: 'vm.example' } }))).toString()).toBe('unknown');
    expect((await failureOf({ url, tls: { ca } })).code).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('trusts anybody when it is told so by the name of that', async () => {
    const url = await startServer('anybody');
    const transport = await dialUrl({ url, tls: { dangerouslyAcceptAnyCertificate: true } });
    expect((await readAll(transport)).toString()).toBe('unknown');
  });

  it('does not trust the authority of a stranger', async () => {
    const url = await startServer('anybody');
    expect((await failureOf(url)).code).toBe('SELF_SIGNED_CERT_IN_CHAIN');
  });

  it('says that a certificate is missing when the server hangs up for it', async ({ skip }) => {
    skip(runtime === 'Bun', 'Bun does not tell that end apart');
    const url = await startServer('known clients');
    expect((await failureOf({ url, tls: { ca } })).message).toContain('client certificate');
  });

  it('says that the server speaks no TLS', async () => {
    const plain = await startRefusingServer(404);
    const url = plain.replace('ws:', 'wss:');
    const failure = await failureOf(url);
    expect(failure.message).toBe(`${url} does not speak TLS; expected that, or "${plain}" (TLS_NOT_SPOKEN)`);
  });
});
