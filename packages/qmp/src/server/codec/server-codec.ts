import type { Codec } from '@qmp/protocol/codecs';

import { type Inbound, InboundEnd, InboundValue } from './inbound.ts';
import { Lexer } from './lexer.ts';
import { MessageParser } from './message-parser.ts';
import { PlainParser } from './plain-parser.ts';
import type { MessageWriter } from './message-writer.ts';
import { type Outbound, WrittenMessage } from './outbound.ts';

/** It keeps nothing from one message to the next. */
const plainParser = new PlainParser();

/** How a {@link ServerCodec} goes about it. */
export interface ServerCodecOptions {
  /** Writes for all clients of a server. */
  readonly writer: MessageWriter;
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
  readonly #writer: MessageWriter;
  // Not a generator: one for each chunk would take its time.
  readonly #messages: IterableIterator<Inbound> = {
    next: () => {
      const inbound = this.#next();
      return inbound === undefined ? { done: true, value: undefined } : { done: false, value: inbound };
    },
    [Symbol.iterator]: () => this.#messages,
  };

  constructor({ writer, tellsPositions }: ServerCodecOptions) {
    this.#parser = new MessageParser(this.#lexer, tellsPositions);
    this.#writer = writer;
  }

  decode(chunk: Uint8Array): Iterable<Inbound> {
    this.#lexer.push(chunk);
    return this.#messages;
  }

  /** What is not complete is nothing to QEMU, either. */
  end(): Iterable<Inbound> {
    return [new InboundEnd()];
  }

  encode(message: Outbound): string {
    return message instanceof WrittenMessage ? message.text : this.#writer.write(message);
  }

  #next(): Inbound | undefined {
    return this.#nextPlain() ?? this.#nextOfAnyKind();
  }

  #nextPlain(): Inbound | undefined {
    const text = this.#parser.isIdle ? this.#lexer.plainText : undefined;
    if (text === undefined) return undefined;
    const { offset } = this.#lexer;
    const value = plainParser.parse(text, offset);
    if (value === undefined) return undefined;
    this.#lexer.skipTo(plainParser.offset);
    return new InboundValue(value, false, plainParser.offset - offset);
  }

  #nextOfAnyKind(): Inbound | undefined {
    for (let kind = this.#lexer.next(); kind !== undefined; kind = this.#lexer.next()) {
      const inbound = this.#parser.take(kind);
      if (inbound !== undefined) return inbound;
    }
    return undefined;
  }
}
