/** The latest items, up to a limit: a ring that overwrites its oldest. */
export class EventHistory<T> {
  readonly #limit: number;
  readonly #ring: T[] = [];
  /** Where the next item goes once the ring is full. */
  #oldest = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(item: T): void {
    if (this.#ring.length < this.#limit) {
      this.#ring.push(item);
      return;
    }
    this.#ring[this.#oldest] = item;
    this.#oldest = (this.#oldest + 1) % this.#limit;
  }

  /** A copy, newest last. */
  toArray(): readonly T[] {
    return [...this.#ring.slice(this.#oldest), ...this.#ring.slice(0, this.#oldest)];
  }
}
