// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { programs, versions } from './programs.mjs';

/**
 * QEMU's source as far as its schemas need it.
 *
 * @typedef {object} Tree
 * @property {string} version such as `11.1`
 * @property {string} release such as `11.1.1`
 * @property {string} folder where it is
 */

/**
 * The source trees at hand: folders named after versions in `$QEMU_SCHEMAS`.
 *
 * @returns {{ readonly trees: readonly Tree[], readonly missing: readonly string[] }} `missing` says which are not, and why
 */
export function findTrees() {
  const root = process.env['QEMU_SCHEMAS'];
  if (root === undefined) return { trees: [], missing: ['QEMU_SCHEMAS names no folder with the sources of QEMU'] };
  const trees = [];
  const missing = [];
  for (const version of versions) {
    const folder = join(root, version);
    const absent = ['VERSION', ...programs.map((program) => program.entry)].find(
      (file) => !existsSync(join(folder, file)),
    );
    if (absent === undefined) {
      trees.push({ version, release: readFileSync(join(folder, 'VERSION'), 'utf8').trim(), folder });
    } else {
      missing.push(`there is no ${join(folder, absent)}`);
    }
  }
  return { trees, missing };
}
