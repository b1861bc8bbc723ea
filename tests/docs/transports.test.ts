import { spawn, type StdioOptions } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { runtime } from '../../packages/node/src/runtime.test-kit.ts';
import { describeVersions, type TestedVersion } from '../qemu/describe-versions.ts';
import { connect, startQemu } from '../qemu/qemu-process.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { exampleBelow } from './examples-on.ts';
import { folderInWorkspace } from './folder-in-workspace.ts';
import { authority, clientCertificate, psk, startCertificateQemu, startPskQemu } from '../qemu/tls-qemu.ts';

const PAGE = 'docs/transports.md';

/** Runs a program where the packages are found as those who install them find them. */
function startProgram(program: string, stdio: StdioOptions = ['ignore', 'pipe', 'inherit'], path = '') {
  const env = { ...process.env, PATH: `${path}${delimiter}${process.env['PATH']}` };
  const file = join(folderInWorkspace(), 'program.mjs');
  writeFileSync(file, program);
  const node = spawn(process.execPath, [file], { stdio, env });
  onTestFinished(() => void node.kill('SIGKILL'));
  return node;
}

async function expectStatus({ stdout }: ReturnType<typeof startProgram>): Promise<void> {
  expect(stdout === null ? '' : await text(stdout)).toMatch(/status: ['"]running['"]/);
}

/** Where a certificate or a key stands for a test. */
function fileWith(content: string): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  return path;
}

/** @returns the path of a monitor that listens by now, and that nobody holds. */
async function startMonitor(version: TestedVersion<'qemu'>): Promise<string> {
  const qemu = startQemu(version);
  const client = await connect(qemu);
  await client.disconnect();
  return join(qemu.folder, 'qmp');
}

describeVersions('qemu', (version) => {
  it('is reached as the page about transports says: at a UNIX socket', async () => {
    const path = join(startQemu(version).folder, 'qmp');
    await expectStatus(startProgram(exampleBelow(PAGE, 'Retry', { '/run/vm.sock': path })));
    await expectStatus(startProgram(exampleBelow(PAGE, 'Transports', { '/run/vm.sock': path })));
  });

  it('is reached as the page says: by TLS, by certificates', async () => {
    const { port } = await startCertificateQemu(version);
    const program = exampleBelow(PAGE, 'TLS', {
      'vm.example': '127.0.0.1',
      '4444': String(port),
      '/etc/pki/qemu/ca-cert.pem': fileWith(authority.cert),
      '/etc/pki/qemu/client-cert.pem': fileWith(clientCertificate.cert),
      '/etc/pki/qemu/client-key.pem': fileWith(clientCertificate.key),
    });
    await expectStatus(startProgram(program));
  });

  it('is reached as the page says: by TLS, by a pre-shared key', async ({ skip }) => {
    skip(runtime !== 'Node', 'only Node has pre-shared keys');
    const { port } = await startPskQemu(version);
    const program = exampleBelow(PAGE, 'Pre-shared keys', {
      'vm.example': '127.0.0.1',
      '4444': String(port),
      '/etc/pki/qemu/keys.psk': fileWith(`${psk.identity}:${psk.key}\n`),
    });
    await expectStatus(startProgram(program));
  });

  it('is reached as the page says: through a relay, here one that stands in for socat and vsock', async () => {
    const path = await startMonitor(version);
    const relay = `#!/usr/bin/env node\nconst link = require('node:net').connect(${JSON.stringify(path)});\n`;
    const socat = join(temporaryFolder(), 'socat');
    writeFileSync(socat, `${relay}process.stdin.pipe(link).pipe(process.stdout);\n`, { mode: 0o755 });
    await expectStatus(startProgram(exampleBelow(PAGE, 'vsock', {}), undefined, dirname(socat)));
  });

  it('is reached as the page says: as a child process', async () => {
    await expectStatus(startProgram(exampleBelow(PAGE, 'Child processes', { 'qemu-system-x86_64': version.qemu })));
  });

  it('is reached as the page says: through an inherited socket', async ({ skip }) => {
    skip(runtime === 'Bun', 'Bun makes no working socket of an inherited descriptor');
    const monitor = connectSocket(await startMonitor(version));
    onTestFinished(() => void monitor.destroy());
    const node = startProgram(exampleBelow(PAGE, 'Sockets that you have', {}), ['ignore', 'pipe', 'inherit', 'pipe']);
    const inherited = node.stdio[3] as Duplex;
    inherited.pipe(monitor).pipe(inherited);
    await expectStatus(node);
  });
});
