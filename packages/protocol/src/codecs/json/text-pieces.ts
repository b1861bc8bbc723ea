const PIECES_PER_BLOCK = 1024;

/** A text that grows at its end. Short pieces are joined in blocks, so that the list stays small against the text. */
export class TextPieces {
  #blocks: string[] = [];
  #pieces: string[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(text: string): void {
    this.#length += text.length;
    this.#pieces.push(text);
    if (this.#pieces.length < PIECES_PER_BLOCK) return;
    this.#blocks.push(this.#pieces.join(''));
    this.#pieces = [];
  }

  /** All of it; nothing is left. */
  take(): string {
    const text = this.#blocks.join('') + this.#pieces.join('');
    this.#blocks = [];
    this.#pieces = [];
    this.#length = 0;
    return text;
  }
}
