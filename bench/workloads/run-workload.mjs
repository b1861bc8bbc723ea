import { runCommands } from './run-commands.mjs';
import { runConnect } from './run-connect.mjs';
import { runEvents } from './run-events.mjs';
import { runIdle } from './run-idle.mjs';
import { runUnread } from './run-unread.mjs';

/**
 * Makes a client do a workload against the peer that listens at a path.
 *
 * @callback Run
 * @param {import('../clients/client.ts').Client} client
 * @param {string} path
 * @param {import('./workload.ts').Workload} workload
 * @returns {Promise<Omit<import('./workload.ts').Measurement, 'operations'>>}
 */

/** @type {Record<import('./workload.ts').Workload['kind'], Run>} */
const runs = { commands: runCommands, events: runEvents, connect: runConnect, idle: runIdle, unread: runUnread };

/**
 * @param {import('../clients/client.ts').Client} client
 * @param {string} path
 * @param {import('./workload.ts').Workload} workload
 * @returns {Promise<import('./workload.ts').Measurement>}
 */
export async function runWorkload(client, path, workload) {
  const measurement = await runs[workload.kind](client, path, workload);
  return { operations: workload.operations, ...measurement };
}
