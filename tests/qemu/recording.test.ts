import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { fileSink } from '@qmp/node';
import { type ExecuteError, QmpClient } from 'qmp';
import type { GuestAgent } from 'qmp/schema/guest-agent-11.1';
import { connectorThrough, platformConnector, record, type RecordingSink, replay } from 'qmp/testing';
import { expect, it, onTestFinished } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { connect, makeClient, startGuestAgent, startQemu } from './qemu-process.ts';
import { temporaryFolder } from './test-process.ts';

/** Options of a client whose links are recorded. */
function recordedTo(sink: RecordingSink): { readonly connector: ReturnType<typeof connectorThrough> } {
  return { connector: connectorThrough(platformConnector, (link) => record(link, sink)) };
}

/** A bit of everything that a session may hold, and all that the client sees of it. */
async function visit(vm: QmpClient): Promise<unknown[]> {
  const seen: unknown[] = [vm.greeting];
  vm.events.on('STOP', (event) => seen.push(event));
  vm.events.on('RESUME', (event) => seen.push(event));
  vm.events.on('SHUTDOWN', (event) => seen.push(event));
  seen.push(await vm.execute('query-status'));
  await vm.execute('stop');
  seen.push(await vm.execute('query-status'));
  await vm.execute('cont');
  seen.push(await Promise.all(['query-name', 'query-version', 'query-chardev'].map((name) => vm.executeRaw(name))));
  seen.push(await vm.execute('object-add', { 'qom-type': 'secret', id: 's0', data: 'hunter2' }));
  seen.push(await vm.executeRaw('no-such-thing').catch((error: ExecuteError) => [error.errorClass, error.description]));
  const id = [18_446_744_073_709_551_615n, { 'é☃': null }];
  seen.push(await vm.raw({ execute: 'query-status', id }, { assignId: false }));
  if (vm.capabilities.includes('oob')) {
    seen.push(await vm.execute('migrate-pause', undefined, { oob: true }).catch((error: Error) => error.message));
  }
  seen.push(await vm.execute('query-qmp-schema'));
  seen.push(await vm.execute('quit'), await vm.closed);
  return seen;
}

describeVersions('qemu', (version) => {
  it('says the same again when a recording of it is replayed', async () => {
    const path = join(temporaryFolder(), 'session.jsonl');
    const sink = await fileSink(path);
    const seen = await visit(await connect(startQemu(version), recordedTo(sink)));
    await sink.close();

    const recording = replay(createReadStream(path));
    const client = makeClient();
    await client.connect(recording.transport());
    expect(await visit(client)).toEqual(seen);
    await recording.finished();
  });

  it('is recorded over several sessions, in one file', async () => {
    const lines: string[] = [];
    const qemu = startQemu(version);
    const client = await connect(qemu, recordedTo({ write: (text) => lines.push(text) }));
    await client.execute('stop');
    await client.disconnect();
    await client.connect(qemu.address);
    expect(await client.execute('query-status')).toMatchObject({ running: false });
    await client.disconnect();

    const recording = replay(lines);
    const again = makeClient();
    await again.connect(recording.transport());
    await again.execute('stop');
    await again.disconnect();
    await again.connect(recording.transport());
    expect(await again.execute('query-status')).toMatchObject({ running: false });
    await again.disconnect();
    await recording.finished();
  });
});

describeVersions('guestAgent', (version) => {
  it('says the same again when a recording of it is replayed', async () => {
    const lines: string[] = [];
    const options = { awaitGreeting: false, negotiate: false } as const;
    const agent = startGuestAgent(version);
    const client = await connect<GuestAgent>(agent, {
      ...options,
      ...recordedTo({ write: (text) => lines.push(text) }),
    });
    const seen = [await client.execute('guest-info'), await client.execute('guest-get-host-name')];
    await client.disconnect();

    const recording = replay(lines);
    const again = new QmpClient<GuestAgent>(options);
    onTestFinished(() => again.abort());
    await again.connect(recording.transport());
    expect([await again.execute('guest-info'), await again.execute('guest-get-host-name')]).toEqual(seen);
    await recording.finished();
  });
});
