// @ts-check
// The adapter of node-qemu from npm.
import { createRequire } from 'node:module';
import process from 'node:process';
import { serveAdapter } from './json-lines.mjs';

/**
 * What is used of it.
 * @typedef {object} QmpClient
 * @property {() => Promise<void>} connect once only
 * @property {() => Promise<void>} close for good
 * @property {(command: string, args?: object) => Promise<unknown>} execute has no time limit
 * @property {(command: string, args?: object) => Promise<unknown>} executeOob neither has this
 * @property {(name: string, listener: (value: unknown) => void) => void} on as an EventEmitter has it
 */

const { QMPClient } = /** @type {{ QMPClient: new (options: object) => QmpClient }} */ (
  createRequire(import.meta.url)('../clients/node_modules/node-qemu')
);
const address = process.env['QMP_ADDRESS'] ?? '';
let client = makeClient();

const { event } = serveAdapter('node-qemu 1.3.0', carryOut, {
  errorIn(error) {
    const { qmpClass, description } = /** @type {{ qmpClass?: string, description?: string }} */ (error);
    return qmpClass === undefined ? undefined : { class: qmpClass, desc: description ?? '' };
  },
});

/** @param {import('./json-lines.mjs').Wish} wish */
async function carryOut({ do: action, command, arguments: args, oob }) {
  if (action === 'disconnect') return await client.close();
  if (action === 'execute')
    return await (oob === true ? client.executeOob(command, args) : client.execute(command, args));
  client = makeClient();
  client.on('rawEvent', event);
  // Without a listener an error ends the process.
  client.on('error', () => undefined);
  return await client.connect();
}

function makeClient() {
  const [host, port] = address.split(':');
  const where = port === undefined ? { socketPath: address } : { host, port: Number(port) };
  return new QMPClient({ ...where, oob: true });
}
