import { DeserializationError } from './codec-errors.ts';
import type { Codec } from './codec.ts';
import { beginningOf, quote } from './excerpt.ts';
import { checkMessageLimit, messageTooLarge } from './message-limit.ts';
import { decodeLeniently, decodeUtf8 } from './utf8/utf8.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DEFAULT_MAX_MESSAGE_BYTES = 1024 * 1024;

/** What a line is handed over as: a string, or the bytes as they came. */
export type LineMode = 'text' | 'bytes';

/** What a {@link LineCodec} gives and accepts. */
export interface LineCodecOptions<M extends LineMode = LineMode> {
  /** 'text', which must be UTF-8, unless told otherwise. */
  readonly mode?: M | undefined;
  /** The longest line that is accepted, its line feed not counted; 1 MiB by default. */
  readonly maxMessageBytes?: number | undefined;
}

/** A line in the given mode. */
export type Line<M extends LineMode> = M extends 'bytes' ? Uint8Array : string;

/**
 * Lines that end with LF or CRLF, for text protocols such as QEMU's qtest or a console. The last line may lack its end.
 */
export class LineCodec<M extends LineMode = 'text'> implements Codec<Line<M>, Line<M>> {
  readonly #mode: LineMode;
  readonly #maxBytes: number;
  /** The line that has begun: the first `length` bytes. */
  #buffer = new Uint8Array();
  #length = 0;

  /** @throws RangeError when `maxMessageBytes` is no number of bytes. */
  constructor(options: LineCodecOptions<M> = {}) {
    this.#mode = options.mode ?? 'text';
    this.#maxBytes = checkMessageLimit(options.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES);
  }

  /**
   * @yields every line that the chunk ends.
   * @throws DeserializationError (while iterating) for a line that is not UTF-8, in text mode.
   * @throws MessageTooLargeError (while iterating) as soon as a line is known to be too long.
   */
  *decode(chunk: Uint8Array): Iterable<Line<M>> {
    let start = 0;
    let end = chunk.indexOf(LINE_FEED);
    while (end !== -1) {
      this.#append(chunk.subarray(start, end));
      yield this.#takeLine();
      start = end + 1;
      end = chunk.indexOf(LINE_FEED, start);
    }
    this.#append(chunk.subarray(start));
  }

  /** @yields a last line without its end. */
  *end(): Iterable<Line<M>> {
    if (this.#length > 0) yield this.#takeLine();
  }

  /** @throws TypeError for a message that contains a line feed. */
  encode(message: Line<M>): Uint8Array | string {
    const hasLineFeed = typeof message === 'string' ? message.includes('\n') : message.includes(LINE_FEED);
    if (hasLineFeed) throw new TypeError('Cannot send a message that contains a line feed; expected one line');
    return typeof message === 'string' ? `${message}\n` : withLineFeed(message);
  }

  #append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#maxBytes) throw messageTooLarge(this.#maxBytes);
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#buffer.length));
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = length;
  }

  #takeLine(): Line<M> {
    const hasReturn = this.#length > 0 && this.#buffer[this.#length - 1] === CARRIAGE_RETURN;
    const bytes = this.#buffer.slice(0, hasReturn ? this.#length - 1 : this.#length);
    this.#length = 0;
    return (this.#mode === 'bytes' ? bytes : textOf(bytes)) as Line<M>; // the mode is M
  }
}

function textOf(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text;
  const raw = beginningOf(decodeLeniently(bytes));
  throw new DeserializationError(`Expected a line of UTF-8, found ${quote(raw)}`, { raw });
}

function withLineFeed(bytes: Uint8Array): Uint8Array {
  const line = new Uint8Array(bytes.length + 1);
  line.set(bytes);
  line[bytes.length] = LINE_FEED;
  return line;
}
