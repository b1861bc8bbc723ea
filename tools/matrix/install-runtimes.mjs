// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimesFolder } from './runtimes.mjs';

/**
 * Brings the runtimes from the npm registry, unless those that the lockfile names are there already.
 * @throws {Error} when npm does not manage it; what it said stands on the terminal
 */
export function installRuntimes() {
  if (isInstalled()) return;
  process.stdout.write('Installing the runtimes (about 930 MB, once) ...\n');
  // The packages are the programs themselves: there is nothing to be run.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync('npm', args, { cwd: runtimesFolder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`The runtimes could not be installed in ${runtimesFolder}`, { cause: error });
}

function isInstalled() {
  // What npm keeps of what it has installed.
  const note = join(runtimesFolder, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const { '': _, ...wanted } = packagesOf(join(runtimesFolder, 'package-lock.json'));
  return JSON.stringify(versionsOf(wanted)) === JSON.stringify(versionsOf(packagesOf(note)));
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version: string }>}
 */
function packagesOf(lockfile) {
  const { packages } = /** @type {{ packages: Record<string, { version: string }> }} */ (
    JSON.parse(readFileSync(lockfile, 'utf8'))
  );
  return packages;
}

/** @param {Record<string, { version: string }>} packages */
function versionsOf(packages) {
  return Object.entries(packages)
    .map(([path, { version }]) => `${path}@${version}`)
    .sort();
}
