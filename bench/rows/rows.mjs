import { memoryOf, unreadGrowth } from './memory.mjs';
import { itself, timesThatOf } from './questions.mjs';
import { bundleRow } from './bundle-row.mjs';
import { replayRow } from './replay-row.mjs';
import { schemaRows } from './schema-rows.mjs';
import { execRow, importRow } from './start-up-rows.mjs';
import { serverRows } from './server-rows.mjs';
import { checkRow, completionRow, instantiationsRow } from './type-rows.mjs';
import { workloadRow } from './workload-row.mjs';

/**
 * All that is measured, in the order of the tables.
 *
 * @type {readonly import('./row.ts').Row[]}
 */
export const rows = [
  workloadRow({
    workload: 'sequence',
    title: 'sequential round trips',
    contestants: ['qmp', 'floor', 'C', 'Python'],
    questions: [timesThatOf('floor', { atLeast: 0.92 }), timesThatOf('Python')],
  }),
  ...['256', '4096'].map((inFlight) =>
    workloadRow({
      workload: `in-flight-${inFlight}`,
      title: `${Number(inFlight).toLocaleString('en')} commands in flight`,
      contestants: ['qmp', 'floor', 'batched-floor', 'C', 'Python'],
      questions: [timesThatOf('batched-floor', { atLeast: 0.85 }), timesThatOf('floor'), timesThatOf('Python')],
    }),
  ),
  workloadRow({
    workload: 'qemu-sequence',
    title: 'QEMU 11.1, `query-version` in sequence',
    turnsPerRound: 2,
    contestants: ['qmp', 'floor', 'C', 'Python'],
    questions: [timesThatOf('C', { atLeast: 0.97 }), timesThatOf('Python', { atLeast: 1 }), timesThatOf('floor')],
  }),
  workloadRow({
    workload: 'events',
    title: 'event flood, one stream over all, one filtered',
    contestants: ['qmp', 'floor', 'C', 'Python'],
    questions: [timesThatOf('floor', { atLeast: 1 }), timesThatOf('Python')],
  }),
  workloadRow({
    workload: 'events-heard',
    title: 'the same with two listeners, as the floor has it',
    contestants: ['qmp', 'floor'],
    questions: [timesThatOf('floor', { atLeast: 1 })],
  }),
  workloadRow({
    workload: 'reply-256k',
    title: 'replies of 256 KiB, exact integers on',
    contestants: ['qmp', 'floor', 'C', 'Python'],
    questions: [timesThatOf('floor', { atLeast: 0.95 }), timesThatOf('Python')],
  }),
  workloadRow({
    workload: 'reply-256k-exact',
    title: 'the same with one 64-bit integer in it',
    contestants: ['qmp', 'floor'],
    questions: [timesThatOf('floor')],
  }),
  workloadRow({
    workload: 'reply-16m',
    title: 'replies of 16 MiB, exact integers on',
    contestants: ['qmp', 'floor', 'C', 'Python'],
    questions: [timesThatOf('floor', { atLeast: 0.95 }), timesThatOf('Python')],
  }),
  workloadRow({
    workload: 'connect',
    title: 'connect and negotiate',
    contestants: ['qmp', 'floor', 'C', 'Python'],
    questions: [timesThatOf('floor', { atLeast: 0.75 }), timesThatOf('Python')],
  }),
  workloadRow({
    workload: 'idle',
    title: 'memory of an idle connection, the second 1,000 of them (JavaScript heap only)',
    unit: 'bytes',
    contestants: ['qmp', 'floor'],
    questions: [timesThatOf('floor', { atMost: 1.5 })],
    sample: memoryOf,
  }),
  workloadRow({
    workload: 'unread',
    title: '2 million events into a stream that nobody reads',
    unit: 'bytes',
    contestants: ['qmp', 'floor'],
    questions: [itself('bytes of growth', { atMost: 30e6 }), timesThatOf('floor')],
    sample: unreadGrowth,
  }),
  replayRow,
  ...schemaRows,
  ...serverRows,
  importRow,
  execRow,
  checkRow,
  instantiationsRow,
  completionRow,
  bundleRow({ name: 'bundle-protocol', bundle: '@qmp/protocol', atMostKilobytes: 5 }),
  bundleRow({ name: 'bundle-qmp', bundle: 'qmp with @qmp/protocol', atMostKilobytes: 14 }),
];
