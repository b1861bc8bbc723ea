import type { Codec } from '../codecs/codec.ts';
import { EndOfStreamError } from '../errors/connection-errors.ts';
import { connectionLost } from '../errors/connection-lost.ts';
import { QmpError } from '../errors/qmp-error.ts';
import type { Transport } from '../transport/transport.ts';
import { ignore } from '../wait/deferred.ts';

const NOTHING: Iterator<never, undefined> = { next: () => ({ done: true, value: undefined }) };

/** Who hears what arrives. */
export interface IncomingOwner<In> {
  /** Takes a message; a promise holds the next one back. */
  deliver(message: In): void | Promise<void>;
  /** The stream has ended, with what `receive` would throw, or a delivery has failed. */
  onReadEnd(error: unknown): void;
}

/** The way in: the transport's bytes as messages, one at a time and in order. */
export class Incoming<In> {
  readonly #codec: Codec<In, never>;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #description: string;
  /** What the latest chunk completed and nobody has taken yet; decoding goes on as it is taken. */
  #messages: Iterator<In> = NOTHING;
  #stream: 'open' | 'ended' | 'stopped' = 'open';

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
      if (this.#stream !== 'open') throw this.#endOfStream();
      this.#take(await this.#chunks.next().catch((cause: unknown) => Promise.reject(this.#loss(cause))));
    }
  }

  /**
   * Delivers every message until the stream ends. Only a delivery that returns a promise is waited for: that is the
   * backpressure. No async function: one that waits takes a third of a kilobyte.
   */
  run(owner: IncomingOwner<In>): void {
    const goOn = (chunk?: IteratorResult<Uint8Array>): void => {
      try {
        if (chunk !== undefined) this.#take(chunk);
        for (let next = this.#messages.next(); next.done !== true; next = this.#messages.next()) {
          const delivery = owner.deliver(next.value);
          if (delivery !== undefined) {
            delivery.then(() => goOn(), (error: unknown) => owner.onReadEnd(error));
            return;
          }
        }
        if (this.#stream === 'open') this.#chunks.next().then(goOn, lose);
        else if (this.#stream === 'ended') throw this.#endOfStream();
      } catch (error) {
        owner.onReadEnd(error);
      }
    };
    const lose = (cause: unknown): void => owner.onReadEnd(this.#loss(cause));
    goOn();
  }

  /** Takes nothing more from the transport. */
  stop(): void {
    this.#stream = 'stopped';
    this.#messages = NOTHING;
    this.#chunks.return?.().catch(ignore);
  }

  #endOfStream(): EndOfStreamError {
    return new EndOfStreamError(`${this.#description}: the peer closed the connection`);
  }

  #loss(cause: unknown): QmpError {
    return cause instanceof QmpError ? cause : connectionLost(this.#description, cause);
  }

  #take(chunk: IteratorResult<Uint8Array>): void {
    if (this.#stream !== 'open') return;
    if (chunk.done === true) {
      this.#stream = 'ended';
      this.#messages = this.#codec.end()[Symbol.iterator]();
    } else {
      this.#messages = this.#codec.decode(chunk.value)[Symbol.iterator]();
    }
  }
}
