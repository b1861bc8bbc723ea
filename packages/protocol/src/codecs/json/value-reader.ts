import { messageTooLarge } from '../message-limit.ts';
import { byteLength } from '../utf8/utf8.ts';
import { isBlank } from './blank.ts';
import { parseExactly } from './exact-parser.ts';
import type { JsonValue } from './json-value.ts';
import { isNestedObject } from './nested-object.ts';
import { parseLines, tryParseJson } from './parse-json.ts';
import { OpenValue } from './open-value.ts';
import type { TextPieces } from './text-pieces.ts';
import { canBeginValue, ValueScanner } from './value-scanner.ts';

const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const BYTE_ORDER_MARK = 0xfeff;

const LINE_END = /[\r\n]/;

/** An open value of this length is scanned at once, even where it does not look as if it ended there. */
const SHORT_LENGTH = 1024;
/** How much text is read as a block of lines: what is made of a longer one is out of the processor's cache when used. */
const BLOCK_LENGTH = 8 * 1024;
/** Never written to: what is ready replaces it. */
const NOTHING: JsonValue[] = [];
/** What a UTF-16 unit of a string takes in UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/**
 * Takes JSON values out of a text that arrives in chunks. Lines that are one whole object each, as QEMU sends them, go
 * to `JSON.parse` as they are; the end of any other value is found by a scanner that sees each character once.
 *
 * A value that is not complete yet lies in two parts, what the scanner has seen and what it has not: its first line is
 * kept from the scanner for as long as it may turn out to be a whole object.
 */
export class ValueReader {
  readonly #maxBytes: number;
  #text = '';
  #position = 0;
  /** Values that stood before the position, the next one last. */
  #ready = NOTHING;
  /** The lines before this position have been tried as a block. */
  #blockEnd = 0;
  /** The lines before this position are known not to be one whole object each. */
  #scanEnd = 0;

  /** Made by the first value that has to be scanned, or does not come in one piece. */
  #openValue: OpenValue | undefined;
  /** The open value does not end with its first line, or is no object. */
  #mustScan = false;
  #isAtStart = true;
  /** Whether the peer ends its values with a line end, as far as it has shown. */
  #lineEnds: 'expected' | 'not expected' = 'not expected';

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether a value has begun that is not complete. Known when `next()` has found no more. */
  get isInsideValue(): boolean {
    return this.#openLength > 0;
  }

  /** More text. What has not been read yet stays in front of it. */
  push(text: string): void {
    this.#text = this.#position < this.#text.length ? this.#text.slice(this.#position) + text : text;
    this.#position = 0;
    this.#blockEnd = 0;
    this.#scanEnd = 0;
  }

  /** No more text: a line that has not ended never will. */
  end(): void {
    this.push('');
    this.#mustScan = true;
  }

  /**
   * The next complete value; `undefined` when more text is needed.
   *
   * @throws DeserializationError
   * @throws MessageTooLargeError
   */
  next(): JsonValue | undefined {
    const ready = this.#ready.pop();
    if (ready !== undefined) return ready;
    if (this.#openLength === 0 && !this.#findStart()) return undefined;
    if (!this.#mustScan && this.#position >= this.#scanEnd) {
      const newline = this.#text.indexOf('\n', this.#position);
      if (newline === -1) {
        if (!this.#mayEndHere()) return this.#suspend(this.#open.unseen);
        this.#scanEnd = this.#text.length;
      } else {
        const value = this.#readBlock(newline) ?? this.#readLine(newline);
        if (value !== undefined) {
          this.#lineEnds = 'expected';
          return value;
        }
        this.#mustScan = true;
        this.#scanEnd = newline;
      }
    }
    return this.#scan();
  }

  /** The text of the incomplete value, which is given up. */
  takeIncomplete(): string {
    return this.#open.take();
  }

  get #open(): OpenValue {
    this.#openValue ??= new OpenValue();
    return this.#openValue;
  }

  get #openLength(): number {
    return this.#openValue === undefined ? 0 : this.#openValue.length;
  }

