#!/usr/bin/env node
// One client, one workload, in this process; prints the measurement as JSON. `npm run bench` starts one such process for
// each figure; by hand it is what a profiler is given.
import { parseArgs } from 'node:util';
import { clients } from './clients/clients.mjs';
import { checkBuild } from './measure/check-build.mjs';
import { startPeer } from './server/start-peer.mjs';
import { runWorkload } from './workloads/run-workload.mjs';
import { workloads } from './workloads/workloads.mjs';

const help = `Usage: node bench/run-client.mjs CLIENT WORKLOAD [--socket PATH] [--operations N]

CLIENT        ${[...clients.keys()].join(', ')}
WORKLOAD      ${workloads.map(({ name }) => name).join(', ')}
--socket      where a peer listens (otherwise one is started, and stopped again)
--operations  how much is measured, instead of what the workload says

A profile of our client: node --cpu-prof bench/run-client.mjs qmp in-flight-256
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { socket: { type: 'string' }, operations: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});
const loadClient = clients.get(positionals[0] ?? '');
const found = workloads.find(({ name }) => name === positionals[1]);
if (values.help) process.stdout.write(help);
else if (loadClient === undefined || found === undefined) {
  process.stderr.write(help);
  process.exitCode = 2;
} else {
  // A process that `npm run bench` has started was checked before.
  if (values.socket === undefined) checkBuild();
  const client = await loadClient();
  const workload = { ...found, operations: Number(values.operations ?? found.operations) };
  const peer = values.socket === undefined ? await startPeer(workload.peer) : undefined;
  try {
    const measurement = await runWorkload(client, values.socket ?? peer?.path ?? '', workload);
    process.stdout.write(`${JSON.stringify(measurement)}\n`);
  } finally {
    await peer?.stop();
  }
}
