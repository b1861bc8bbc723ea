/** The bytes that were written last, up to a limit. */
export class RingBuffer {
  readonly #limit: number;
  #bytes: readonly number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  write(bytes: Iterable<number>): void {
    this.#bytes = [...this.#bytes, ...bytes].slice(-this.#limit);
  }

  read(count: number): Uint8Array {
    const taken = this.#bytes.slice(0, count);
    this.#bytes = this.#bytes.slice(count);
    return Uint8Array.from(taken);
  }
}
