import { DeserializationError, UnexpectedTypeError } from './codec-errors.ts';
import type { Codec } from './codec.ts';
import { beginningOf, quote } from './excerpt.ts';
import { isJsonObject } from './json/json-object.ts';
import type { JsonObject, JsonValue } from './json/json-value.ts';
import { tryParseJson } from './json/parse-json.ts';
import { stringifyJson } from './json/stringify-json.ts';
import { ValueReader } from './json/value-reader.ts';
import { checkMessageLimit } from './message-limit.ts';
import { MARK, Utf8Chunks } from './utf8/utf8-chunks.ts';
import { decodeLeniently } from './utf8/utf8.ts';

const DEFAULT_MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

/** What a {@link JsonStreamCodec} accepts. */
export interface JsonStreamCodecOptions {
  /** The largest message that is accepted; 128 MiB by default, twice the longest line that QEMU's guest agent sends. */
  readonly maxMessageBytes?: number | undefined;
}

/**
 * JSON objects, one after the other: the framing of QEMU's monitor (QMP), its storage daemon and its guest agent.
 *
 * Objects may be separated by line ends or blanks, or by nothing, and spread over several lines. A byte order mark
 * before the first, and 0xFF bytes between them, are skipped. Integers are exact both ways (see `JsonValue`). Arrays
 * and objects may be nested 1,024 deep. Decoding takes time in proportion to the bytes, whatever they are and however
 * they are cut.
 */
export class JsonStreamCodec implements Codec<JsonObject, JsonObject>, IterableIterator<JsonObject> {
  readonly #bytes = new Utf8Chunks();
  readonly #values: ValueReader;

  /** @throws RangeError when `maxMessageBytes` is no number of bytes. */
  constructor(options: JsonStreamCodecOptions = {}) {
    this.#values = new ValueReader(checkMessageLimit(options.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES));
  }

  /**
   * @throws DeserializationError (while iterating) for what is not UTF-8 or not JSON.
   * @throws UnexpectedTypeError (while iterating) for a JSON value that is no object.
   * @throws MessageTooLargeError (while iterating) as soon as a message is known to be too large.
   */
  decode(chunk: Uint8Array): Iterable<JsonObject> {
    this.#values.push(this.#bytes.decode(chunk));
    return this;
  }

  /**
   * @yields a last message that only the end of the stream completes.
   * @throws DeserializationError (while iterating) when the stream ended inside a message.
   */
  *end(): Iterable<JsonObject> {
    this.#values.end();
    yield* this;
    const incomplete = this.#values.takeIncomplete() + decodeLeniently(this.#bytes.rest);
    if (incomplete === '') return;
    const value = tryParseJson(incomplete); // a number may have gone on until now
    if (value !== undefined) yield asMessage(value);
    throw new DeserializationError('The stream ended inside a message', { raw: beginningOf(incomplete) });
  }

  /** The message as short as JSON allows, without a line end. */
  encode(message: JsonObject): string {
    return stringifyJson(message);
  }

  /** @internal Not a generator: that would cost 4 % of a small message. */
  next(): IteratorResult<JsonObject, undefined> {
    const value = this.#next();
    return value === undefined ? { done: true, value } : { done: false, value };
  }

  /** What {@link decode} gives is the codec itself. */
  [Symbol.iterator](): this {
    return this;
  }

  #next(): JsonObject | undefined {
    for (;;) {
      const value = this.#values.next();
      if (value !== undefined) return asMessage(value);
      if (!this.#bytes.isFaulty) return undefined;
      this.#skipMark();
    }
  }

  #skipMark(): void {
    const [byte = 0] = this.#bytes.rest;
    if (byte !== MARK || this.#values.isInsideValue) {
      const text = this.#values.takeIncomplete() + decodeLeniently(this.#bytes.rest);
      const message = `Expected UTF-8, found the byte 0x${byte.toString(16)}`;
      throw new DeserializationError(message, { raw: beginningOf(text) });
    }
    this.#values.push(this.#bytes.skipFault());
  }
}

function asMessage(value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  throw new UnexpectedTypeError(`Expected a JSON object, found ${describe(value)}`, { value });
}

function describe(value: Exclude<JsonValue, JsonObject>): string {
  if (typeof value === 'object') return value === null ? 'null' : 'an array';
  return typeof value === 'string' ? quote(value) : String(value).slice(0, 40);
}
