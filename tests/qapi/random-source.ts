/** Numbers that look random and are the same each time, so that what fails once fails again. */
export class RandomSource {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to below `limit`, an integer (a linear congruential generator, its upper bits). */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  /** True in one of so many cases. */
  oneIn(cases: number): boolean {
    return this.below(cases) === 0;
  }

  /** One of them; there has to be one. */
  pick<T>(items: Iterable<T>): T {
    const list = [...items];
    const item = list[this.below(list.length)];
    if (list.length === 0) throw new RangeError('There is nothing to pick from');
    return item as T;
  }
}
