import { Stopwatch } from '../measure/stopwatch.mjs';

/**
 * A flood of events, read by one who wants all of them and one who wants those of one name.
 *
 * @type {import('./run-workload.mjs').Run}
 */
export async function runEvents(client, path, workload) {
  const session = await client.connect(path);
  await count(session, workload.warmUpOperations, workload.eventsBy);
  const stopwatch = new Stopwatch();
  await count(session, workload.operations, workload.eventsBy);
  const time = stopwatch.read();
  await session.close();
  return time;
}

/**
 * @param {import('../clients/client.ts').Session} session
 * @param {number} events
 * @param {import('./workload.ts').EventsBy} by
 */
async function count(session, events, by) {
  const counted = session.countEvents(events, by);
  await session.execute('x-bench-events', { count: events });
  await counted;
}
