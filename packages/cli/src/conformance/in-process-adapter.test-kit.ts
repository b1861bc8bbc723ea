import { type JsonObject, type JsonValue, parseJson, stringifyJson } from '@qmp/protocol/codecs';

import type { StartAdapter } from './driver/adapter-link.ts';
import { Mailbox } from './mailbox.ts';

/** What an adapter is told to do. */
export interface Wish {
  readonly do: string;
  readonly as: string;
  readonly command?: string;
  readonly arguments?: JsonValue;
  /** The arguments as they stood in the line. */
  readonly argumentsText: string;
  readonly oob?: boolean;
  readonly timeoutMs?: number;
}

/** The error of the server, as an adapter tells it. */
export class ServerRefusal extends Error {
  readonly errorClass: string;

  constructor(errorClass: string, description: string) {
    super(description);
    this.errorClass = errorClass;
  }
}

/** Thrown by a client that cannot do it at all. */
export class Unsupported extends Error {}

/** A client that is driven without a process of its own. */
interface InProcessClient {
  carryOut(wish: Wish): Promise<JsonValue>;
  close(): void;
}

/** An adapter within the test. */
export function inProcessAdapter(
  open: (address: string, tell: (event: JsonObject) => void) => InProcessClient,
): StartAdapter {
  return (address) => {
    const said = new Mailbox<string>();
    const say = (what: JsonObject): void => said.put(stringifyJson(what));
    say({ client: 'a client of this test' });
    const client = open(address, (event) => say({ event }));
    return {
      lines: linesOf(),
      send(line) {
        const [, argumentsText = ''] = /,"arguments":(.*)\}$/.exec(line) ?? [];
        const wish = { ...(parseJson(line) as unknown as Wish), argumentsText };
        client.carryOut(wish).then(
          (value) => say({ done: wish.as, return: value }),
          (error: unknown) => say(failure(wish.as, error as Error)),
        );
      },
      close() {
        client.close();
        said.close(new Error('closed'));
        return Promise.resolve();
      },
    };

    async function* linesOf(): AsyncGenerator<string> {
      // Ends by throwing when it is closed.
      for (;;) yield await said.take();
    }
  };
}

function failure(as: string, error: Error): JsonObject {
  if (error instanceof Unsupported) return { unsupported: as, message: error.message };
  if (!(error instanceof ServerRefusal)) return { failed: as, message: error.message };
  return { failed: as, message: error.message, error: { class: error.errorClass, desc: error.message } };
}
