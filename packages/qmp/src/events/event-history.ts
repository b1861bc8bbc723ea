/** The latest items, up to a limit. */
export class EventHistory<T> {
  readonly #limit: number;
  /** Full, and all older than the others. No ring: writing to an old object costs more than to a new one. */
  #older: readonly T[] = [];
  #newer: T[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(item: T): void {
    if (this.#newer.length === this.#limit) {
      this.#older = this.#newer;
      this.#newer = [];
    }
    this.#newer.push(item);
  }

  /** A copy, newest last. */
  toArray(): readonly T[] {
    return [...this.#older, ...this.#newer].slice(-this.#limit);
  }
}
