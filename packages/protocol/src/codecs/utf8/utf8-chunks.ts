import { completeLength, decodeLeniently, decodeUtf8, validLength } from './utf8.ts';

/** Never part of UTF-8; QEMU's guest agent puts it before an answer, so that what came before can be told from it. */
export const MARK = 0xff;

const NOTHING = new Uint8Array();

/** Decodes a stream of UTF-8. It stops at a byte that is none, and leaves it to its user to go on behind it. */
export class Utf8Chunks {
  #rest: Uint8Array = NOTHING;
  #isFaulty = false;

  /** Whether `rest` begins with a byte that is not UTF-8. */
  get isFaulty(): boolean {
    return this.#isFaulty;
  }

  /** What is not decoded: all from a faulty byte on, or the beginning of a character. */
  get rest(): Uint8Array {
    return this.#rest;
  }

  /** The text of the bytes, up to the first faulty one. */
  decode(chunk: Uint8Array): string {
    const bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk);
    const length = completeLength(bytes);
    const isWhole = length === bytes.length;
    const text = decodeUtf8(isWhole ? bytes : bytes.subarray(0, length));
    if (text === undefined) return this.#decodeToFault(bytes);
    // A copy, as the chunk's owner may use its memory again; the slice() of Node's Buffer would be none.
    this.#rest = isWhole ? NOTHING : new Uint8Array(bytes.subarray(length));
    return text;
  }

  /** Leaves the faulty byte out: the text from there to the next one. */
  skipFault(): string {
    const bytes = this.#rest.subarray(1);
    this.#rest = NOTHING;
    this.#isFaulty = false;
    return bytes.includes(MARK) ? this.#decodeToFault(bytes) : this.decode(bytes);
  }

  #decodeToFault(bytes: Uint8Array): string {
    const mark = bytes.indexOf(MARK);
    const length = validLength(mark === -1 ? bytes : bytes.subarray(0, mark));
    this.#rest = bytes.subarray(length);
    this.#isFaulty = true;
    return decodeLeniently(bytes.subarray(0, length));
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
