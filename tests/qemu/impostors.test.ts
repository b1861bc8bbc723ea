import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { connect, makeClient, startGuestAgent, startQemu } from './qemu-process.ts';
import { temporaryFolder } from './test-process.ts';

describeVersions('qemu', (version) => {
  it('has a human monitor, which is told from a QMP monitor', async () => {
    const qemu = startQemu(version);
    await connect(qemu);
    const human = join(temporaryFolder(), 'hmp');
    const listening = startQemu(version, ['-monitor', `unix:${human},server=on,wait=off`]);
    await connect(listening);
    await expect(makeClient().connect(human)).rejects.toMatchObject({
      name: 'ConnectError',
      phase: 'session',
      message: expect.stringMatching(/"QEMU [\d.]+ monitor - .*it looks like QEMU's human monitor \(HMP\)/) as string,
      cause: { name: 'GreetingError', code: 'BAD_GREETING' },
    });
  });
});

describeVersions('guestAgent', (version) => {
  it('is told from a QMP monitor, although it waits to be asked', async () => {
    await expect(connect(startGuestAgent(version))).rejects.toMatchObject({
      name: 'ConnectError',
      phase: 'session',
      message: expect.stringMatching(/it looks like a guest agent .*awaitGreeting: false/) as string,
      cause: { name: 'GreetingError' },
    });
  });
});

it('an HTTP server is told from a QMP monitor, although it waits to be asked', async () => {
  const path = join(temporaryFolder(), 'http');
  const server = createServer((_, response) => response.end()).listen(path);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  await expect(makeClient().connect(path)).rejects.toMatchObject({
    name: 'ConnectError',
    phase: 'session',
    message: expect.stringMatching(/"HTTP\/1\.1 400 Bad Request.*it looks like an HTTP server/) as string,
    cause: { name: 'GreetingError' },
  });
});

it.each([
  ['a file', (path: string) => writeFileSync(path, 'no socket')],
  ['a folder', (path: string) => mkdirSync(path)],
])('%s is no socket, and is called so', async (_, make) => {
  const path = join(temporaryFolder(), 'entry');
  make(path);
  await expect(makeClient().connect(path, { retry: true })).rejects.toMatchObject({
    name: 'ConnectError',
    phase: 'connection',
    message: expect.stringContaining(`${path} is no socket`) as string,
    cause: { name: 'DialError', code: 'ENOTSOCK' },
  });
});
