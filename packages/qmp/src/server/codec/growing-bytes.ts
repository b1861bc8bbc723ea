const NOTHING = new Uint8Array();

/** Bytes that come in pieces, however small: they are copied together in time that is in proportion to them. */
export class GrowingBytes {
  #bytes = NOTHING;
  #length = 0;

  get byteLength(): number {
    return this.#length;
  }

  push(piece: Uint8Array): void {
    const length = this.#length + piece.byteLength;
    if (length > this.#bytes.byteLength) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.byteLength));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  /** All of them, and these behind them. */
  followedBy(last: Uint8Array): Uint8Array {
    const all = new Uint8Array(this.#length + last.byteLength);
    all.set(this.#bytes.subarray(0, this.#length));
    all.set(last, this.#length);
    return all;
  }

  clear(): void {
    this.#bytes = NOTHING;
    this.#length = 0;
  }
}
