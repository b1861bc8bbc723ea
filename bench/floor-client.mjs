// The smallest correct client that JavaScript allows: node:net, split at newlines, JSON.parse, a Map of ids.
import { once } from 'node:events';
import { connect } from 'node:net';

/** @param {'each' | 'tick'} writes one write per command, or one for all commands of a tick */
export async function connectFloor(path, writes) {
  const socket = connect(path).setEncoding('utf8');
  const pending = new Map();
  let rest = '';
  let lastId = 0;
  let batch = '';
  const flush = () => {
    socket.write(batch);
    batch = '';
  };
  await once(socket, 'connect');
  const greeted = once(socket, 'data');
  await greeted;
  socket.on('data', (chunk) => {
    rest += chunk;
    let start = 0;
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', start)) {
      const message = JSON.parse(rest.slice(start, end));
      start = end + 1;
      const resolve = pending.get(message.id);
      pending.delete(message.id);
      resolve(message.return);
    }
    rest = rest.slice(start);
  });
  return {
    execute(command, args) {
      return new Promise((resolve) => {
        lastId += 1;
        pending.set(lastId, resolve);
        const text = JSON.stringify({ execute: command, arguments: args, id: lastId });
        if (writes === 'each') socket.write(text);
        else {
          if (batch === '') queueMicrotask(flush);
          batch += text;
        }
      });
    },
    async disconnect() {
      socket.destroy();
    },
  };
}
