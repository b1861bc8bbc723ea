#!/usr/bin/env node
// Does one of the jobs again and again, with the schema of the QEMU that listens at SOCKET; prints how many
// milliseconds of processor time one takes.
import { QmpClient } from 'qmp';
import { Stopwatch } from '../measure/stopwatch.mjs';
import { jobs } from './jobs.mjs';

/** Long enough to be compiled, and to be measured. */
const SECONDS = { warmUp: 0.5, measured: 1 };

const [name = '', path = ''] = process.argv.slice(2);
const prepare = jobs.get(name);
if (prepare === undefined) throw new RangeError(`There is no job "${name}"; there are ${[...jobs.keys()].join(', ')}`);
const client = await QmpClient.connect(`unix:${path}`);
const job = prepare(await client.executeRaw('query-qmp-schema'));
await client.disconnect();
repeat(job, SECONDS.warmUp);
process.stdout.write(`${repeat(job, SECONDS.measured)}\n`);

/**
 * @param {() => void} work
 * @param {number} seconds of processor time
 */
function repeat(work, seconds) {
  const stopwatch = new Stopwatch();
  let times = 0;
  let { cpuSeconds } = stopwatch.read();
  while (cpuSeconds < seconds) {
    // So many that looking at the clock does not count.
    const batch = Math.max(1, times);
    for (let each = 0; each < batch; each += 1) work();
    times += batch;
    ({ cpuSeconds } = stopwatch.read());
  }
  return (cpuSeconds * 1_000) / times;
}
