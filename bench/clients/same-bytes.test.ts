import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildNative } from '../native/build-native.mjs';
import { startPeer } from '../server/start-peer.mjs';
import { runWorkload } from '../workloads/run-workload.mjs';
import type { Workload } from '../workloads/workload.ts';
import { qmpClient } from './qmp-client.mjs';
import { recordingRelay } from './recording-relay.test-kit.ts';

const program = buildNative('client');

const workload: Workload = {
  name: 'bytes',
  kind: 'commands',
  peer: 'server',
  operations: 30,
  warmUpOperations: 10,
  inFlight: 1,
  eventsBy: 'streams',
  command: 'query-version',
  nodeOptions: [],
};

const reason = program === undefined ? ' is left out: there is no C compiler (cc), so it' : '';

describe.skipIf(program === undefined)(`The client in C${reason}`, () => {
  it.each([
    { title: 'commands in sequence', changes: {}, offersOob: false },
    { title: 'many commands in flight', changes: { inFlight: 16, operations: 500 }, offersOob: false },
    { title: 'commands in sequence where out-of-band is offered', changes: {}, offersOob: true },
    { title: 'an event flood', changes: { kind: 'events', operations: 80, warmUpOperations: 40 }, offersOob: false },
    { title: 'connecting again and again', changes: { kind: 'connect' }, offersOob: false },
  ] as const)('sends the bytes that ours sends: $title', async ({ changes, offersOob }) => {
    const peer = await startPeer('server');
    onTestFinished(() => peer.stop());
    const relay = await recordingRelay(peer.path, offersOob);
    const { kind, operations, warmUpOperations, inFlight, command } = { ...workload, ...changes };
    const args = [kind, relay.path, operations, warmUpOperations, inFlight, command].map(String);

    await promisify(execFile)(program ?? '', args);
    const bytesInC = relay.take();
    await runWorkload(qmpClient, relay.path, { ...workload, ...changes });

    expect(bytesInC).toMatch(/^\{"execute":"qmp_capabilities"/);
    expect(relay.take()).toBe(bytesInC);
  });
});
