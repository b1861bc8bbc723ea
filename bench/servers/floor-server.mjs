import { createServer } from 'node:net';

/** @typedef {{ readonly execute: string, readonly id?: unknown }} Command */

const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 1, "major": 11}, "package": ""}, "capabilities": []}}\r\n';

/**
 * The floor: the smallest correct server that JavaScript allows. Bytes from `node:net`, cut where braces close, because
 * clients need not end a line, `JSON.parse`, `JSON.stringify`, one write for all replies to a chunk. It believes what it
 * gets: no limits, no recovery from what is no JSON, no check of arguments, no events, and integers are rounded.
 *
 * @param {string} path
 * @param {Readonly<Record<string, () => unknown>>} handlers
 */
export function startFloorServer(path, handlers) {
  createServer((socket) => {
    let rest = '';
    let hasNegotiated = false;

    /** @param {Command} command */
    function answer({ execute: command, id }) {
      if (command === 'qmp_capabilities') {
        hasNegotiated = true;
        return { return: {}, id };
      }
      const handler = hasNegotiated ? handlers[command] : undefined;
      if (handler !== undefined) return { return: handler(), id };
      const desc = hasNegotiated ? `The command ${command} has not been found` : 'Expecting qmp_capabilities';
      return { error: { class: 'CommandNotFound', desc }, id };
    }

    socket.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      const text = rest + chunk;
      let replies = '';
      let start = 0;
      for (let end = endOfObject(text, start); end !== -1; end = endOfObject(text, start)) {
        const command = /** @type {Command} */ (JSON.parse(text.slice(start, end)));
        replies += `${JSON.stringify(answer(command))}\r\n`;
        start = end;
      }
      rest = text.slice(start);
      if (replies !== '') socket.write(replies);
    });
    // Who hangs up while being talked to is gone, and that is all.
    socket.on('error', () => socket.destroy());
    socket.write(GREETING);
  }).listen(path);
}

/**
 * @param {string} text
 * @param {number} start
 * @returns {number} -1 where it is not complete
 */
function endOfObject(text, start) {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22: // a quote
        for (at += 1; text.charCodeAt(at) !== 0x22; at += 1) {
          if (at >= text.length) return -1;
          if (text.charCodeAt(at) === 0x5c) at += 1;
        }
        break;
      case 0x7b:
        depth += 1;
        break;
      case 0x7d:
        depth -= 1;
        if (depth === 0) return at + 1;
        break;
      default:
    }
  }
  return -1;
}
