import { once } from 'node:events';
import { connect } from 'node:net';
import { COUNTED_EVENT, EVENT_NAMES } from '../server/events.mjs';

/** How many unread events it keeps, as many as ours: whoever reads late wants the latest. */
const UNREAD_LIMIT = 10_000;

/** @typedef {{ event?: string, id?: number, return?: unknown, error?: { desc: string } }} Message */

/**
 * The floor: the smallest correct client that JavaScript allows. Bytes from `node:net`, cut at line ends, `JSON.parse`, a
 * Map of ids. No limits, no timeouts, no life cycle, no framing but QEMU's, and integers are rounded.
 *
 * @param {'each' | 'tick'} writes one write per command, or one for all commands of a tick
 * @returns {import('./client.ts').Client}
 */
export function floorClient(writes) {
  return { connect: (path) => connectFloor(path, writes) };
}

/**
 * @param {string} path
 * @param {'each' | 'tick'} writes
 * @returns {Promise<import('./client.ts').Session>}
 */
async function connectFloor(path, writes) {
  const socket = connect(path).setEncoding('utf8');
  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (error: Error) => void }>} */
  const pending = new Map();
  let onEvent = ignore;
  // The greeting has no id, and there is nothing else that it answers.
  const greeting = new Promise((resolve, reject) => {
    pending.set(0, { resolve, reject });
  });
  let rest = '';
  let lastId = 0;
  let batch = '';

  socket.on('data', (/** @type {string} */ chunk) => {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      const line = chunk.slice(start, end);
      handle(rest === '' ? line : rest + line);
      rest = '';
      start = end + 1;
    }
    rest += chunk.slice(start);
  });
  socket.on('close', () => {
    for (const { reject } of pending.values()) reject(new Error('The connection is gone'));
  });

  /** @param {string} line */
  function handle(line) {
    const message = /** @type {Message} */ (JSON.parse(line));
    if (message.event !== undefined) {
      onEvent(message);
      return;
    }
    const id = message.id ?? 0;
    const call = pending.get(id);
    pending.delete(id);
    if (message.error === undefined) call?.resolve(message.return);
    else call?.reject(new Error(message.error.desc));
  }

  /** @param {string} text */
  function send(text) {
    if (writes === 'each') socket.write(text);
    else {
      if (batch === '') queueMicrotask(flush);
      batch += text;
    }
  }

  function flush() {
    socket.write(batch);
    batch = '';
  }

  /**
   * @param {string} command
   * @param {object} [args]
   * @returns {Promise<unknown>}
   */
  function execute(command, args) {
    return new Promise((resolve, reject) => {
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      send(JSON.stringify({ execute: command, arguments: args, id: lastId }));
    });
  }

  await once(socket, 'connect');
  await greeting;
  await execute('qmp_capabilities');
  return {
    execute,
    countEvents: (count) =>
      new Promise((resolve, reject) => {
        let all = 0;
        let counted = 0;
        onEvent = (event) => {
          all += 1;
          if (event.event === COUNTED_EVENT) counted += 1;
          if (all < count) return;
          onEvent = ignore;
          if (counted * EVENT_NAMES === count) resolve();
          else reject(new Error(`${counted} of ${count} events were ${COUNTED_EVENT}`));
        };
      }),
    leaveEventsUnread() {
      const latest = new Array(UNREAD_LIMIT);
      let seen = 0;
      onEvent = (event) => {
        latest[seen % UNREAD_LIMIT] = event;
        seen += 1;
      };
      return () => ({ seen, lost: Math.max(0, seen - UNREAD_LIMIT) });
    },
    async close() {
      socket.destroy();
      await once(socket, 'close');
    },
  };
}

/** @type {(event: Message) => void} */
function ignore() {}
