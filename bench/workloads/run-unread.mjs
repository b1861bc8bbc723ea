import { Stopwatch } from '../measure/stopwatch.mjs';

/**
 * A flood of events into a stream that nobody reads, while commands go on. What counts is the largest growth of the
 * process, that replies come, and that the loss is counted.
 *
 * @type {import('./run-workload.mjs').Run}
 */
export async function runUnread(client, path, workload) {
  const session = await client.connect(path);
  const countEvents = session.leaveEventsUnread();
  const before = process.memoryUsage.rss();
  const stopwatch = new Stopwatch();
  await session.execute('x-bench-events', { count: workload.operations });
  let memoryBytes = 0;
  let replies = 0;
  while (countEvents().seen < workload.operations) {
    await session.execute('query-version');
    replies += 1;
    memoryBytes = Math.max(memoryBytes, process.memoryUsage.rss() - before);
  }
  const time = stopwatch.read();
  if (replies === 0) throw new Error('No reply came while the events did');
  const { lost } = countEvents();
  await session.close();
  return { ...time, memoryBytes, lostEvents: lost };
}
