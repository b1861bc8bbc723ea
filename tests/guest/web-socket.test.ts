import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { QmpClient } from 'qmp';
import type { GuestAgent } from 'qmp/schema/guest-agent-11.1';
import { expect, it } from 'vitest';
import { TestAuthority } from '../../packages/node/src/tls/certificates.test-kit.ts';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect } from '../qemu/qemu-process.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { installGuest } from '../../tools/guest/index.mjs';
import { startGuest } from './guest-process.ts';

const AS_AGENT = { awaitGreeting: false, negotiate: false, oob: false };

const BOOTING = { timeout: 120_000 };

/** Why there is no guest to boot; CI accepts no reason. */
const noGuest = await installGuest().then(
  () => undefined,
  (error: unknown) => {
    if (process.env['CI'] === 'true') throw error;
    return `a guest cannot be installed: ${String(error)}`;
  },
);

/** Runs a command in the guest and gives what it has printed. */
async function outputOf(client: QmpClient<GuestAgent>, path: string, ...words: readonly string[]): Promise<Buffer> {
  const started = { path, arg: words, 'capture-output': true };
  const { pid } = await client.execute('guest-exec', started);
  for (;;) {
    const status = await client.execute('guest-exec-status', { pid });
    if (status.exited) return Buffer.from(status['out-data'] ?? '', 'base64');
  }
}

describeVersions('guestAgent', (version) => {
  it('serves the agent of a real guest at a WebSocket, to one client after the other', BOOTING, async ({ skip }) => {
    skip(noGuest !== undefined, noGuest);
    const { qemu, host } = await startGuest(version);
    const url = `ws://${host}/`;
    const client = await connect<GuestAgent>(qemu, AS_AGENT, url);
    // It waits for the guest to come up.
    await expect(client.execute('guest-sync', { id: 9_007_199_254_740_993n })).resolves.toBe(9_007_199_254_740_993n);
    await expect(client.execute('guest-info')).resolves.toMatchObject({
      version: expect.stringContaining(`${version.major}.`) as string,
    });
    // With 4 KiB of them in flight, QEMU's WebSocket goes to sleep over what it has read already.
    const replies = Array.from({ length: 20 }, (_, id) => client.execute('guest-sync', { id }));
    expect(await Promise.all(replies)).toEqual(replies.map((_, id) => id));
    // A megabyte and a half in one line, in frames of 8 KiB.
    const numbers = Array.from({ length: 170_000 }, (_, index) => `${index + 1}\n`).join('');
    expect((await outputOf(client, '/bin/busybox', 'seq', '170000')).equals(Buffer.from(numbers))).toBe(true);
    await client.disconnect();
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });

    const next = await connect<GuestAgent>(qemu, AS_AGENT, url);
    await expect(next.execute('guest-ping')).resolves.toEqual({});
    qemu.process.signal('SIGKILL');
    await expect(next.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'ConnectionLostError' } });
  });

  it('serves it encrypted, too', BOOTING, async ({ skip }) => {
    skip(noGuest !== undefined, noGuest);
    skip(version.major !== 7, 'the version whose TLS is slow will do: each boot takes seconds');
    const authority = new TestAuthority();
    const { cert, key } = authority.issue();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'ca-cert.pem'), authority.cert);
    writeFileSync(join(folder, 'server-cert.pem'), cert);
    writeFileSync(join(folder, 'server-key.pem'), key);
    const credentials = `tls-creds-x509,id=tls0,dir=${folder},endpoint=server,verify-peer=yes`;
    const { qemu, host } = await startGuest(version, credentials);
    const tls = { ca: authority.cert, ...authority.issue({ usage: 'client', hosts: [] }) };
    const client = await connect<GuestAgent>(qemu, AS_AGENT, { url: `wss://${host}/`, tls });
    await expect(client.execute('guest-sync', { id: 1 })).resolves.toBe(1);
    await expect(client.execute('guest-ping')).resolves.toEqual({});
    await client.disconnect();
    await expect(client.closed).resolves.toEqual({ kind: 'disconnected' });
  });
});
