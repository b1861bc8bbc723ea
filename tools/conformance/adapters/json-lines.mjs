// @ts-check
import process from 'node:process';
import { createInterface } from 'node:readline';

/**
 * What a rule tells an adapter to do.
 * @typedef {{ do: 'connect' | 'execute' | 'disconnect', as: string, command: string, arguments?: import('@qmp/protocol/codecs').JsonObject,
 *   oob?: boolean, timeoutMs?: number }} Wish
 */

/** Thrown where a client cannot do at all what it is told to. */
export class Unsupported extends Error {
  /** @override */
  name = 'Unsupported';
}

/**
 * The adapter of a JavaScript client: carries out what it is told, all at the same time.
 * @param {string} client its name
 * @param {(wish: Wish) => unknown} carryOut may return a promise; what it throws is how it failed
 * @param {{ parse?: (text: string) => unknown, stringify?: (value: unknown) => string,
 *   errorIn?: (error: unknown) => { class: string, desc: string } | undefined }} [json] exact readers and writers, and
 *   where an error of the server is found
 */
export function serveAdapter(client, carryOut, { parse = JSON.parse, stringify = JSON.stringify, errorIn } = {}) {
  say({ client });
  createInterface({ input: process.stdin }).on('line', (line) => {
    const wish = /** @type {Wish} */ (parse(line));
    void answer(wish);
  });
  return { event: (/** @type {unknown} */ event) => say({ event }) };

  /** @param {Wish} wish */
  async function answer(wish) {
    try {
      say({ done: wish.as, return: await carryOut(wish) });
    } catch (error) {
      say(failure(wish.as, error));
    }
  }

  /**
   * @param {string} as
   * @param {unknown} error
   */
  function failure(as, error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Unsupported) return { unsupported: as, message };
    return { failed: as, message, error: errorIn?.(error) };
  }

  /** @param {unknown} value */
  function say(value) {
    process.stdout.write(`${stringify(value)}\n`);
  }
}
