#!/usr/bin/env node
// npm run bench
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { help, parseCommandLine } from './command-line/parse-command-line.mjs';
import { checkBuild } from './measure/check-build.mjs';
import { findRuntimes } from './measure/find-runtimes.mjs';
import { runRow } from './measure/run-row.mjs';
import { describeMachine } from './report/describe-machine.mjs';
import { findNotices } from './report/find-notices.mjs';
import { formatRow } from './report/format-row.mjs';
import { formatTables } from './report/format-tables.mjs';
import { replaceBetweenMarkers } from './report/replace-between-markers.mjs';
import { findQemu } from './server/find-qemu.mjs';
import { startPeer } from './server/start-peer.mjs';

const PAGE = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit status
 */
async function main(args) {
  let request;
  try {
    request = parseCommandLine(args);
  } catch (error) {
    process.stderr.write(`bench: ${/** @type {Error} */ (error).message} (--help explains)\n`);
    return 2;
  }
  if (request.help) {
    process.stdout.write(help);
    return 0;
  }
  try {
    await measure(request);
    return 0;
  } catch (error) {
    process.stderr.write(`bench: ${/** @type {Error} */ (error).message}\n`);
    return 1;
  }
}

/** @param {import('./command-line/parse-command-line.mjs').Request} request */
async function measure({ rows, rounds, nodes, isWrittenDown }) {
  checkBuild();
  const runtimes = findRuntimes(nodes);
  const notices = findNotices();
  const description = describeMachine({ rounds, runtimes, notices });
  process.stdout.write(`${description}\n\n`);
  const results = [];
  for (const row of rows) {
    const result = await withPeer(row, (peer) => runRow(row, { runtimes, rounds, peer }));
    process.stdout.write(formatRow(result));
    results.push(result);
  }
  if (!isWrittenDown) return;
  const text = `${description}\n\n${formatTables(results, runtimes)}`;
  writeFileSync(PAGE, replaceBetweenMarkers(readFileSync(PAGE, 'utf8'), text));
  process.stdout.write('\nWritten to docs/performance.md\n');
}

/**
 * @template T
 * @param {import('./rows/row.ts').Row} row
 * @param {(peer: import('./server/start-peer.mjs').Peer | undefined) => Promise<T>} run
 * @returns {Promise<T>}
 */
async function withPeer({ peer: kind }, run) {
  if (kind === undefined || (kind === 'qemu' && findQemu() === undefined)) return await run(undefined);
  const peer = await startPeer(kind);
  try {
    return await run(peer);
  } finally {
    await peer.stop();
  }
}
