import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { runtime } from '../../packages/node/src/runtime.test-kit.ts';
import { describeVersions } from '../qemu/describe-versions.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { authority, clientCertificate, psk, startCertificateQemu, startPskQemu } from '../qemu/tls-qemu.ts';
import { runQmp } from './run-qmp.ts';

function fileWith(text: string): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, text);
  return path;
}

describeVersions('qemu', (version) => {
  it('answers qmp exec over TLS, by certificates', async () => {
    const { port } = await startCertificateQemu(version);
    const ca = ['--tls-ca', fileWith(authority.cert)];
    const client = ['--tls-cert', fileWith(clientCertificate.cert), '--tls-key', fileWith(clientCertificate.key)];
    const command = ['exec', `tls:127.0.0.1:${port}`, 'query-name'];
    expect(await runQmp([...command, ...ca, ...client])).toEqual({ code: 0, stdout: '{}\n', stderr: '' });
    const nobody = await runQmp([...command, ...ca]);
    expect(nobody).toMatchObject({ code: 1, stdout: '' });
    expect(nobody.stderr).toContain(
      'the server hung up after the TLS handshake, without a word; if it asks for a client',
    );
    const stranger = await runQmp(command);
    expect(stranger).toMatchObject({ code: 1, stdout: '' });
    // Only Node shows a certificate that it refuses.
    const shown = runtime === 'Node' ? ' (issued by "Test CA")' : '';
    expect(stranger.stderr).toContain(
      `qmp: Failed to connect to tls:127.0.0.1:${port}: the server's certificate${shown} is not trusted; expected one from a public authority, or its own authority in the TLS option ca (`,
    );
  });

  it('answers qmp exec over TLS, by a pre-shared key', async ({ skip }) => {
    skip(runtime !== 'Node', 'only Node has pre-shared keys');
    const { port } = await startPskQemu(version);
    const file = fileWith(`${psk.identity}:${psk.key}\n`);
    const args = ['exec', `tls:127.0.0.1:${port}`, 'query-name', '--tls-psk', file];
    expect(await runQmp(args)).toEqual({ code: 0, stdout: '{}\n', stderr: '' });
  });
});

it.each([
  [
    ['tls:localhost:1', '--tls-ca', '/nonexistent'],
    1,
    'qmp: --tls-ca: cannot read /nonexistent: no such file or directory\n',
  ],
  [
    ['localhost:1', '--tls-servername', 'vm.example'],
    2,
    'qmp: --tls-servername goes with an address that has TLS, not with localhost:1; expected one such as tls:vm.example:4444. Try qmp events --help\n',
  ],
])('qmp events says what is wrong with %j', async (args, code, stderr) => {
  expect(await runQmp(['events', ...args])).toEqual({ code, stdout: '', stderr });
});
