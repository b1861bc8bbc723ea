import { fileURLToPath } from 'node:url';
import { buildNative } from '../native/build-native.mjs';
import { findPython } from './find-python.mjs';
import { runProcess } from './run-process.mjs';

/** @typedef {import('../workloads/workload.ts').Workload} Workload */
/** @typedef {import('../workloads/workload.ts').Measurement} Measurement */

const RUN_CLIENT = fileURLToPath(new URL('../run-client.mjs', import.meta.url));
const PYTHON_CLIENT = fileURLToPath(new URL('../clients/python_client.py', import.meta.url));

/** How much less the reference gets to do, so that it takes about as long; QEMU keeps all of them waiting. */
const PYTHON_SHARE = { server: 1 / 20, qemu: 1 / 2 };

const python = findPython();

/**
 * One run of a workload in a fresh process.
 *
 * @param {import('../rows/row.ts').Contestant} contestant
 * @param {import('../rows/row.ts').Runtime} runtime
 * @param {string} path
 * @param {Workload} workload
 * @returns {Promise<Measurement | undefined>} nothing where it cannot run here
 */
export async function runContestant(contestant, runtime, path, workload) {
  const words = commandLine(contestant, runtime, path, workload);
  return words === undefined ? undefined : /** @type {Measurement} */ (JSON.parse(await runProcess(words)));
}

/**
 * @param {import('../rows/row.ts').Contestant} contestant
 * @param {import('../rows/row.ts').Runtime} runtime
 * @param {string} path
 * @param {Workload} workload
 * @returns {[string, ...string[]] | undefined}
 */
function commandLine(contestant, runtime, path, workload) {
  if (contestant === 'C') {
    const program = buildNative('client');
    return program === undefined ? undefined : [program, ...positionals(path, workload)];
  }
  if (contestant === 'Python') {
    return python === undefined
      ? undefined
      : [python.executable, PYTHON_CLIENT, ...positionals(path, workload, PYTHON_SHARE[workload.peer])];
  }
  return [runtime.executable, ...workload.nodeOptions, RUN_CLIENT, contestant, workload.name, '--socket', path];
}

/**
 * @param {string} path
 * @param {Workload} workload
 * @param {number} [share] of the operations
 */
function positionals(path, { kind, operations, warmUpOperations, inFlight, command }, share = 1) {
  const [measured, warmUp] = [operations, warmUpOperations].map((count) => Math.max(1, Math.round(count * share)));
  return [kind, path, measured, warmUp, inFlight, command].map(String);
}
