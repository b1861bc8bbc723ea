#!/usr/bin/env node
// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installRuntimes } from './matrix/install-runtimes.mjs';
import { runSuite } from './matrix/run-suite.mjs';
import { runtimes } from './matrix/runtimes.mjs';
import { formatTable, placeTable } from './matrix/table.mjs';
import { installedQemu } from './qemu/installed.mjs';

const names = runtimes.map(({ name }) => name).join(', ');

const help = `Usage: npm run matrix [-- RUNTIME ...]

Runs all tests under each runtime, one after the other, and prints what came of
it. A run of all of them is written down in docs/runtimes.md.

RUNTIME   ${names}

The runtimes come from the npm registry into tools/runtimes on the first run;
Chromium is the machine's own. Needs x86-64 Linux.

Exit status: 0 all passed, 1 something failed, 2 wrong usage.
`;

const page = fileURLToPath(new URL('../docs/runtimes.md', import.meta.url));

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit status
 */
async function main(args) {
  let chosen;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      process.stdout.write(help);
      return 0;
    }
    chosen = choose(positionals);
  } catch (error) {
    process.stderr.write(`matrix: ${/** @type {Error} */ (error).message} (--help explains)\n`);
    return 2;
  }
  return await runAll(chosen);
}

/** @param {readonly string[]} wanted */
function choose(wanted) {
  const unknown = wanted.find((name) => !runtimes.some((runtime) => runtime.name === name));
  if (unknown !== undefined) throw new RangeError(`unknown runtime "${unknown}", expected ${names}`);
  return wanted.length === 0 ? runtimes : runtimes.filter(({ name }) => wanted.includes(name));
}

/**
 * @param {readonly import('./matrix/runtimes.mjs').Runtime[]} chosen
 * @returns {Promise<number>} the exit status
 */
async function runAll(chosen) {
  installRuntimes();
  const rows = [];
  for (const runtime of chosen) {
    process.stdout.write(`${runtime.name} ...\n`);
    const row = await runSuite(runtime);
    for (const failure of row.failures) process.stdout.write(`  FAILED ${failure}\n`);
    rows.push(row);
  }
  const table = formatTable(rows);
  process.stdout.write(`\n${table}\n`);
  if (chosen.length === runtimes.length) {
    const versions = installedQemu().map(({ version }) => version);
    const heading = `Run on ${new Date().toISOString().slice(0, 10)}, against QEMU ${versions.join(', ')}:`;
    writeFileSync(page, placeTable(readFileSync(page, 'utf8'), `${heading}\n\n${table}`));
  }
  return rows.some(({ failures }) => failures.length > 0) ? 1 : 0;
}
