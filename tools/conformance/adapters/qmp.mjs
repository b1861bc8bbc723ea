// @ts-check
// The adapter of this repository's client. Needs `npm run build`.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseJson, stringifyJson } from '@qmp/protocol/codecs';
import { ExecuteError, QmpClient } from 'qmp';
import { serveAdapter } from './json-lines.mjs';

const address = process.env['QMP_ADDRESS'] ?? '';
const { version } = JSON.parse(readFileSync(new URL('../../../packages/qmp/package.json', import.meta.url), 'utf8'));
const client = new QmpClient();

const { event } = serveAdapter(
  `qmp ${version}`,
  async (wish) => {
    const { timeoutMs, oob } = wish;
    if (wish.do === 'connect') {
      void follow();
      return await client.connect(address, timeoutMs === undefined ? {} : { timeoutMs });
    }
    if (wish.do === 'disconnect') return await client.disconnect();
    return await client.executeRaw(wish.command, /** @type {any} */ (wish.arguments), { timeoutMs, oob });
  },
  {
    parse: parseJson,
    stringify: (value) => stringifyJson(/** @type {any} */ (value)),
    errorIn: (error) =>
      error instanceof ExecuteError ? { class: error.errorClass, desc: error.description } : undefined,
  },
);

/** Tells of every event of the session that is about to begin. */
async function follow() {
  try {
    for await (const one of client.events.of()) event(one);
  } catch {
    // The session was lost: who waits for something is told.
  }
}
