const LONG_LENGTH = 1024;
const MAX_SHORT_PIECES = 1024;

/**
 * A text that grows at its end. Long pieces are concatenated, which engines put off until the text is read; short ones
 * are joined many at a time, so that what is kept of each stays small against the text.
 */
export class TextPieces {
  #text = '';
  #pieces: string[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(text: string): void {
    this.#length += text.length;
    this.#pieces.push(text);
    if (text.length >= LONG_LENGTH || this.#pieces.length === MAX_SHORT_PIECES) this.#join();
  }

  /** All of it; nothing is left. */
  take(): string {
    this.#join();
    const text = this.#text;
    this.#text = '';
    this.#length = 0;
    return text;
  }

  #join(): void {
    this.#text += this.#pieces.join('');
    this.#pieces = [];
  }
}
