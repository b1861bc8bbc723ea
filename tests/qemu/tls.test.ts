import type { Address, TlsOptions } from '@qmp/protocol';
import { ConnectError, type QmpClient } from 'qmp';
import { expect, it } from 'vitest';
import { runtime } from '../../packages/node/src/runtime.test-kit.ts';
import { TestAuthority } from '../../packages/node/src/tls/certificates.test-kit.ts';
import { describeVersions } from './describe-versions.ts';
import { portOf } from './port-of.ts';
import { connect, type Listening, makeClient, startQemu } from './qemu-process.ts';
import {
  authority,
  clientCertificate,
  clientFolder,
  psk,
  startCertificateQemu,
  startPskQemu,
  type TlsQemu,
} from './tls-qemu.ts';

const ca = authority.cert;
const trusted: TlsOptions = { ca, ...clientCertificate };

function at({ port }: TlsQemu, tls: TlsOptions | true): Address {
  return { host: '127.0.0.1', port, tls };
}

/** How connecting fails. With `retry`, because there is nothing to wait for. */
async function failureOf(qemu: Listening, to: Address): Promise<ConnectError> {
  const connecting = makeClient().connect(to, { retry: true, signal: qemu.process.gone });
  const outcome: unknown = await connecting.catch((error: unknown) => error);
  if (outcome instanceof ConnectError) return outcome;
  throw new Error(`connecting gave ${String(outcome)}`, { cause: outcome });
}

/** The session works: short and long commands are answered, and it ends cleanly. */
async function expectSession(client: QmpClient, major: number): Promise<void> {
  expect(client.greeting?.QMP.version.qemu.major).toBe(major);
  await expect(client.execute('query-version')).resolves.toMatchObject({ qemu: { major } });
  await client.disconnect();
  await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
}

