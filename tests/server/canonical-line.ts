/** One line of a server with the members of its objects sorted by name, and everything else byte for byte. */
export function canonicalLine(line: string): string {
  const text = new LineReader(line).value();
  return text;
}

/** `inf` and `nan` stand for themselves: QEMU writes them. */
const SCALAR = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/y;

class LineReader {
  readonly #line: string;
  #offset = 0;

  constructor(line: string) {
    this.#line = line;
  }

  value(): string {
    switch (this.#line[this.#offset]) {
      case '{':
        return `{${this.#items('}', () => `${this.#scalar()}${this.#take(': ')}${this.value()}`)
          .sort()
          .join(', ')}}`;
      case '[':
        return `[${this.#items(']', () => this.value()).join(', ')}]`;
      default:
        return this.#scalar();
    }
  }

  #items(end: string, read: () => string): string[] {
    const items: string[] = [];
    this.#offset++;
    while (this.#line[this.#offset] !== end) {
      if (items.length > 0) this.#take(', ');
      items.push(read());
    }
    this.#offset++;
    return items;
  }

  #scalar(): string {
    SCALAR.lastIndex = this.#offset;
    const [text] = SCALAR.exec(this.#line) ?? this.#fail('a value');
    this.#offset += text.length;
    return text;
  }

  #take(expected: string): string {
    if (!this.#line.startsWith(expected, this.#offset)) this.#fail(JSON.stringify(expected));
    this.#offset += expected.length;
    return expected;
  }

  #fail(expected: string): never {
    throw new Error(`Expected ${expected} at ${this.#offset} of ${this.#line}`);
  }
}
