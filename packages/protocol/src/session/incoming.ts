import type { Codec } from '../codecs/codec.ts';
import { describeCause } from '../errors/describe-cause.ts';
import { ConnectionLostError, EndOfStreamError } from '../errors/connection-errors.ts';
import { QmpError } from '../errors/qmp-error.ts';
import type { Transport } from '../transport/transport.ts';
import { ignore } from '../wait/deferred.ts';

/** The way in: the transport's bytes as messages, one at a time and in order. */
export class Incoming<In> {
  readonly #codec: Codec<In, never>;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #description: string;
  /** What the latest chunk completed and nobody has taken yet; decoding goes on as it is taken. */
  #messages: Iterator<In> = [][Symbol.iterator]();
  #stream: 'open' | 'ended' = 'open';

  constructor(transport: Transport, codec: Codec<In, never>) {
    this.#codec = codec;
    this.#chunks = transport.readable[Symbol.asyncIterator]();
    this.#description = transport.description;
  }

  /**
   * The next message.
   *
   * @throws EndOfStreamError, ConnectionLostError, or the codec's ProtocolError.
   */
  async receive(): Promise<In> {
    for (;;) {
      const next = this.#messages.next();
      if (next.done !== true) return next.value;
      this.#take(await this.#nextChunk());
    }
  }

  /**
   * Delivers every message until the stream ends, which it always does by throwing. Only a delivery that returns a
   * promise is waited for: that is the backpressure.
   */
  async run(deliver: (message: In) => void | Promise<void>): Promise<never> {
    for (;;) {
      for (let next = this.#messages.next(); next.done !== true; next = this.#messages.next()) {
        const delivery = deliver(next.value);
        if (delivery !== undefined) await delivery;
      }
      this.#take(await this.#nextChunk());
    }
  }

  /** Takes nothing more from the transport. */
  stop(): void {
    this.#stream = 'ended';
    this.#messages = [][Symbol.iterator]();
    this.#chunks.return?.().catch(ignore);
  }

  #isEnded(): boolean {
    return this.#stream === 'ended';
  }

  #nextChunk(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#isEnded()) return this.#chunks.next().catch((cause: unknown) => this.#lose(cause));
    return Promise.reject(new EndOfStreamError(`${this.#description}: the peer closed the connection`));
  }

  #lose(cause: unknown): never {
    if (cause instanceof QmpError) throw cause;
    throw new ConnectionLostError(`${this.#description}: connection lost: ${describeCause(cause)}`, { cause });
  }

  #take(chunk: IteratorResult<Uint8Array>): void {
    if (this.#isEnded()) return;
    if (chunk.done === true) {
      this.#stream = 'ended';
      this.#messages = this.#codec.end()[Symbol.iterator]();
    } else {
      this.#messages = this.#codec.decode(chunk.value)[Symbol.iterator]();
    }
  }
}
