import { DeserializationError, MessageTooLargeError, type Codec } from '@qmp/protocol/codecs';
import { ContentHeader } from './content-header.ts';

const DEFAULT_MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** What a {@link ContentLengthCodec} accepts. */
export interface ContentLengthCodecOptions {
  /** The longest content that is accepted; 64 MiB by default. */
  readonly maxMessageBytes?: number | undefined;
}

/** Content that has begun: the first `received` of its bytes are there. */
interface PartialContent {
  readonly bytes: Uint8Array;
  received: number;
}

/**
 * Texts, each behind a header that says how many bytes of UTF-8 it has: the base protocol of the Language Server
 * Protocol and the Debug Adapter Protocol.
 *
 * ```text
 * Content-Length: 17\r\n
 * \r\n
 * {"jsonrpc":"2.0"}
 * ```
 */
export class ContentLengthCodec implements Codec<string, string> {
  readonly #maxBytes: number;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #header = new ContentHeader();
  /** Set while content is being read. */
  #content: PartialContent | undefined;

  /** @throws RangeError when `maxMessageBytes` is no number of bytes. */
  constructor(options: ContentLengthCodecOptions = {}) {
    const { maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES } = options;
    if (!(maxMessageBytes >= 1)) {
      throw new RangeError(`maxMessageBytes is ${String(maxMessageBytes)}; expected a number of bytes, 1 or more`);
    }
    this.#maxBytes = maxMessageBytes;
  }

  /**
   * @yields every text that the chunk completes.
   * @throws DeserializationError (while iterating) for a header that is none, and for content that is not UTF-8.
   * @throws MessageTooLargeError (while iterating) as soon as a header announces too much.
   */
  *decode(chunk: Uint8Array): Iterable<string> {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#content === undefined) offset = this.#readHeader(chunk, offset);
      else offset = this.#readContent(this.#content, chunk, offset);
      if (this.#content !== undefined && this.#content.received === this.#content.bytes.length) {
        const { bytes } = this.#content;
        this.#content = undefined;
        yield this.#textOf(bytes);
      }
    }
  }

  /** @throws DeserializationError (while iterating) when the stream ended inside a header or its content. */
  end(): Iterable<string> {
    if (this.#content !== undefined) {
      const { bytes, received } = this.#content;
      const why = `The stream ended after ${received} of ${bytes.length} bytes of content`;
      throw new DeserializationError(why, { raw: beginningOf(bytes.subarray(0, received)) });
    }
    if (this.#header.hasBegun) {
      throw new DeserializationError('The stream ended inside a header', { raw: this.#header.text });
    }
    return [];
  }

  /** The text behind its header. */
  encode(text: string): Uint8Array {
    const content = this.#encoder.encode(text);
    const header = this.#encoder.encode(`Content-Length: ${content.length}\r\n\r\n`);
    const message = new Uint8Array(header.length + content.length);
    message.set(header);
    message.set(content, header.length);
    return message;
  }

  /** @returns where the chunk goes on behind what it holds of the header. */
  #readHeader(chunk: Uint8Array, offset: number): number {
    for (let index = offset; index < chunk.length; index++) {
      const length = this.#header.push(chunk[index] ?? 0);
      if (length === undefined) continue;
      if (length > this.#maxBytes) {
        const why = `A header announces ${length} bytes of content, more than the limit of ${this.#maxBytes}`;
        throw new MessageTooLargeError(why, { limit: this.#maxBytes });
      }
      this.#header = new ContentHeader();
      this.#content = { bytes: new Uint8Array(length), received: 0 };
      return index + 1;
    }
    return chunk.length;
  }

  /** @returns where the chunk goes on behind what it holds of the content. */
  #readContent(content: PartialContent, chunk: Uint8Array, offset: number): number {
    const piece = chunk.subarray(offset, offset + content.bytes.length - content.received);
    content.bytes.set(piece, content.received);
    content.received += piece.length;
    return offset + piece.length;
  }

  #textOf(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch (cause) {
      throw new DeserializationError('Expected content in UTF-8', { raw: beginningOf(bytes), cause });
    }
  }
}

function beginningOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 200));
}
