import { completeLength } from './complete-length.ts';

/** Never part of UTF-8; the guest agent marks the beginning of an answer with it. */
export const MARK = 0xff;

const NOTHING = new Uint8Array();

// Each call gets whole characters: the streaming mode of TextDecoder is several times slower on Node 20.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Decodes a stream of UTF-8. It stops at a byte that is none and leaves it to its user to go on behind it. */
export class Utf8Chunks {
  #rest: Uint8Array = NOTHING;
  #isFaulty = false;

  /** What has arrived and cannot be decoded: from a faulty byte on, or the beginning of a character. */
  get rest(): Uint8Array {
    return this.#rest;
  }

  /** Whether `rest` begins with a byte that is not UTF-8. */
  get isFaulty(): boolean {
    return this.#isFaulty;
  }

  /** The text of the bytes, up to the first faulty one. */
  decode(chunk: Uint8Array): string {
    const bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk);
    const length = completeLength(bytes);
    try {
      const text = strict.decode(length === bytes.length ? bytes : bytes.subarray(0, length));
      this.#rest = length === bytes.length ? NOTHING : bytes.slice(length);
      return text;
    } catch {
      return this.#decodeToFault(bytes);
    }
  }

  /** Leaves the faulty byte out and goes on: the text up to the next one. */
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
    return strict.decode(bytes.subarray(0, length));
  }
}

/** The text of one whole piece; `undefined` when it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of bytes that need not be UTF-8, with U+FFFD for what is none. */
export function decodeLeniently(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** How many bytes the text takes. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** How many bytes there are before the first that is not UTF-8: there the text, encoded again, first differs. */
function validLength(bytes: Uint8Array): number {
  const again = encoder.encode(lenient.decode(bytes));
  let length = 0;
  while (length < bytes.length && bytes[length] === again[length]) length++;
  return completeLength(bytes.subarray(0, length));
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
