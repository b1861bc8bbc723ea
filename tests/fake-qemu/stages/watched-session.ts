import { type JsonObject, type JsonValue, stringifyJson } from '@qmp/protocol/codecs';
import { ExecuteError } from 'qmp';
import { Transcript } from '../transcript.ts';
import { WatchedClient } from './watched-client.ts';

const PATIENCE_MS = 10_000;

/** What both stages have in common: a session that is written down. */
export class WatchedSession {
  readonly client: WatchedClient;
  readonly transcript: Transcript;
  #next = 0;
  #wake: () => void = () => undefined;

  constructor() {
    this.transcript = new Transcript(() => this.#wake());
    this.client = new WatchedClient(this.transcript);
  }

  async execute(command: string, args: JsonObject = {}): Promise<JsonValue | undefined> {
    try {
      return await this.client.executeRaw(command, args, { timeoutMs: PATIENCE_MS });
    } catch (error) {
      if (error instanceof ExecuteError) return undefined;
      throw error;
    }
  }

  /** Asks again and again, without writing it down. */
  async status(expected: string): Promise<void> {
    for (let status = ''; status !== expected;) {
      this.transcript.isSeeing = false;
      const asked = this.client.execute('query-status');
      this.transcript.isSeeing = true;
      ({ status } = await asked);
    }
  }

  /** Whether such an event has come, behind the one that was found last. */
  find(name: string, data: JsonObject): boolean {
    const { entries } = this.transcript;
    for (let at = this.#next; at < entries.length; at += 1) {
      const entry = entries[at];
      if (entry?.kind !== 'event' || entry.name !== name || !includes(entry.data, data)) continue;
      this.#next = at + 1;
      return true;
    }
    return false;
  }

  /** Waits for something to come. */
  async news(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Nothing has come for ${PATIENCE_MS} ms`)), PATIENCE_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Waits until the server has hung up. */
  async ended(): Promise<void> {
    await this.client.closed;
    this.transcript.end();
  }

  describe(): string {
    return this.transcript.entries.map((entry) => stringifyJson(entry as unknown as JsonValue)).join('\n');
  }
}

function includes(value: JsonValue, expected: JsonObject): boolean {
  const members = value as JsonObject;
  return Object.entries(expected).every(([name, member]) => members[name] === member);
}
