// Ratios of our client against the floor, interleaved in one run: node bench/rough.mjs (after npm run build)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QmpClient } from 'qmp';
import { connectFloor } from './floor-client.mjs';

const RUNS = 7;
const CLIENTS = {
  floor: (path) => connectFloor(path, 'each'),
  'batched floor': (path) => connectFloor(path, 'tick'),
  qmp: (path) => QmpClient.connect(path),
};
const WORKLOADS = [
  { inFlight: 1, commands: 20_000 },
  { inFlight: 256, commands: 100_000 },
  { inFlight: 4_096, commands: 100_000 },
];

async function commandsPerSecond(client, { inFlight, commands }) {
  let left = commands;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await client.execute('query-version');
    }
  };
  const start = process.hrtime.bigint();
  await Promise.all(Array.from({ length: inFlight }, worker));
  return commands / (Number(process.hrtime.bigint() - start) / 1e9);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const folder = mkdtempSync(join(tmpdir(), 'qmp-bench-'));
const path = join(folder, 's');
const server = spawn(process.execPath, [new URL('echo-server.mjs', import.meta.url).pathname, path]);
try {
  await once(server.stdout, 'data');
  for (const workload of WORKLOADS) {
    const rates = Object.fromEntries(Object.keys(CLIENTS).map((name) => [name, []]));
    for (let run = 0; run <= RUNS; run += 1) {
      for (const [name, connect] of Object.entries(CLIENTS)) {
        const client = await connect(path);
        const rate = await commandsPerSecond(client, workload);
        if (run > 0) rates[name].push(rate);
        await client.disconnect();
      }
    }
    const ours = median(rates.qmp);
    const against = (name) =>
      `${(ours / median(rates[name])).toFixed(2)} x ${name} (${Math.round(median(rates[name]))}/s)`;
    console.log(
      `${workload.inFlight} in flight: ${Math.round(ours)}/s = ${against('floor')}, ${against('batched floor')}`,
    );
  }
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}