describeVersions('qemu', (version) => {
  const { major } = version;

  it('is reached by TLS, and knows us by our certificate', async () => {
    const qemu = await startCertificateQemu(version);
    const client = await connect(qemu, {}, at(qemu, trusted));
    expect(client.peer).toBe(`tls:127.0.0.1:${qemu.port}`);
    await expectSession(client, major);
    // The same QEMU takes the next one, who may leave without a word of farewell.
    await client.connect(at(qemu, trusted));
    await expect(client.execute('query-name')).resolves.toEqual({});
    client.abort('enough');
    await expect(client.closed).resolves.toEqual({ kind: 'aborted', reason: 'enough' });
  });

  it('is reached by TLS, whoever we are, where it does not ask', async () => {
    const qemu = await startCertificateQemu(version, false);
    await expectSession(await connect(qemu, {}, at(qemu, { ca })), major);
  });

  it('is reached by TLS with the right pre-shared key only', async ({ skip }) => {
    skip(runtime !== 'Node', 'only Node has pre-shared keys');
    const qemu = await startPskQemu(version);
    const refusal = 'the server refused the pre-shared key; expected that it knows the identity';
    const wrongKey = await failureOf(qemu, at(qemu, { psk: { ...psk, key: psk.key.replace('8c', '8d') } }));
    expect(wrongKey.message).toContain(`${refusal} "qemu" by the same key (TLS_PSK_REFUSED)`);
    const wrongIdentity = await failureOf(qemu, at(qemu, { psk: { ...psk, identity: 'nobody' } }));
    expect(wrongIdentity.message).toContain(`${refusal} "nobody" by the same key (TLS_PSK_REFUSED)`);
    await expectSession(await connect(qemu, {}, at(qemu, { psk })), major);
  });

  it('answers each of many commands by TLS, long ones and long replies too', { timeout: 60_000 }, async () => {
    const qemu = await startCertificateQemu(version, false);
    const client = await connect(qemu, { oob: false }, at(qemu, { ca }));
    const names = await Promise.all(Array.from({ length: 1_000 }, () => client.execute('query-name')));
    expect(names).toHaveLength(1_000);
    for (const size of [100, 3_000, 5_000, 16_384, 100_000]) {
      const id = 'x'.repeat(size);
      await expect(client.raw({ execute: 'query-name', id }, { assignId: false })).resolves.toEqual({ return: {}, id });
    }
    const schema = (await client.executeRaw('query-qmp-schema')) as readonly unknown[];
    expect(JSON.stringify(schema).length).toBeGreaterThan(100_000);
    await expectSession(client, major);
  });

  it('answers commands by TLS one after the other, and with out-of-band on', async () => {
    const qemu = await startCertificateQemu(version, false);
    const client = await connect(qemu, {}, at(qemu, { ca }));
    expect(client.capabilities).toEqual(['oob']);
    for (let count = 0; count < 20; count += 1) await client.execute('query-name');
    const many = Array.from({ length: 100 }, () => client.execute('query-name'));
    expect(await Promise.all(many)).toHaveLength(100);
    await expectSession(client, major);
  });

  it('quits by TLS with a reply and a clean end', async () => {
    const qemu = await startCertificateQemu(version, false);
    const client = await connect(qemu, {}, at(qemu, { ca }));
    const shutdown = client.events.next('SHUTDOWN');
    const quit = client.execute('quit');
    await expect(quit).resolves.toEqual({});
    await expect(shutdown).resolves.toMatchObject({ data: { reason: 'host-qmp-quit' } });
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
    await qemu.process.ended();
  });

  it('is not trusted when another authority vouches for it, or when it is for another host', async () => {
    const qemu = await startCertificateQemu(version, false);
    const stranger = await failureOf(qemu, at(qemu, { ca: new TestAuthority('Other CA').cert }));
    expect(stranger.phase).toBe('connection');
    expect(stranger.message).toContain(
      'is not trusted; expected one from an authority in the TLS option ca (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
    );
    expect(stranger.cause).toMatchObject({ name: 'DialError', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    const other = await failureOf(qemu, at(qemu, { ca, servername: 'vm.example' }));
    expect(other.message).toContain(
      'is for localhost, 127.0.0.1, not for vm.example; expected one of its names as the host',
    );
    // Nobody has been let in, and nobody stands in the way of the next.
    await expectSession(await connect(qemu, {}, at(qemu, { ca })), major);
  });

  it('hangs up when it asks for a certificate and we have none, or one that it does not know', async () => {
    const qemu = await startCertificateQemu(version);
    const missing = await failureOf(qemu, at(qemu, { ca }));
    expect(missing.message).toContain(
      'the server hung up after the TLS handshake, without a word; if it asks for a client certificate (QEMU with verify-peer=yes), the TLS options cert and key are missing',
    );
    expect(missing.cause).toMatchObject({ name: 'DialError', code: 'TLS_REFUSED' });
    const stranger = new TestAuthority('Other CA').issue({ usage: 'client', hosts: [] });
    expect((await failureOf(qemu, at(qemu, { ca, ...stranger }))).message).toContain(
      'without a word; it may not accept the client certificate; expected one from an authority that it trusts',
    );
    await expectSession(await connect(qemu, {}, at(qemu, trusted)), major);
  });

  it('connects to a client that listens for TLS', async () => {
    const client = makeClient();
    await client.startServer({ host: '127.0.0.1', port: 0, tls: { ...authority.issue(), ca } });
    const port = client.listeningAt?.split(':').at(-1);
    const credentials = `tls-creds-x509,id=tls0,dir=${clientFolder()},endpoint=client`;
    const chardev = `socket,id=dialing,host=localhost,ipv4=on,ipv6=off,port=${port},server=off,tls-creds=tls0`;
    startQemu(version, ['-object', credentials, '-chardev', chardev, '-mon', 'chardev=dialing,mode=control']);
    await client.accept();
    await expectSession(client, major);
  });

  it('gives itself away when it speaks TLS and we do not, and the other way round', async () => {
    const qemu = await startCertificateQemu(version, false);
    const plainClient = await failureOf(qemu, `127.0.0.1:${qemu.port}`);
    expect(plainClient.message).toContain(
      `reset the connection before it had said a word; if it takes TLS, it is "tls:127.0.0.1:${qemu.port}" (ECONNRESET)`,
    );
    const monitor = [
      '-chardev',
      'socket,id=tcp,host=127.0.0.1,port=0,server=on,wait=off',
      '-mon',
      'chardev=tcp,mode=control',
    ];
    const plain = startQemu(version, monitor);
    const port = await portOf(await connect(plain), 'tcp');
    const plainQemu = await failureOf(plain, `tls:127.0.0.1:${port}`);
    expect(plainQemu.message).toContain(
      `the server does not speak TLS; expected one that does, or "tcp:127.0.0.1:${port}" (TLS_NOT_SPOKEN)`,
    );
  });
});
