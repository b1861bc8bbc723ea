// @ts-check
// The adapter of qemu-qmp from npm.
import { createRequire } from 'node:module';
import process from 'node:process';
import { serveAdapter, Unsupported } from './json-lines.mjs';

const QMP = createRequire(import.meta.url)('../clients/node_modules/qemu-qmp');
const address = process.env['QMP_ADDRESS'] ?? '';
/** @type {any} */
let client;

const { event } = serveAdapter('qemu-qmp 0.5.0 (npm)', carryOut, {
  // It tells the text of an error only.
  errorIn: (/** @type {any} */ error) => (error?.fromServer ? { class: '', desc: error.message } : undefined),
});

/**
 * It has no time limits, so `timeoutMs` goes unheard.
 * @param {import('./json-lines.mjs').Wish} wish
 */
function carryOut(wish) {
  if (wish.do === 'connect') return connect();
  if (wish.do === 'disconnect') return client.end();
  if (wish.oob === true) throw new Unsupported('it knows no out-of-band execution');
  return new Promise((resolve, reject) => {
    client.execute(wish.command, wish.arguments, (/** @type {any} */ error, /** @type {unknown} */ value) => {
      if (error) reject(Object.assign(error, { fromServer: true }));
      else resolve(value);
    });
  });
}

function connect() {
  client = new QMP();
  const emit = client.emit.bind(client);
  // An event is told as its name in small letters, with its name, and nothing of the rest.
  client.emit = (/** @type {string} */ name, /** @type {unknown[]} */ ...values) => {
    if (typeof values[0] === 'string' && values[0].toLowerCase() === name) event({ event: values[0] });
    return emit(name, ...values);
  };
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const done = (/** @type {unknown} */ error) => (error ? reject(error) : resolve(null));
    if (port === undefined) client.connect(address, done);
    else client.connect(Number(port), host, done);
  });
}
