import { fileURLToPath } from 'node:url';
import { runProcess } from '../measure/run-process.mjs';
import { itself } from './questions.mjs';

const SCRIPT = fileURLToPath(new URL('../schema/run-job.mjs', import.meta.url));

/**
 * What is done with a schema, that of a real QEMU, by processor time: all of it is computing.
 *
 * @type {readonly import('./row.ts').Row[]}
 */
export const schemaRows = [
  schemaRow({ job: 'validate-command', title: 'to validate a `blockdev-add`', unit: 'µs', bar: { atMost: 5 } }),
  schemaRow({
    job: 'validate-reply',
    title: 'to validate a `query-qmp-schema` reply',
    unit: 'ms',
    bar: { atMost: 20 },
  }),
  schemaRow({ job: 'read', title: 'to make a model of a `query-qmp-schema` reply', unit: 'ms' }),
];

/**
 * @param {object} options
 * @param {string} options.job
 * @param {string} options.title
 * @param {'µs' | 'ms'} options.unit
 * @param {import('./questions.mjs').Bar} [options.bar]
 * @returns {import('./row.ts').Row}
 */
function schemaRow({ job, title, unit, bar = {} }) {
  const perMs = unit === 'µs' ? 1_000 : 1;
  return {
    name: job,
    title: `${title}, QEMU 11.1`,
    unit,
    peer: 'qemu',
    contestants: ['qmp'],
    questions: [itself(unit, bar)],
    async measure(_, { executable }, peer) {
      if (peer === undefined) return undefined;
      return { value: Number(await runProcess([executable, SCRIPT, job, peer.path])) * perMs };
    },
  };
}
