import type { Transport } from '@qmp/protocol';
import { type JsonObject, stringifyJson } from '@qmp/protocol/codecs';
import { JsonFramer } from '@qmp/protocol/testing';
import { eventOf, greetingWith } from './scripted-server.test-kit.ts';

/** What the server returns to the command with the argument `n`. */
export function echoOf(n: number): string {
  return `echo of ${n}`;
}

/**
 * A server that takes whatever comes, and answers what it can make out: each command by what is its own, with an event
 * before it. The third of three commands fails.
 */
export async function serveEchoes(link: Transport): Promise<void> {
  const framer = new JsonFramer();
  let ticks = 0;
  const send = async (...messages: readonly JsonObject[]): Promise<void> => {
    const text = messages.map((message) => `${stringifyJson(message)}\r\n`).join('');
    await link.write(new TextEncoder().encode(text));
  };
  try {
    await send(greetingWith('oob'));
    for await (const chunk of link.readable) {
      for (const { message } of framer.decode(chunk)) {
        if (message === undefined) continue;
        const { execute, id, arguments: args } = message;
        if (execute === 'qmp_capabilities') await send({ return: {}, id });
        else await send(eventOf('TICK', { n: (ticks += 1) }), { ...answerTo(args), id });
      }
    }
    await link.close();
  } catch {
    link.abort();
  }
}

function answerTo(args: JsonObject['arguments']): JsonObject {
  const { n } = (args ?? {}) as JsonObject;
  return Number(n) % 3 === 2
    ? { error: { class: 'GenericError', desc: echoOf(Number(n)) } }
    : { return: echoOf(Number(n)) };
}
