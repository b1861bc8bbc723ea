import type { ByteFaultOptions, Direction } from './fault-options.ts';
import { SeededRandom } from './seeded-random.ts';

/** Where one kind of fault strikes along a stream of bytes or of messages. */
export class Strikes {
  readonly #random: SeededRandom;
  readonly #rate: number;
  #next: number;

  /**
   * @param rate the probability at each place.
   * @param first the place where it strikes first, whatever the rate.
   */
  constructor(random: SeededRandom, rate: number, first?: number) {
    this.#random = random;
    this.#rate = rate;
    this.#next = first ?? this.#gap();
  }

  /** The place of the next one; `Infinity` where there is none. */
  get next(): number {
    return this.#next;
  }

  /** Whether it strikes at a place. Places are asked about in order. */
  strikesAt(place: number): boolean {
    if (place !== this.#next) return false;
    this.#next += 1 + this.#gap();
    return true;
  }

  /** How many places are spared before the next one: one draw, however many that are. */
  #gap(): number {
    if (this.#rate <= 0) return Infinity;
    return this.#rate >= 1 ? 0 : Math.floor(Math.log(1 - this.#random.next()) / Math.log(1 - this.#rate));
  }
}

/** The strikes of each kind that has any: each by a chance of its own, so that one does not change where another strikes. */
export function strikesOf<K extends string>(
  kinds: readonly K[],
  { seed = 0, rates = {}, at = {} }: ByteFaultOptions<K>,
  direction: Direction,
): (readonly [K, Strikes])[] {
  return kinds.flatMap((kind) => {
    const rate = rates[kind] ?? 0;
    if (rate === 0 && at[kind] === undefined) return [];
    return [[kind, new Strikes(new SeededRandom(`${seed} ${direction} ${kind}`), rate, at[kind])] as const];
  });
}
