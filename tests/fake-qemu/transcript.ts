import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

/** One message of a session, without what only tells when and where it was. */
export type Entry =
  | { readonly kind: 'command'; readonly name: string; readonly arguments: JsonValue }
  | { readonly kind: 'return'; readonly command: string; readonly value: JsonValue }
  | { readonly kind: 'error'; readonly command: string; readonly class: JsonValue; readonly description: JsonValue }
  | { readonly kind: 'event'; readonly name: string; readonly data: JsonValue }
  | { readonly kind: 'end' };

/** The messages of a session as they pass, in the order of the wire. */
export class Transcript {
  readonly entries: Entry[] = [];
  readonly #commands = new Map<JsonValue | undefined, string>();
  readonly #onEntry: () => void;
  /** Commands that are not written down, nor are their replies. */
  readonly #unseen = new Set<JsonValue | undefined>();
  /** Whether the commands to come are written down. */
  isSeeing = true;

  constructor(onEntry: () => void) {
    this.#onEntry = onEntry;
  }

  sent(message: JsonObject): void {
    const { execute: name } = message as { readonly execute: string };
    if (!this.isSeeing) {
      this.#unseen.add(message['id']);
      return;
    }
    this.#commands.set(message['id'], name);
    this.#add({ kind: 'command', name, arguments: message['arguments'] ?? {} });
  }

  received(message: JsonObject): void {
    if ('QMP' in message || this.#unseen.has(message['id'])) return;
    if (typeof message['event'] === 'string') {
      this.#add({ kind: 'event', name: message['event'], data: message['data'] ?? {} });
      return;
    }
    const command = this.#commands.get(message['id']) ?? '';
    const error = message['error'] as JsonObject | undefined;
    if (error === undefined) this.#add({ kind: 'return', command, value: message['return'] ?? null });
    else this.#add({ kind: 'error', command, class: error['class'] ?? null, description: error['desc'] ?? null });
  }

  end(): void {
    this.#add({ kind: 'end' });
  }

  #add(entry: Entry): void {
    this.entries.push(entry);
    this.#onEntry();
  }
}
