import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

import type { Entry } from './entry.ts';

/** Makes sense of the messages of one session: which reply belongs to which command, and when it was. */
export class Conversation {
  readonly #now: () => number;
  readonly #startMs: number;
  /** The commands that wait for their reply, by id. */
  readonly #pending = new Map<JsonValue | undefined, string>();
  #commandCount = 0;
  #eventCount = 0;

  /** @param now a clock in milliseconds; it begins now. */
  constructor(now: () => number) {
    this.#now = now;
    this.#startMs = now();
  }

  get commandCount(): number {
    return this.#commandCount;
  }

  get eventCount(): number {
    return this.#eventCount;
  }

  get elapsedMs(): number {
    return this.#now() - this.#startMs;
  }

  /** A message to the server. */
  sent(message: JsonObject): Entry {
    this.#commandCount += 1;
    const name = textOf(message['execute'] ?? message['exec-oob']);
    this.#pending.set(message['id'], name);
    return this.#entry('command', name, message['arguments']);
  }

  /** A message from the server. */
  received(message: JsonObject): Entry {
    if ('QMP' in message) return this.#entry('reply', 'greeting', message['QMP']);
    if (typeof message['event'] === 'string') {
      this.#eventCount += 1;
      return this.#entry('event', message['event'], message['data']);
    }
    const name = textOf(this.#pending.get(message['id']));
    this.#pending.delete(message['id']);
    if (!('error' in message)) return this.#entry('reply', name, message['return']);
    return this.#entry('error', name, describeError(message['error']));
  }

  #entry(kind: Entry['kind'], name: string, content: JsonValue | undefined): Entry {
    return { kind, name, content, atMs: this.elapsedMs };
  }
}

function describeError(error: JsonValue | undefined): string {
  const { class: errorClass, desc } = (error ?? {}) as JsonObject;
  return `${textOf(errorClass)}: ${textOf(desc)}`;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '?';
}
