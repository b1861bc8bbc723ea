import { type ByteFault, type ByteFaultOptions, DEFAULT_MAX_DELAY_MS, type Direction } from './fault-options.ts';
import { SeededRandom } from './seeded-random.ts';
import { type Strikes, strikesOf } from './strikes.ts';

const MOST_GARBAGE_BYTES = 16;

/** In the order in which they strike at the same byte: what ends the stream comes last. */
const KINDS: readonly ByteFault[] = ['chunk', 'delay', 'garbage', 'stall', 'cut', 'reset'];

/** What becomes of bytes, one step after the other. Nothing follows `stall`, `cut` and `reset`. */
export type ByteStep =
  | { readonly kind: 'pass'; readonly bytes: Uint8Array }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'stall' | 'cut' | 'reset' };

/** The faults of one direction of a link, as a plan that its owner carries out: it does nothing itself. */
export class ByteFaults {
  readonly #options: ByteFaultOptions;
  readonly #direction: Direction;
  readonly #random: SeededRandom;
  readonly #strikes: readonly (readonly [ByteFault, Strikes])[];
  #passedBytes = 0;

  constructor(options: ByteFaultOptions, direction: Direction) {
    this.#options = options;
    this.#direction = direction;
    this.#random = new SeededRandom(`${options.seed ?? 0} ${direction} bytes`);
    this.#strikes = strikesOf(KINDS, options, direction);
  }

  /** @yields what becomes of a chunk. */
  *take(chunk: Uint8Array): Iterable<ByteStep> {
    for (let start = 0; start < chunk.byteLength;) {
      const size = Math.max(1, this.#options.chunkBytes?.() ?? chunk.byteLength);
      yield* this.#strike(chunk.subarray(start, start + size));
      start += size;
    }
  }

  *#strike(bytes: Uint8Array): Iterable<ByteStep> {
    let passed = 0;
    while (passed < bytes.byteLength) {
      const next = Math.min(...this.#strikes.map(([, strikes]) => strikes.next));
      const spared = Math.min(bytes.byteLength - passed, next - this.#passedBytes);
      if (spared > 0) {
        this.#passedBytes += spared;
        yield { kind: 'pass', bytes: bytes.subarray(passed, passed + spared) };
        passed += spared;
      } else {
        yield* this.#strikeHere();
        // The byte itself is spared now: it passes together with those behind it.
      }
    }
  }

  *#strikeHere(): Iterable<ByteStep> {
    for (const [kind, strikes] of this.#strikes) {
      if (!strikes.strikesAt(this.#passedBytes)) continue;
      this.#options.onFault?.({ kind, direction: this.#direction, at: this.#passedBytes });
      switch (kind) {
        case 'chunk':
          break; // what passed before it did so alone
        case 'delay':
          yield { kind, ms: this.#random.upTo(this.#options.maxDelayMs ?? DEFAULT_MAX_DELAY_MS) };
          break;
        case 'garbage':
          yield { kind: 'pass', bytes: this.#garbage() };
          break;
        default:
          yield { kind };
      }
    }
  }

  #garbage(): Uint8Array {
    return Uint8Array.from({ length: this.#random.upTo(MOST_GARBAGE_BYTES) }, () => this.#random.upTo(256) - 1);
  }
}
