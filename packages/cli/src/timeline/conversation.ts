import { type JsonObject, type JsonValue, stringifyJson } from '@qmp/protocol/codecs';

import type { Entry } from './entry.ts';

/** Makes sense of the messages of one session: which reply belongs to which command, and when it was. */
export class Conversation {
  readonly #now: () => number;
  readonly #startMs: number;
  /** The commands that wait for their reply, by id; those with the same wait in line. */
  readonly #pending = new Map<string, Entry[]>();
  #commandCount = 0;
  #errorCount = 0;
  #eventCount = 0;

  /** @param now a clock in milliseconds; it begins now. */
  constructor(now: () => number) {
    this.#now = now;
    this.#startMs = now();
  }

  get commandCount(): number {
    return this.#commandCount;
  }

  get errorCount(): number {
    return this.#errorCount;
  }

  get eventCount(): number {
    return this.#eventCount;
  }

  /** The commands that have no reply yet. */
  get unanswered(): readonly string[] {
    return [...this.#pending.values()].flat().map(({ name }) => name);
  }

  get elapsedMs(): number {
    return this.#now() - this.#startMs;
  }

  /** A message to the server. */
  sent(message: JsonObject): Entry {
    this.#commandCount += 1;
    const name = textOf(message['execute'] ?? message['exec-oob']);
    const entry: Entry = { kind: 'command', name, content: message['arguments'], atMs: this.elapsedMs };
    const key = keyOf(message);
    this.#pending.set(key, [...(this.#pending.get(key) ?? []), entry]);
    return entry;
  }

  /** A message from the server. */
  received(message: JsonObject): Entry {
    const atMs = this.elapsedMs;
    if ('QMP' in message) return { kind: 'reply', name: 'greeting', content: message['QMP'], atMs };
    if (typeof message['event'] === 'string') {
      this.#eventCount += 1;
      return { kind: 'event', name: message['event'], content: message['data'], atMs };
    }
    const command = this.#answered(message);
    const about = { name: command?.name ?? '?', atMs, latencyMs: command && atMs - command.atMs };
    if (!('error' in message)) return { kind: 'reply', content: message['return'], ...about };
    this.#errorCount += 1;
    return { kind: 'error', content: describeError(message['error']), ...about };
  }

  #answered(reply: JsonObject): Entry | undefined {
    const key = keyOf(reply);
    const [command, ...others] = this.#pending.get(key) ?? [];
    if (others.length > 0) this.#pending.set(key, others);
    else this.#pending.delete(key);
    return command;
  }
}

/** An object is not the same when it comes back. */
function keyOf({ id }: JsonObject): string {
  return id === undefined ? '' : stringifyJson(id);
}

function describeError(error: JsonValue | undefined): string {
  const { class: errorClass, desc } = (error ?? {}) as JsonObject;
  return `${textOf(errorClass)}: ${textOf(desc)}`;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '?';
}
