// @ts-check
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../chromium/find-chromium.mjs';

/** The folder of the package that brings the runtimes. */
export const runtimesFolder = fileURLToPath(new URL('../runtimes/', import.meta.url));

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

/**
 * Something that the tests are run under.
 * @typedef {object} Runtime
 * @property {string} name how it is chosen on the command line
 * @property {string} title how it is called in the table
 * @property {string} program what is started
 * @property {readonly string[]} args up to where those of vitest follow
 * @property {readonly string[]} projects which of the tests it runs
 * @property {readonly string[]} versionCommand what prints its version
 */

const everything = ['unit', 'system'];
const bun = installed('@oven/bun-linux-x64/bin/bun');
const deno = installed('@deno/linux-x64-glibc/deno');

/**
 * In the order of the table.
 * @type {readonly Runtime[]}
 */
export const runtimes = [
  ...[20, 22, 24, 26].map((major) => {
    const program = installed(`node-${major}/bin/node`);
    const versionCommand = [program, '--version'];
    return { name: `node-${major}`, title: 'Node', program, args: [vitest], projects: everything, versionCommand };
  }),
  {
    name: 'bun',
    title: 'Bun',
    program: bun,
    // Else the first line of vitest, which names Node, has Bun hand it to Node.
    args: ['--bun', vitest],
    projects: everything,
    versionCommand: [bun, '--version'],
  },
  {
    name: 'deno',
    title: 'Deno',
    program: deno,
    args: ['run', '--allow-all', '--no-lock', vitest],
    projects: everything,
    versionCommand: [deno, '--version'],
  },
  {
    name: 'chromium',
    title: 'Chromium',
    // The tests run in the browser; it is this Node that starts it.
    program: process.execPath,
    args: [vitest],
    projects: ['browser'],
    versionCommand: [findChromium() ?? 'chromium', '--version', '--no-sandbox'],
  },
];

/** @param {string} path */
function installed(path) {
  return join(runtimesFolder, 'node_modules', path);
}
