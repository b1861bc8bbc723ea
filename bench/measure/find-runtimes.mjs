import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNTIMES = fileURLToPath(new URL('../../tools/runtimes', import.meta.url));

/**
 * The runtimes to measure in: those that are asked for, otherwise this one and the Node 24 of `tools/runtimes`, where it
 * is installed.
 *
 * @param {readonly string[]} executables
 * @returns {import('../rows/row.ts').Runtime[]}
 * @throws Error for one that cannot be run
 */
export function findRuntimes(executables) {
  const node24 = join(RUNTIMES, 'node_modules', 'node-24', 'bin', 'node');
  const found = executables.length > 0 ? executables : [process.execPath, node24].filter((path) => existsSync(path));
  return found.map((executable) => ({ name: `Node ${versionOf(executable)}`, executable }));
}

/** @param {string} executable */
function versionOf(executable) {
  return execFileSync(executable, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');
}
