// @ts-check
// The adapter of qemu-qmp from npm.
import { createRequire } from 'node:module';
import process from 'node:process';
import { serveAdapter, Unsupported } from './json-lines.mjs';

/**
 * What is used of it.
 * @typedef {object} QmpClient
 * @property {(...words: unknown[]) => void} connect to a path, or a port and a host; ends with a callback
 * @property {(command: string, args: unknown, callback: (error: Error | null, value: unknown) => void) => void} execute
 *   has no time limit
 * @property {() => void} end hangs up
 * @property {(name: string, listener: () => void) => void} on as an EventEmitter has it
 * @property {(name: string, ...values: unknown[]) => boolean} emit as an EventEmitter has it
 */

/** An error of the server, of which the client gives the text only. */
class Refusal extends Error {
  /** @override */
  name = 'Refusal';
}

const QMP = /** @type {new () => QmpClient} */ (createRequire(import.meta.url)('../clients/node_modules/qemu-qmp'));
const address = process.env['QMP_ADDRESS'] ?? '';
let client = new QMP();

const { event } = serveAdapter('qemu-qmp 0.5.0', carryOut, {
  errorIn: (error) => (error instanceof Refusal ? { class: '', desc: error.message } : undefined),
});

/** @param {import('./json-lines.mjs').Wish} wish */
async function carryOut({ do: action, command, arguments: args, oob }) {
  if (action === 'connect') return await connect();
  if (action === 'disconnect') return client.end();
  if (oob === true) throw new Unsupported('it knows no out-of-band execution');
  /** @type {Promise<unknown>} */
  const result = new Promise((resolve, reject) => {
    client.execute(command, args, (error, value) => {
      if (error === null) resolve(value);
      else reject(new Refusal(error.message));
    });
  });
  return await result;
}

async function connect() {
  client = new QMP();
  const emit = client.emit.bind(client);
  // An event is told as its name in small letters, with its name, and nothing of the rest.
  client.emit = (name, ...values) => {
    if (typeof values[0] === 'string' && values[0].toLowerCase() === name) event({ event: values[0] });
    return emit(name, ...values);
  };
  const [host, port] = address.split(':');
  const where = port === undefined ? [address] : [Number(port), host];
  await new Promise((resolve, reject) => {
    client.connect(...where, (/** @type {Error | null} */ error) => {
      // It takes all listeners away once it is connected; without one an error ends the process.
      client.on('error', () => undefined);
      if (error === null) resolve(undefined);
      else reject(error);
    });
  });
}
