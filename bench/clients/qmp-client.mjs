import { QmpClient } from 'qmp';
import { COUNTED_EVENT, EVENT_NAMES } from '../server/events.mjs';

/** @typedef {QmpClient<import('qmp').AnySchema>} Client */

/**
 * Ours, as users get it: no option is set.
 *
 * @type {import('./client.ts').Client}
 */
export const qmpClient = {
  async connect(path) {
    /** @type {Client} */
    const client = await QmpClient.connect(`unix:${path}`);
    return {
      execute: (command, args) => client.execute(command, args),
      async countEvents(count, by) {
        if (by === 'listeners') {
          await Promise.all([hear(client, [], count), hear(client, COUNTED_EVENT, count / EVENT_NAMES)]);
          return;
        }
        const all = client.events.of();
        const filtered = client.events.of(COUNTED_EVENT);
        await Promise.all([read(all, count), read(filtered, count / EVENT_NAMES)]);
      },
      leaveEventsUnread() {
        const stream = client.events.of();
        return () => ({ seen: stream.unread + stream.lost, lost: stream.lost });
      },
      close: () => client.disconnect(),
    };
  },
};

/**
 * @param {import('qmp').EventStream<unknown>} stream
 * @param {number} count
 */
async function read(stream, count) {
  let seen = 0;
  for await (const event of stream) {
    if (event !== undefined) seen += 1;
    if (seen + stream.lost >= count) break;
  }
  if (stream.lost > 0) throw new Error(`${stream.lost} of ${count} events went lost`);
}

/**
 * @param {Client} client
 * @param {string | []} names
 * @param {number} count
 * @returns {Promise<void>}
 */
function hear(client, names, count) {
  return new Promise((resolve) => {
    let seen = 0;
    const listening = client.events.on(names, () => {
      seen += 1;
      if (seen < count) return;
      listening[Symbol.dispose]();
      resolve();
    });
  });
}
