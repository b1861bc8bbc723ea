import { messageTooLarge } from '../message-limit.ts';
import { byteLength } from '../utf8/utf8.ts';
import { isBlank } from './blank.ts';
import { parseExactly } from './exact-parser.ts';
import type { JsonValue } from './json-value.ts';
import { isNestedObject } from './nested-object.ts';
import { tryParseJson } from './parse-json.ts';
import { TextPieces } from './text-pieces.ts';
import { canBeginValue, ValueScanner } from './value-scanner.ts';

const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const BYTE_ORDER_MARK = 0xfeff;

/** A text of this length is scanned at once, even where it does not look as if a value ended there. */
const SHORT_LENGTH = 1024;
const MAX_BYTES_PER_UNIT = 3;

/**
 * Takes JSON values out of a text that arrives in chunks. A line that is one whole object, as QEMU sends it, goes to
 * `JSON.parse` as it is; the end of any other value is found by a scanner that sees each character once.
 *
 * A value that is not complete yet lies in two parts, what the scanner has seen and what it has not; its first line
 * is kept from the scanner for as long as it may turn out to be a whole object.
 */
export class ValueReader {
  readonly #maxBytes: number;
  #text = '';
  #position = 0;
  /** The lines before this position are known not to be one whole object each. */
  #scanEnd = 0;

  readonly #seen = new TextPieces();
  readonly #unseen = new TextPieces();
  #scanner = new ValueScanner();
  /** The value does not end with its first line, or is no object. */
  #mustScan = false;

  #isAtStart = true;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether a value has begun that is not complete. To be asked when `next()` has found no more. */
  get isInsideValue(): boolean {
    return this.#openLength > 0;
  }

  /** More text. What has not been read yet stays in front of it. */
  push(text: string): void {
    this.#text = this.#position < this.#text.length ? this.#text.slice(this.#position) + text : text;
    this.#position = 0;
    this.#scanEnd = 0;
  }

  /**
   * The next complete value; `undefined` when more text is needed.
   *
   * @throws DeserializationError
   * @throws MessageTooLargeError
   */
  next(): JsonValue | undefined {
    if (this.#openLength === 0 && !this.#findStart()) return undefined;
    if (!this.#mustScan && this.#position >= this.#scanEnd) {
      const newline = this.#text.indexOf('\n', this.#position);
      const lineEnd = newline === -1 ? this.#text.length : newline;
      const end = this.#endOfContent(lineEnd);
      if (newline === -1) {
        if (!this.#mayEndAt(end)) return this.#suspend(this.#unseen);
      } else {
        const value = this.#readLine(end);
        if (value !== undefined) return value;
        this.#mustScan = true;
      }
      this.#scanEnd = lineEnd;
    }
    return this.#scan();
  }

  /** What has arrived of an incomplete value. */
  takeIncomplete(): string {
    return this.#seen.take() + this.#unseen.take();
  }

  get #openLength(): number {
    return this.#seen.length + this.#unseen.length;
  }

  /** Moves to where a value begins. */
  #findStart(): boolean {
    let code = this.#text.charCodeAt(this.#position);
    while (isBlank(code) || (this.#isAtStart && code === BYTE_ORDER_MARK)) {
      code = this.#text.charCodeAt(++this.#position);
    }
    if (this.#position >= this.#text.length) return false;
    this.#isAtStart = false;
    this.#mustScan = code !== OPENING_BRACE;
    if (this.#mustScan && !canBeginValue(String.fromCharCode(code))) this.#explain('');
    return true;
  }

  /** The line as one whole object; `undefined` when it is none. */
  #readLine(end: number): JsonValue | undefined {
    if (this.#text.charCodeAt(end - 1) !== CLOSING_BRACE || this.#lengthAt(end) > this.#maxBytes) return undefined;
    const line = this.#text.substring(this.#position, end);
    if (this.#openLength === 0) {
      const value = this.#parse(line);
      if (value !== undefined) this.#position = end;
      return value;
    }
    const seen = this.#seen.take();
    const unseen = this.#unseen.take();
    const value = this.#parse(seen + unseen + line);
    if (value === undefined) {
      this.#seen.push(seen);
      this.#unseen.push(unseen);
    } else this.#position = end;
    return value;
  }

  /** Whether the text, which holds no line end, is worth scanning for the end of a value. */
  #mayEndAt(end: number): boolean {
    if (this.#text.length - this.#position <= SHORT_LENGTH || this.#lengthAt(this.#text.length) > this.#maxBytes)
      return true;
    return this.#text.charCodeAt(end - 1) === CLOSING_BRACE && !isNestedObject(this.#text, this.#position, end - 1);
  }

  #scan(): JsonValue | undefined {
    if (this.#seen.length === 0) this.#scanner = new ValueScanner();
    if (this.#unseen.length > 0) {
      const unseen = this.#unseen.take();
      this.#text = unseen + this.#text.slice(this.#position);
      this.#scanEnd += unseen.length - this.#position;
      this.#position = 0;
    }
    const end = this.#scanner.scan(this.#text, this.#position);
    if (end === -1) return this.#suspend(this.#seen);
    const text = this.#seen.take() + this.#text.slice(this.#position, end);
    this.#position = end;
    const value = this.#parse(text);
    return value === undefined ? this.#explain(text) : value;
  }

  /** The text as one whole value; `undefined` when it is none. */
  #parse(text: string): JsonValue | undefined {
    if (text.length > this.#maxBytes) throw messageTooLarge(this.#maxBytes);
    const value = tryParseJson(text);
    const mayBeTooLarge = value !== undefined && text.length * MAX_BYTES_PER_UNIT > this.#maxBytes;
    if (mayBeTooLarge && byteLength(text) > this.#maxBytes) throw messageTooLarge(this.#maxBytes);
    return value;
  }

  /** Keeps the rest of the text until there is more. */
  #suspend(pieces: TextPieces): undefined {
    pieces.push(this.#text.slice(this.#position));
    this.#position = this.#text.length;
    if (this.#openLength > this.#maxBytes) throw messageTooLarge(this.#maxBytes);
  }

  /** Says what is wrong with the text and what follows it on its line. */
  #explain(text: string): JsonValue {
    const newline = this.#text.indexOf('\n', this.#position);
    const rest = this.#text.slice(this.#position, newline === -1 ? this.#text.length : newline);
    return parseExactly(text + rest.trimEnd());
  }

  #lengthAt(end: number): number {
    return this.#openLength + end - this.#position;
  }

  /** Where the line ends when the blanks at its end are taken away. */
  #endOfContent(lineEnd: number): number {
    let end = lineEnd;
    while (end > this.#position && isBlank(this.#text.charCodeAt(end - 1))) end--;
    return end;
  }
}
