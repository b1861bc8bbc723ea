import type { Codec } from '@qmp/protocol/codecs';

import type { Inbound } from './inbound.ts';
import { Lexer } from './lexer.ts';
import { MessageParser } from './message-parser.ts';
import type { Outbound } from './outbound.ts';

/** How a {@link ServerCodec} writes. */
export interface ServerCodecOptions {
  /** One member a line. */
  readonly isPretty: boolean;
  /** Whether it says where in the client's bytes a fault stands, as QEMU does from 11.1 on. */
  readonly tellsPositions: boolean;
}

/**
 * QEMU's end of the wire. It reads what QEMU reads, which is more than JSON, and goes on after what it cannot read as
 * QEMU does; it never throws at a client's bytes.
 */
export class ServerCodec implements Codec<Inbound, Outbound> {
  readonly #lexer = new Lexer();
  readonly #parser: MessageParser;
  readonly #isPretty: boolean;
  // Not a generator: one for each chunk would take its time.
  readonly #messages: IterableIterator<Inbound> = {
    next: () => {
      const inbound = this.#next();
      return inbound === undefined ? { done: true, value: undefined } : { done: false, value: inbound };
    },
    [Symbol.iterator]: () => this.#messages,
  };

  constructor({ isPretty, tellsPositions }: ServerCodecOptions) {
    this.#parser = new MessageParser(this.#lexer, tellsPositions);
    this.#isPretty = isPretty;
  }

  decode(chunk: Uint8Array): Iterable<Inbound> {
    this.#lexer.push(chunk);
    return this.#messages;
  }

  /** What is not complete is nothing to QEMU, either. */
  end(): Iterable<Inbound> {
    return [{ kind: 'end' }];
  }

  encode(message: Outbound): string {
    return message.text(this.#isPretty);
  }

  #next(): Inbound | undefined {
    for (let kind = this.#lexer.next(); kind !== undefined; kind = this.#lexer.next()) {
      const inbound = this.#parser.take(kind);
      if (inbound !== undefined) return inbound;
    }
    return undefined;
  }
}
