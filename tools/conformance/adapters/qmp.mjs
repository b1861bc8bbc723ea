// @ts-check
// The adapter of this repository's client. Needs `npm run build`.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseJson, stringifyJson } from '@qmp/protocol/codecs';
import { ExecuteError, QmpClient } from 'qmp';
import { serveAdapter } from './json-lines.mjs';

const address = process.env['QMP_ADDRESS'] ?? '';
const manifest = readFileSync(new URL('../../../packages/qmp/package.json', import.meta.url), 'utf8');
const { version } = /** @type {{ version: string }} */ (JSON.parse(manifest));
const client = new QmpClient();

const { event } = serveAdapter(`qmp ${version}`, carryOut, {
  parse: parseJson,
  stringify: (value) => stringifyJson(/** @type {import('@qmp/protocol/codecs').JsonValue} */ (value)),
  errorIn: (error) =>
    error instanceof ExecuteError ? { class: error.errorClass, desc: error.description } : undefined,
});

/** @param {import('./json-lines.mjs').Wish} wish */
async function carryOut({ do: action, command, arguments: args, oob, timeoutMs }) {
  if (action === 'disconnect') return await client.disconnect();
  if (action === 'execute') return await client.executeRaw(command, args, { oob, timeoutMs });
  void follow();
  return await client.connect(address, timeoutMs === undefined ? {} : { timeoutMs });
}

/** Tells of every event of the session that is about to begin. */
async function follow() {
  try {
    for await (const one of client.events.of()) event(one);
  } catch {
    // The session was lost: who waits for something is told.
  }
}
