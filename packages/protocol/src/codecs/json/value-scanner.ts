const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
// '[' and '{', and ']' and '}', differ in this bit only.
const BRACE_BIT = 0x20;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

const NUMBER_CHARACTER = /[-+.0-9eE]/;
const WORDS = ['true', 'false', 'null'];

/** Finds where a JSON value ends, over any number of texts, looking at each character once. One scanner, one value. */
export class ValueScanner {
  #kind: 'unknown' | 'nested' | 'number' | 'word' = 'unknown';
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #word = '';

  /**
   * The index behind the value, or of the character that shows that this is no JSON value; -1 when the text ended
   * before. The first text begins with the first character of the value.
   */
  scan(text: string, from: number): number {
    if (this.#kind === 'unknown') this.#kind = kindOf(text.charAt(from));
    if (this.#kind === 'nested') return this.#scanNested(text, from);
    return this.#kind === 'number' ? scanNumber(text, from) : this.#scanWord(text, from);
  }

  /** Arrays, objects and strings. */
  #scanNested(text: string, from: number): number {
    const { length } = text;
    let depth = this.#depth;
    let inString = this.#inString;
    let index = this.#isEscaped ? from + 1 : from;
    for (; index < length; index++) {
      const code = text.charCodeAt(index);
      if (!inString) {
        if ((code | BRACE_BIT) === OPENING_BRACE) depth++;
        else if ((code | BRACE_BIT) === CLOSING_BRACE) {
          depth--;
          if (depth === 0) return index + 1;
        } else if (code === QUOTE) inString = true;
      } else if (code === QUOTE) {
        if (depth === 0) return index + 1;
        inString = false;
      } else if (code === BACKSLASH) index++;
      else if (code < SPACE) return index; // no string holds a line end: most likely its message was cut off
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#isEscaped = index > length;
    return -1;
  }

  #scanWord(text: string, from: number): number {
    for (let index = from; index < text.length; index++) {
      const word = this.#word + text.charAt(index);
      if (WORDS.includes(word)) return index + 1;
      if (!WORDS.some((whole) => whole.startsWith(word))) return index;
      this.#word = word;
    }
    return -1;
  }
}

/** Whether a JSON value can begin with this character. */
export function canBeginValue(character: string): boolean {
  return /[{["\-0-9tfn]/.test(character);
}

function kindOf(character: string): 'nested' | 'number' | 'word' {
  if ('{["'.includes(character)) return 'nested';
  return NUMBER_CHARACTER.test(character) ? 'number' : 'word';
}

function scanNumber(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    if (!NUMBER_CHARACTER.test(text.charAt(index))) return index;
  }
  return -1;
}
