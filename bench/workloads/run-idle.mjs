import { setImmediate } from 'node:timers/promises';
import { Stopwatch } from '../measure/stopwatch.mjs';

/**
 * Opens many connections, leaves them alone and looks at what the process has grown by. As many are open before, so that
 * what a process needs only once is not counted.
 *
 * @type {import('./run-workload.mjs').Run}
 */
export async function runIdle(client, path, workload) {
  const firstSessions = await open(client, path, workload.warmUpOperations);
  const before = await settledMemory();
  const stopwatch = new Stopwatch();
  const sessions = await open(client, path, workload.operations);
  const time = stopwatch.read();
  const after = await settledMemory();
  for (const session of [...firstSessions, ...sessions]) await session.close();
  return { ...time, memoryBytes: after.process - before.process, heapBytes: after.heap - before.heap };
}

/**
 * @param {import('../clients/client.ts').Client} client
 * @param {string} path
 * @param {number} count
 */
async function open(client, path, count) {
  const sessions = [];
  for (let opened = 0; opened < count; opened += 1) sessions.push(await client.connect(path));
  return sessions;
}

/** What is left when all garbage is gone. */
async function settledMemory() {
  for (let time = 0; time < 4; time += 1) {
    if (globalThis.gc === undefined) throw new Error('The idle workload needs node --expose-gc');
    globalThis.gc();
    await setImmediate();
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { process: rss, heap: heapUsed + external };
}
