// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fetchReference } from './reference.mjs';

const adapter = (/** @type {string} */ name) => fileURLToPath(new URL(`adapters/${name}`, import.meta.url));
const clientsFolder = fileURLToPath(new URL('clients/', import.meta.url));

/**
 * A client that the kit is pointed at.
 * @typedef {object} Contestant
 * @property {readonly string[]} command starts its adapter
 * @property {Readonly<Record<string, string>>} env what that needs
 */

/** @returns {Contestant} the client of this repository */
export function ourClient() {
  return { command: [process.execPath, adapter('qmp.mjs')], env: {} };
}

/**
 * QEMU's own client in Python.
 * @returns {Promise<Contestant>}
 * @throws {Error} that says why it cannot be had
 */
export async function referenceClient() {
  const env = { PYTHONPATH: await fetchReference() };
  return { command: ['python3', adapter('python_adapter.py')], env };
}

/**
 * Clients from the npm registry, which are installed when they are asked for.
 * @returns {Contestant[]}
 * @throws {Error} when npm does not manage it; what it said stands on the terminal
 */
export function npmClients() {
  if (!existsSync(fileURLToPath(new URL('node_modules/.package-lock.json', new URL('clients/', import.meta.url))))) {
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { status, error } = spawnSync('npm', args, { cwd: clientsFolder, stdio: 'inherit' });
    if (status !== 0) throw new Error(`The clients could not be installed in ${clientsFolder}`, { cause: error });
  }
  return ['node-qemu.mjs', 'qemu-qmp.mjs'].map((name) => ({ command: [process.execPath, adapter(name)], env: {} }));
}
