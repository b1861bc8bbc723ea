import {
  ERROR_END,
  FIRST_END,
  FIRST_END_BEFORE,
  FLOAT_END,
  INTEGER_END,
  NEXT_STATE,
  RECOVERY,
  RECOVERY_END,
  START,
  STRING_END,
  STRUCTURAL_END,
} from './lexer-states.ts';

/** `error` is what cannot be part of a message, `excess` one that goes on and on. */
export type TokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ':'
  | ','
  | 'string'
  | 'integer'
  | 'float'
  | 'word'
  | 'error'
  | 'excess';

/** No token, and no message, may be larger. */
export const MAX_TOKEN_BYTES: number = 64 * 1024 * 1024;

const LINE_FEED = 0x0a;
const NOTHING = new Uint8Array();
/** What a byte that is none of UTF-8 becomes. */
const REPLACEMENT = '\ufffd';

const decoder = new TextDecoder();

/**
 * Cuts a client's bytes into tokens, where QEMU cuts them: it takes more than JSON, and after what it does not take it
 * begins anew at places of its own.
 */
export class Lexer {
  #chunk: Uint8Array = NOTHING;
  /** The chunk as text, if it is ASCII: both have the same offsets then. */
  #ascii: string | undefined;
  #offset = 0;
  #state = START;
  /** Where the latest token begins and ends; it may have begun before the chunk. */
  #tokenStart = 0;
  #tokenEnd = 0;
  /** What earlier chunks hold of it. */
  #earlier: Uint8Array[] = [];
  #earlierBytes = 0;
  /** A byte that has ended a token without being part of it. */
  #lookedAt = -1;
  #line = 1;
  #lineStart = 0;
  /** The next line end of the chunk that has not been passed, as far as anybody has looked. */
  #lineEnd = -1;
  #tokenLine = 1;
  #tokenColumn = 1;

  /** Takes the next chunk; the one before must have been read to its end. */
  push(chunk: Uint8Array): void {
    const text = decoder.decode(chunk);
    this.#ascii = text.length === chunk.byteLength && !text.includes(REPLACEMENT) ? text : undefined;
    this.#chunk = chunk;
    this.#lineEnd = -1;
  }

  /** The kind of the next token; `undefined` where the chunk ends before it. */
  next(): TokenKind | undefined {
    const chunk = this.#chunk;
    const { byteLength } = chunk;
    let state = this.#state;
    let offset = this.#offset;
    while (offset < byteLength) {
      const byte = chunk[offset] as number;
      const next = NEXT_STATE[state * 256 + byte] as number;
      if (next === state && byte !== LINE_FEED) {
        offset++;
        continue;
      }
      if (next >= FIRST_END_BEFORE) {
        this.#lookedAt = offset;
        state = START;
        if (next !== RECOVERY_END) return this.#end(next, offset, START);
        continue;
      }
      if (state === START && next !== START) this.#begin(offset);
      offset++;
      if (byte === LINE_FEED) {
        this.#line++;
        this.#lineStart = offset;
      }
      if (next >= FIRST_END) return this.#end(next, offset, next === ERROR_END ? RECOVERY : START);
      state = next;
    }
    this.#state = state;
    this.#leaveChunk();
    if (this.#earlierBytes <= MAX_TOKEN_BYTES) return undefined;
    this.#earlier = [];
    this.#earlierBytes = 0;
    this.#state = RECOVERY;
    return 'excess';
  }

  /** The chunk as text, if that is ASCII and the lexer stands between tokens in it, at {@link offset}. */
  get plainText(): string | undefined {
    return this.#state === START ? this.#ascii : undefined;
  }

  get offset(): number {
    return this.#offset;
  }

  /** Passes over what somebody else has read, up to an offset. */
  skipTo(offset: number): void {
    if (this.#lineEnd < this.#offset) this.#lineEnd = this.#lineEndFrom(this.#offset);
    while (this.#lineEnd < offset) {
      this.#line++;
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.#lineEndFrom(this.#lineStart);
    }
    this.#offset = offset;
  }

  /** Where the latest token begins, by QEMU's count of lines and bytes: `1:31`. */
  get position(): string {
    return `${this.#tokenLine}:${this.#tokenColumn}`;
  }

  /** The size of the latest token, or of what there is of it until now. */
  get byteLength(): number {
    return this.#earlierBytes + this.#tokenEnd - Math.max(this.#tokenStart, 0);
  }

  /** The latest token as text, where that is the same as its bytes. */
  get ascii(): string | undefined {
    return this.#tokenStart < 0 ? undefined : this.#ascii?.slice(this.#tokenStart, this.#tokenEnd);
  }

  /** The latest token. */
  get bytes(): Uint8Array {
    const last = this.#chunk.subarray(Math.max(this.#tokenStart, 0), this.#tokenEnd);
    if (this.#earlier.length === 0) return last;
    const bytes = new Uint8Array(this.byteLength);
    let offset = 0;
    for (const piece of [...this.#earlier, last]) {
      bytes.set(piece, offset);
      offset += piece.byteLength;
    }
    return bytes;
  }

  #lineEndFrom(offset: number): number {
    const lineEnd = this.#ascii?.indexOf('\n', offset) ?? -1;
    return lineEnd === -1 ? Infinity : lineEnd;
  }

  #begin(offset: number): void {
    this.#tokenStart = offset;
    this.#tokenLine = this.#line;
    // QEMU counts a byte that it looks at again as if it were two.
    this.#tokenColumn = offset - this.#lineStart + (offset === this.#lookedAt ? 2 : 1);
    if (this.#earlierBytes > 0) {
      this.#earlier = [];
      this.#earlierBytes = 0;
    }
  }

  #end(end: number, offset: number, state: number): TokenKind {
    this.#state = state;
    this.#offset = offset;
    this.#tokenEnd = offset;
    switch (end) {
      case STRUCTURAL_END:
        return String.fromCharCode(this.#chunk[offset - 1] ?? 0) as TokenKind;
      case STRING_END:
        return 'string';
      case INTEGER_END:
        return 'integer';
      case FLOAT_END:
        return 'float';
      case ERROR_END:
        return 'error';
      default:
        return 'word';
    }
  }

  /** Keeps what the next chunk may go on with, and lets go of the rest. */
  #leaveChunk(): void {
    const { byteLength } = this.#chunk;
    if (byteLength === 0) return;
    if (this.#state !== START && this.#state !== RECOVERY) {
      const piece = this.#chunk.slice(Math.max(this.#tokenStart, 0));
      this.#earlier.push(piece);
      this.#earlierBytes += piece.byteLength;
    }
    this.#tokenStart -= byteLength;
    this.#tokenEnd = 0;
    this.#lookedAt -= byteLength;
    this.#lineStart -= byteLength;
    this.#offset = 0;
    this.#chunk = NOTHING;
    this.#ascii = undefined;
  }
}
