import { runContestant } from '../measure/run-contestant.mjs';
import { workloads } from '../workloads/workloads.mjs';

/** @typedef {import('../workloads/workload.ts').Measurement} Measurement */

/**
 * A row that is a workload, done by each contestant in a process of its own.
 *
 * @param {Pick<import('./row.ts').Row, 'title' | 'contestants' | 'questions'> & Partial<Pick<import('./row.ts').Row, 'unit' | 'turnsPerRound'>> & {
 *   readonly workload: string, readonly sample?: (measurement: Measurement) => import('./row.ts').Sample }} row
 * @returns {import('./row.ts').Row}
 */
export function workloadRow({ workload: name, unit = 'per second', sample = rate, ...row }) {
  const workload = workloads.find((each) => each.name === name);
  if (workload === undefined) throw new RangeError(`There is no workload ${name}`);
  return {
    ...row,
    name,
    unit,
    peer: workload.peer,
    async measure(contestant, runtime, peer) {
      if (peer === undefined) return undefined;
      const measurement = await runContestant(contestant, runtime, peer.path, workload);
      return measurement === undefined ? undefined : sample(measurement);
    },
  };
}

/**
 * How much is done in a second, and in a second of processor time.
 *
 * @param {Measurement} measurement
 * @returns {import('./row.ts').Sample}
 */
function rate({ operations, wallSeconds, cpuSeconds }) {
  return { value: operations / wallSeconds, aside: operations / cpuSeconds };
}
