// @ts-check
// The adapter of node-qemu from npm.
import process from 'node:process';
import { QMPClient } from '../clients/node_modules/node-qemu/dist/index.mjs';
import { serveAdapter } from './json-lines.mjs';

const address = process.env['QMP_ADDRESS'] ?? '';
/** @type {any} */
let client;

const { event } = serveAdapter('node-qemu 1.3.0 (npm)', carryOut, {
  errorIn: (/** @type {any} */ error) =>
    error?.code === 'QMP_COMMAND_ERROR' ? { class: error.qmpClass, desc: error.description } : undefined,
});

/**
 * It has no time limits, so `timeoutMs` goes unheard.
 * @param {import('./json-lines.mjs').Wish} wish
 */
function carryOut(wish) {
  if (wish.do === 'connect') return connect();
  if (wish.do === 'disconnect') return client.close();
  return wish.oob === true
    ? client.executeOob(wish.command, wish.arguments)
    : client.execute(wish.command, wish.arguments);
}

/** A client that was closed cannot be used again. */
function connect() {
  const [host, port] = address.split(':');
  client = new QMPClient(
    port === undefined ? { socketPath: address, oob: true } : { host, port: Number(port), oob: true },
  );
  client.on('rawEvent', event);
  // Without a listener an error ends the process.
  client.on('error', () => undefined);
  return client.connect();
}
