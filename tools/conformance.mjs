#!/usr/bin/env node
// @ts-check
// npm run conformance: points the kit at clients and servers, and writes the tables in docs/conformance.md.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { npmClients, ourClient, referenceClient } from './conformance/contestants.mjs';
import { formatFailures, formatReports, placeText } from './conformance/table.mjs';
import { installQemu } from './qemu/install.mjs';
import { defaultVersions } from './qemu/releases.mjs';

const page = fileURLToPath(new URL('../docs/conformance.md', import.meta.url));
const qmp = fileURLToPath(new URL('../packages/cli/bin/qmp.js', import.meta.url));

const clients = [];
for (const { command, env } of [ourClient(), await referenceClient(), ...npmClients()]) {
  process.stdout.write(`${command.join(' ')} ...\n`);
  clients.push(await report(['--client', ...command], env));
}
const servers = [];
for (const installed of await installQemu(defaultVersions)) {
  process.stdout.write(`QEMU ${installed.version} ...\n`);
  servers.push({ ...(await reportOnQemu(installed.qemu)), subject: `QEMU ${installed.version}` });
}
const day = `Run on ${new Date().toISOString().slice(0, 10)}:`;
let content = readFileSync(page, 'utf8');
content = placeText(
  content,
  'clients',
  `${day}\n\n${formatReports(clients)}\n\nWhat failed:\n\n${formatFailures(clients)}`,
);
content = placeText(content, 'servers', `${day}\n\n${formatReports(servers)}`);
writeFileSync(page, content);
// Columns of a width: the gate wants them.
spawnSync('npx', ['oxfmt', page], { stdio: 'inherit' });

/**
 * @param {readonly string[]} words
 * @param {Readonly<Record<string, string>>} [env]
 * @returns {Promise<import('./conformance/table.mjs').Report>}
 */
async function report(words, env) {
  const child = spawn(process.execPath, [qmp, 'conformance', '--json', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const output = await text(child.stdout);
  if (output === '') throw new Error(`qmp conformance ${words.join(' ')} gave no report`);
  return /** @type {import('./conformance/table.mjs').Report} */ (JSON.parse(output));
}

/** @param {string} program */
async function reportOnQemu(program) {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  const path = join(folder, 'qmp');
  const words = ['-machine', 'none', '-accel', 'tcg', '-nodefaults', '-display', 'none'];
  const qemu = spawn(program, [...words, '-qmp', `unix:${path},server=on,wait=off`], { stdio: 'ignore' });
  try {
    while (!existsSync(path)) await pause(10);
    return await report(['--server', path]);
  } finally {
    qemu.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}
