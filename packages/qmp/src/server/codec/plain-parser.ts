import type { WireObject, WireValue } from './wire-value.ts';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** Deeper messages are not plain. */
const MAX_LEVELS = 32;
/** As many digits are exact in any case. */
const MAX_DIGITS = 15;

/**
 * Reads messages that hold nothing special, and so in one go: they are almost all that there are, and take half the time
 * that way. It knows no errors: what it does not take may still be right.
 */
export class PlainParser {
  #text = '';
  #offset = 0;

  /** Where the latest message ends. */
  get offset(): number {
    return this.#offset;
  }

  /** The object that begins at an offset of ASCII text, behind blanks at most; `undefined` if it is not plain, or not all there. */
  parse(text: string, offset: number): WireObject | undefined {
    this.#text = text;
    this.#offset = offset;
    const value = this.#skipBlanks() === OPENING_BRACE ? this.#object(MAX_LEVELS) : undefined;
    this.#text = '';
    return value;
  }

  #value(levels: number): WireValue | undefined {
    const code = this.#skipBlanks();
    switch (code) {
      case QUOTE:
        return this.#string();
      case OPENING_BRACE:
        return levels === 0 ? undefined : this.#object(levels - 1);
      case OPENING_BRACKET:
        return levels === 0 ? undefined : this.#array(levels - 1);
      case MINUS:
        return undefined;
      default:
        return code >= ZERO && code <= NINE ? this.#integer() : this.#word();
    }
  }

  #object(levels: number): WireObject | undefined {
    const members: Record<string, WireValue> = {};
    let count = 0;
    this.#offset++;
    let code = this.#skipBlanks();
    if (code === CLOSING_BRACE) {
      this.#offset++;
      return members;
    }
    for (;;) {
      if (code !== QUOTE) return undefined;
      const name = this.#string();
      if (name === undefined || name === '__proto__' || this.#skipBlanks() !== COLON) return undefined;
      if (count > 0 && Object.hasOwn(members, name)) return undefined;
      this.#offset++;
      const value = this.#value(levels);
      if (value === undefined) return undefined;
      members[name] = value;
      count++;
      code = this.#skipBlanks();
      this.#offset++;
      if (code === CLOSING_BRACE) return members;
      if (code !== COMMA) return undefined;
      code = this.#skipBlanks();
    }
  }

  #array(levels: number): readonly WireValue[] | undefined {
    const items: WireValue[] = [];
    this.#offset++;
    if (this.#skipBlanks() === CLOSING_BRACKET) {
      this.#offset++;
      return items;
    }
    for (;;) {
      const value = this.#value(levels);
      if (value === undefined) return undefined;
      items.push(value);
      const code = this.#skipBlanks();
      this.#offset++;
      if (code === CLOSING_BRACKET) return items;
      if (code !== COMMA) return undefined;
    }
  }

  #string(): string | undefined {
    const text = this.#text;
    const start = this.#offset + 1;
    let end = start;
    for (let code = text.charCodeAt(end); code !== QUOTE; code = text.charCodeAt(++end)) {
      // Also at the end of the text, where it is no number.
      if (!(code >= SPACE) || code === BACKSLASH) return undefined;
    }
    this.#offset = end + 1;
    return text.slice(start, end);
  }

  #integer(): number | undefined {
    const text = this.#text;
    const start = this.#offset;
    let value = 0;
    let end = start;
    let code = text.charCodeAt(end);
    for (; code >= ZERO && code <= NINE; code = text.charCodeAt(++end)) value = value * 10 + (code - ZERO);
    const hasLeadingZero = text.charCodeAt(start) === ZERO && end - start > 1;
    if (hasLeadingZero || end - start > MAX_DIGITS || !endsValue(code)) return undefined;
    this.#offset = end;
    return value;
  }

  #word(): boolean | null | undefined {
    const text = this.#text;
    const start = this.#offset;
    const word = text.startsWith('true', start) ? 'true' : text.startsWith('null', start) ? 'null' : 'false';
    const end = start + word.length;
    if (!text.startsWith(word, start) || !endsValue(text.charCodeAt(end))) return undefined;
    this.#offset = end;
    return word === 'null' ? null : word === 'true';
  }

  /** The first character that is none. */
  #skipBlanks(): number {
    const text = this.#text;
    let code = text.charCodeAt(this.#offset);
    while (isBlank(code)) code = text.charCodeAt(++this.#offset);
    return code;
  }
}

function isBlank(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

function endsValue(code: number): boolean {
  return code === COMMA || code === CLOSING_BRACE || code === CLOSING_BRACKET || isBlank(code);
}
