// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSchemaSources } from '../qemu/index.mjs';

/**
 * QEMU's source, as far as its schemas need it.
 *
 * @typedef {object} Tree
 * @property {string} version such as `11.1`
 * @property {string} release such as `11.1.1`
 * @property {string} folder where it is
 */

/**
 * The source trees at hand, and why others are not.
 *
 * @returns {{ readonly trees: readonly Tree[], readonly missing: readonly string[] }}
 */
export function findTrees() {
  /** @type {Tree[]} */
  const trees = [];
  const missing = [];
  for (const { version, folder, reason } of findSchemaSources()) {
    if (folder !== undefined && existsSync(join(folder, 'VERSION'))) {
      trees.push({ version, folder, release: readFileSync(join(folder, 'VERSION'), 'utf8').trim() });
    } else {
      missing.push(`the schema of QEMU ${version}: ${reason ?? `there is no VERSION in ${folder}`}`);
    }
  }
  return { trees, missing };
}
