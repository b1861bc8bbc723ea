import { nodeConnector } from '@qmp/node';
import type { Transport } from '@qmp/protocol';
import { type JsonObject, type JsonValue, JsonStreamCodec, stringifyJson } from '@qmp/protocol/codecs';

import type { Deadline } from '../deadline.ts';
import { Mailbox } from '../mailbox.ts';
import { Violation } from '../verdict.ts';

/** A connection to a server that is tested: bytes as a rule wants them, messages as they come. */
export class RawSession {
  readonly #transport: Transport;
  readonly #deadline: Deadline;
  readonly #messages = new Mailbox<JsonObject>();
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #reading: Promise<void>;
  #proofs = 0;
  #text = '';

  private constructor(transport: Transport, deadline: Deadline) {
    this.#transport = transport;
    this.#deadline = deadline;
    this.#reading = this.#read();
  }

  /** @throws DialError when nobody listens there. */
  static async open(address: string, deadline: Deadline): Promise<RawSession> {
    const signal = new AbortController().signal;
    return new RawSession(await deadline.wait('the connection', nodeConnector.dial(address, { signal })), deadline);
  }

  /** All that the server has sent so far. */
  get received(): string {
    return this.#text;
  }

  /** Sends bytes as they are. */
  async send(bytes: string | Uint8Array): Promise<void> {
    await this.#transport.write(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
  }

  /** The next message of the server. */
  message(): Promise<JsonObject> {
    return this.#deadline.wait('a message of the server', this.#messages.take());
  }

  /** The next message that is no event. */
  async reply(): Promise<JsonObject> {
    for (;;) {
      const message = await this.message();
      if (!('event' in message)) return message;
    }
  }

  /** The next event with that name. */
  async event(name: string): Promise<JsonObject> {
    for (;;) {
      const message = await this.message();
      if (message['event'] === name) return message;
    }
  }

  /** Sends a message and gives the next reply. */
  async ask(message: string): Promise<JsonObject> {
    await this.send(message);
    return await this.reply();
  }

  /**
   * Sends bytes, and behind them a command that has to be answered; gives what else is replied before. So nobody has to
   * wait and see whether something comes.
   */
  async exchange(bytes: string | Uint8Array): Promise<JsonObject[]> {
    this.#proofs += 1;
    const id = `proof-${this.#proofs}`;
    await this.send(bytes);
    await this.send(`\n{"execute": "query-version", "id": "${id}"}\n`);
    const replies: JsonObject[] = [];
    for (;;) {
      const reply = await this.reply();
      if (reply['id'] === id) return replies;
      replies.push(reply);
    }
  }

  /** Takes the greeting and goes through the negotiation. */
  async negotiate(enable: readonly string[] = []): Promise<void> {
    await this.message();
    const message = { execute: 'qmp_capabilities', arguments: { enable }, id: 'negotiation' };
    const reply = await this.ask(stringifyJson(message));
    if (!('return' in reply)) throw new Violation(`qmp_capabilities is answered with ${stringifyJson(reply)}`);
  }

  /** Hangs up. */
  async close(): Promise<void> {
    this.#transport.abort();
    await this.#reading;
  }

  async #read(): Promise<void> {
    const codec = new JsonStreamCodec();
    try {
      for await (const chunk of this.#transport.readable) {
        this.#text += this.#decoder.decode(chunk, { stream: true });
        for (const message of codec.decode(chunk)) this.#messages.put(message);
      }
      this.#messages.close(new Violation('the server has hung up'));
    } catch (error) {
      this.#messages.close(new Violation(`the server has broken off: ${(error as Error).message}`));
    }
  }
}

/** A member of something that may be no object. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[name] : undefined;
}
