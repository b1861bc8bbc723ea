import type { JsonObject } from '../codecs/json/json-value.ts';
import { parseJson } from '../codecs/json/parse-json.ts';
import { decodeUtf8 } from '../codecs/utf8/utf8.ts';
import type { Frame, Framer } from './framer.ts';

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MARK = 0xff;
// '[' and '{', and ']' and '}', differ in this bit only.
const BRACE_BIT = 0x20;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

const DEFAULT_MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

/**
 * Cuts a stream into JSON objects and what lies between them: never throws, and loses no byte. For those who look at a
 * conversation and must not end it, whatever it holds; `JsonStreamCodec` is for those who take part.
 *
 * What is no object is cut at line ends, before the next `{` and at the end of a chunk. An object that turns out to be
 * none (a control character in a string, 0xFF, too many bytes, or not JSON at its end) is such a piece, too.
 */
export class JsonFramer implements Framer<JsonObject> {
  readonly #maxBytes: number;
  /** The beginning of an object, from earlier chunks. */
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  /** How deep inside of an object; 0 between objects. */
  #depth = 0;
  #inString = false;
  #isEscaped = false;

  constructor(maxMessageBytes: number = DEFAULT_MAX_MESSAGE_BYTES) {
    this.#maxBytes = maxMessageBytes;
  }

  /** @yields every frame that the chunk completes. */
  *decode(chunk: Uint8Array): Iterable<Frame<JsonObject>> {
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.#depth === 0) {
        if (byte === OPENING_BRACE) {
          if (index > start) yield this.#take(chunk.subarray(start, index));
          start = index;
          this.#depth = 1;
        } else if (byte === LINE_FEED) {
          yield this.#take(chunk.subarray(start, index + 1));
          start = index + 1;
        }
      } else if (this.#endsObject(byte)) {
        const isWhole = this.#depth === 0;
        this.#depth = 0;
        yield this.#take(chunk.subarray(start, index + 1), isWhole);
        start = index + 1;
      }
    }
    if (start === chunk.length) return;
    const rest = chunk.subarray(start);
    if (this.#depth > 0 && this.#pendingBytes + rest.length <= this.#maxBytes) {
      this.#pending.push(rest.slice());
      this.#pendingBytes += rest.length;
    } else {
      this.#depth = 0;
      yield this.#take(rest);
    }
  }

  /** @yields the beginning of an object that has not ended. */
  *end(): Iterable<Frame<JsonObject>> {
    this.#depth = 0;
    if (this.#pendingBytes > 0) yield this.#take(new Uint8Array());
  }

  /** Looks at one more byte of an object; whether the object ends with it, as a whole or because it is none. */
  #endsObject(byte: number): boolean {
    if (byte === MARK) return true;
    if (this.#inString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === QUOTE) this.#inString = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      return byte < SPACE;
    }
    if (byte === QUOTE) this.#inString = true;
    else if ((byte | BRACE_BIT) === OPENING_BRACE) this.#depth += 1;
    else if ((byte | BRACE_BIT) === CLOSING_BRACE) this.#depth -= 1;
    return this.#depth === 0;
  }

  #take(last: Uint8Array, isWholeObject = false): Frame<JsonObject> {
    const bytes = this.#pendingBytes === 0 ? last : join([...this.#pending, last]);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#inString = false;
    this.#isEscaped = false;
    return { bytes, message: isWholeObject ? parseObject(bytes) : undefined };
  }
}

function parseObject(bytes: Uint8Array): JsonObject | undefined {
  const text = decodeUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    return parseJson(text) as JsonObject; // it begins with a brace
  } catch {
    return undefined;
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
