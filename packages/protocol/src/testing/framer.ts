import type { Codec } from '../codecs/codec.ts';

/** A piece of a stream: a message, or what stands where one was expected. */
export interface Frame<M> {
  /** As they came, or, by way of a codec, as it writes them. */
  readonly bytes: Uint8Array;
  /** Undefined for what is no message: blanks, a banner, garbage. */
  readonly message: M | undefined;
}

/** Cuts a stream into its messages and loses nothing of what lies between them. */
export interface Framer<M> {
  /** Every frame that the chunk completes. */
  decode(chunk: Uint8Array): Iterable<Frame<M>>;
  /** What has begun and was not completed. */
  end(): Iterable<Frame<M>>;
}

const encoder = new TextEncoder();

/** A framer for messages that only their codec knows. From a fault on, chunks are frames without a message. */
export class CodecFramer<M> implements Framer<M> {
  readonly #codec: Codec<M, M>;
  #isFaulty = false;

  constructor(codec: Codec<M, M>) {
    this.#codec = codec;
  }

  *decode(chunk: Uint8Array): Iterable<Frame<M>> {
    if (!this.#isFaulty) {
      try {
        yield* this.#frames(this.#codec.decode(chunk));
        return;
      } catch {
        this.#isFaulty = true;
      }
    }
    yield { bytes: chunk, message: undefined };
  }

  *end(): Iterable<Frame<M>> {
    if (!this.#isFaulty) yield* this.#frames(this.#codec.end());
  }

  *#frames(messages: Iterable<M>): Iterable<Frame<M>> {
    for (const message of messages) {
      const data = this.#codec.encode(message);
      yield { bytes: typeof data === 'string' ? encoder.encode(data) : data, message };
    }
  }
}