  /** Moves to where a value begins. */
  #findStart(): boolean {
    let code = this.#text.charCodeAt(this.#position);
    while (isBlank(code) || (this.#isAtStart && code === BYTE_ORDER_MARK)) {
      code = this.#text.charCodeAt(++this.#position);
    }
    if (this.#position >= this.#text.length) {
      // Whoever has nothing to read keeps nothing of what was read.
      this.#text = '';
      this.#position = 0;
      return false;
    }
    this.#isAtStart = false;
    this.#mustScan = code !== OPENING_BRACE;
    if (this.#mustScan && !canBeginValue(String.fromCharCode(code))) this.#explain('');
    return true;
  }

  /** The first of several lines of which each is one whole value; the others are ready then. */
  #readBlock(newline: number): JsonValue | undefined {
    const isWorthIt =
      this.#openLength === 0 &&
      this.#position >= this.#blockEnd &&
      newline - this.#position < BLOCK_LENGTH / 2 &&
      BLOCK_LENGTH * MAX_BYTES_PER_UNIT <= this.#maxBytes;
    if (!isWorthIt) return undefined;
    this.#blockEnd = this.#text.lastIndexOf('\n', this.#position + BLOCK_LENGTH);
    if (this.#blockEnd === newline) return undefined;
    const values = parseLines(this.#text.slice(this.#position, this.#blockEnd));
    if (values === undefined) return undefined;
    this.#position = this.#blockEnd;
    this.#ready = values.reverse();
    return this.#ready.pop();
  }

  /** The line as one whole object; `undefined` when it is none. */
  #readLine(newline: number): JsonValue | undefined {
    const end = this.#endOfContent(newline);
    const isObject = this.#text.charCodeAt(end - 1) === CLOSING_BRACE;
    if (!isObject || this.#openLength + end - this.#position > this.#maxBytes) return undefined;
    const line = this.#text.slice(this.#position, end);
    const value = this.#openLength === 0 ? this.#parse(line) : this.#parseContinued(line);
    if (value !== undefined) this.#position = end;
    return value;
  }

  /** The open value and the rest of its first line as one whole value; `undefined` when they are none. */
  #parseContinued(line: string): JsonValue | undefined {
    const open = this.#open;
    const seen = open.seen.take();
    open.unseen.push(line);
    const unseen = open.unseen.take();
    const value = this.#parse(seen + unseen);
    if (value === undefined) {
      open.seen.push(seen);
      open.unseen.push(unseen.slice(0, -line.length));
    }
    return value;
  }

  /**
   * Whether the text, which holds no line end, is worth scanning for the end of a value. From a peer that ends its
   * values
   * with line ends a long one need not be scanned at all, unless it ends with a brace and so may be complete.
   */
  #mayEndHere(): boolean {
    const { length } = this.#text;
    const openLength = this.#openLength + length - this.#position;
    if (openLength <= SHORT_LENGTH || openLength > this.#maxBytes || this.#lineEnds === 'not expected') return true;
    const end = this.#endOfContent(length);
    return this.#text.charCodeAt(end - 1) === CLOSING_BRACE && !isNestedObject(this.#text, this.#position, end - 1);
  }

  /** The value as far as the scanner says. */
  #scan(): JsonValue | undefined {
    const open = this.#open;
    if (open.seen.length === 0) open.scanner = new ValueScanner();
    if (open.unseen.length > 0) this.#recall(open.unseen);
    const end = open.scanner.scan(this.#text, this.#position);
    if (end === -1) return this.#suspend(open.seen);
    const text = open.seen.take() + this.#text.slice(this.#position, end);
    this.#position = end;
    if (end < this.#text.length) this.#lineEnds = LINE_END.test(this.#text.charAt(end)) ? 'expected' : 'not expected';
    const value = this.#parse(text);
    return value === undefined ? this.#explain(text) : value;
  }

  /** Puts what the scanner has not seen in front of the text. */
  #recall(unseen: TextPieces): void {
    this.#scanEnd += unseen.length - this.#position;
    unseen.push(this.#text.slice(this.#position));
    this.#text = unseen.take();
    this.#position = 0;
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
    return parseExactly(text + (rest.endsWith('\r') ? rest.slice(0, -1) : rest));
  }

  /** Where the line ends when the blanks at its end are taken away. */
  #endOfContent(lineEnd: number): number {
    let end = lineEnd;
    while (end > this.#position && isBlank(this.#text.charCodeAt(end - 1))) end--;
    return end;
  }
}
