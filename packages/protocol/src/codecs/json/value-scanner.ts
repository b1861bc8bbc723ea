const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
// '[' and '{', and ']' and '}', differ in this bit only.
const BRACE_BIT = 0x20;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

const WORDS = ['true', 'false', 'null'];
const NUMBER_CHARACTER = /[-+.0-9eE]/;

/** Finds where a JSON value ends, over any number of texts, looking at each character once. One scanner, one value. */
export class ValueScanner {
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #scalar = '';

  /**
   * The index behind the value's last character, or behind the character that shows that this is no JSON value;
   * -1 when the text ended before.
   */
  scan(text: string, from: number): number {
    if (this.#scalar !== '') return this.#scanScalar(text, from);
    if (this.#depth > 0 || this.#inString) return this.#scanNested(text, from);
    const first = text[from] ?? '';
    return '{["'.includes(first) ? this.#scanNested(text, from) : this.#scanScalar(text, from);
  }

  #scanNested(text: string, from: number): number {
    let depth = this.#depth;
    let inString = this.#inString;
    let isEscaped = this.#isEscaped;
    for (let index = from; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (code === BACKSLASH) isEscaped = true;
        else if (code === QUOTE) {
          inString = false;
          if (depth === 0) return index + 1;
        } else if (code < SPACE) return index + 1; // never part of a string: most likely the message was cut off
      } else if (code === QUOTE) inString = true;
      else if ((code | BRACE_BIT) === OPENING_BRACE) depth++;
      else if ((code | BRACE_BIT) === CLOSING_BRACE) {
        depth--;
        if (depth === 0) return index + 1;
      }
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#isEscaped = isEscaped;
    return -1;
  }

  #scanScalar(text: string, from: number): number {
    for (let index = from; index < text.length; index++) {
      const character = text[index] ?? '';
      if (NUMBER_CHARACTER.test(this.#scalar)) 0;
    }
    return -1;
  }
}
