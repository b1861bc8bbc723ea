import { Stopwatch } from '../measure/stopwatch.mjs';

/**
 * Connects and negotiates, again and again; closing is not counted.
 *
 * @type {import('./run-workload.mjs').Run}
 */
export async function runConnect(client, path, workload) {
  await connect(client, path, workload.warmUpOperations);
  return await connect(client, path, workload.operations);
}

/**
 * @param {import('../clients/client.ts').Client} client
 * @param {string} path
 * @param {number} times
 */
async function connect(client, path, times) {
  const total = { wallSeconds: 0, cpuSeconds: 0 };
  for (let time = 0; time < times; time += 1) {
    const stopwatch = new Stopwatch();
    const session = await client.connect(path);
    const { wallSeconds, cpuSeconds } = stopwatch.read();
    total.wallSeconds += wallSeconds;
    total.cpuSeconds += cpuSeconds;
    await session.close();
  }
  return total;
}
