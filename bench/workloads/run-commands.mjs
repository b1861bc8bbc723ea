import { Stopwatch } from '../measure/stopwatch.mjs';

/**
 * Keeps so many commands in flight, each sent when the reply to the one before has come.
 *
 * @type {import('./run-workload.mjs').Run}
 */
export async function runCommands(client, path, workload) {
  const session = await client.connect(path);
  await execute(session, workload, workload.warmUpOperations);
  const stopwatch = new Stopwatch();
  await execute(session, workload, workload.operations);
  const time = stopwatch.read();
  await session.close();
  return time;
}

/**
 * @param {import('../clients/client.ts').Session} session
 * @param {import('./workload.ts').Workload} workload
 * @param {number} operations
 */
async function execute(session, { command, inFlight }, operations) {
  let left = operations;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await session.execute(command);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}
