import { fileURLToPath } from 'node:url';
import { runProcess } from '../measure/run-process.mjs';
import { moreThan, timesThatOf } from './questions.mjs';

/** A single start is mostly noise. */
const TURNS_PER_ROUND = 10;

const COMMAND = 'query-version';

const scripts = {
  empty: fileURLToPath(new URL('../start-up/empty.mjs', import.meta.url)),
  importQmp: fileURLToPath(new URL('../start-up/import-qmp.mjs', import.meta.url)),
  floorExec: fileURLToPath(new URL('../start-up/floor-exec.mjs', import.meta.url)),
  qmp: fileURLToPath(new URL('../../packages/cli/bin/qmp.js', import.meta.url)),
};

/** @type {import('./row.ts').Row} */
export const importRow = {
  name: 'import',
  title: "a process that does `import 'qmp'`; its floor is an empty one",
  unit: 'ms',
  turnsPerRound: TURNS_PER_ROUND,
  contestants: ['qmp', 'floor'],
  questions: [moreThan('floor', 'ms', { atMost: 15 })],
  measure: (contestant, { executable }) =>
    timeOf([executable, contestant === 'qmp' ? scripts.importQmp : scripts.empty]),
};

/** @type {import('./row.ts').Row} */
export const execRow = {
  name: 'exec',
  title: '`qmp exec` as a process',
  unit: 'ms',
  peer: 'server',
  turnsPerRound: TURNS_PER_ROUND,
  contestants: ['qmp', 'floor'],
  questions: [timesThatOf('floor', { atMost: 1.4 })],
  async measure(contestant, { executable }, peer) {
    if (peer === undefined) return undefined;
    const words = contestant === 'qmp' ? [scripts.qmp, 'exec'] : [scripts.floorExec];
    return await timeOf([executable, ...words, peer.path, COMMAND]);
  },
};

/**
 * @param {[string, ...string[]]} words
 * @returns {Promise<import('./row.ts').Sample>}
 */
async function timeOf(words) {
  const start = performance.now();
  await runProcess(words);
  return { value: performance.now() - start };
}
