import { DEFAULT_MAX_DELAY_MS, type Direction, type FaultOptions, type MessageFault } from './fault-options.ts';
import type { Frame, Framer } from './framer.ts';
import { SeededRandom } from './seeded-random.ts';
import { type Strikes, strikesOf } from './strikes.ts';

const KINDS: readonly MessageFault[] = ['oversize', 'duplicate', 'reorder', 'late'];
const DEFAULT_OVERSIZE_BYTES = 1024 * 1024;
const BLANK = 0x20;

/** A message that is held back. */
interface Held {
  readonly bytes: Uint8Array;
  readonly until: 'overtaken' | 'time is up';
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Whether any fault can befall messages: only then they have to be told apart. */
export function strikesMessages({ rates = {}, at = {} }: Pick<FaultOptions, 'rates' | 'at'>): boolean {
  return KINDS.some((kind) => (rates[kind] ?? 0) > 0 || at[kind] !== undefined);
}

/** The faults that befall whole messages of one direction: bytes go in, and come out in another order, twice, or late. */
export class MessageFaults<M> {
  readonly #options: FaultOptions<M>;
  readonly #direction: Direction;
  readonly #framer: Framer<M>;
  readonly #random: SeededRandom;
  readonly #strikes: ReadonlyMap<MessageFault, Strikes>;
  readonly #emit: (bytes: Uint8Array) => void;
  readonly #held = new Set<Held>();
  #messages = 0;

  /** @param emit takes what passes on; also called later, by a timer. */
  constructor(options: FaultOptions<M>, direction: Direction, framer: Framer<M>, emit: (bytes: Uint8Array) => void) {
    this.#options = options;
    this.#direction = direction;
    this.#framer = framer;
    this.#random = new SeededRandom(`${options.seed ?? 0} ${direction} messages`);
    this.#strikes = new Map(strikesOf(KINDS, options, direction));
    this.#emit = emit;
  }

  push(chunk: Uint8Array): void {
    for (const frame of this.#framer.decode(chunk)) this.#pass(frame);
  }

  /** The stream ends: what was held back passes now, and a last message that needed no end, unharmed. */
  end(): void {
    for (const held of this.#held) this.#release(held);
    for (const frame of this.#framer.end()) this.#emit(frame.bytes);
  }

  /** Drops what was held back, and its timers. */
  dispose(): void {
    for (const { timer } of this.#held) clearTimeout(timer);
    this.#held.clear();
  }

  #pass({ bytes, message }: Frame<M>): void {
    if (message === undefined || this.#options.only?.(message) === false) {
      this.#emit(bytes);
      return;
    }
    const faults = new Set(KINDS.filter((kind) => this.#strikes.get(kind)?.strikesAt(this.#messages) === true));
    for (const kind of faults) this.#options.onFault?.({ kind, direction: this.#direction, at: this.#messages });
    this.#messages += 1;
    const copy = faults.has('oversize') ? this.#blowUp(bytes) : bytes;
    if (faults.has('duplicate')) this.#emit(copy);
    if (faults.has('reorder')) this.#hold(copy, 'overtaken');
    else if (faults.has('late')) this.#hold(copy, 'time is up');
    else {
      this.#emit(copy);
      for (const held of this.#held) if (held.until === 'overtaken') this.#release(held);
    }
  }

  /** Nobody may ever overtake it: it waits for a while only. */
  #hold(bytes: Uint8Array, until: Held['until']): void {
    const ms = this.#random.upTo(this.#options.maxDelayMs ?? DEFAULT_MAX_DELAY_MS);
    const held: Held = { bytes, until, timer: setTimeout(() => this.#release(held), ms) };
    this.#held.add(held);
  }

  #release(held: Held): void {
    clearTimeout(held.timer);
    this.#held.delete(held);
    this.#emit(held.bytes);
  }

  #blowUp(bytes: Uint8Array): Uint8Array {
    const more = this.#options.oversizeBytes ?? DEFAULT_OVERSIZE_BYTES;
    const larger = new Uint8Array(bytes.byteLength + more).fill(BLANK);
    larger.set(bytes.subarray(0, 1));
    larger.set(bytes.subarray(1), 1 + more);
    return larger;
  }
}
