import type { JsonObject } from '../codecs/json/json-value.ts';
import { ChunkStream } from '../transport/chunk-stream.ts';
import type { Transport } from '../transport/transport.ts';
import { Deferred } from '../wait/deferred.ts';
import { checkFaultOptions } from './check-fault-options.ts';
import type { Direction, FaultOptions } from './fault-options.ts';
import { faultError } from './fault-error.ts';
import { FaultyFlow } from './faulty-flow.ts';

/** What goes wrong between two ends, in both directions alike: nothing, if left out. */
export interface TransportPairOptions extends Omit<FaultOptions, 'direction'> {}

/** One end of a {@link transportPair}, with knobs for faults at moments that a test chooses. */
export class MemoryTransport implements Transport {
  readonly description: string;
  readonly #outbound: FaultyFlow<JsonObject>;
  readonly #stream = new ChunkStream({
    pause: () => {
      this.#unread = new Deferred();
    },
    resume: () => {
      this.#unread?.resolve();
      this.#unread = undefined;
    },
  });
  #peer: MemoryTransport = this;
  /** Set while this end's reader is behind. */
  #unread: Deferred<void> | undefined;
  /** Set while this end takes no writes. */
  #stall: Deferred<void> | undefined;
  #state: 'open' | 'closing' | 'closed' = 'open';
  /** What broke the link, if something did. */
  #fault: Error | undefined;

  /** @param direction of what is written here, as {@link Fault} tells it. */
  constructor(description: string, options: TransportPairOptions, direction: Direction) {
    this.description = description;
    this.#outbound = new FaultyFlow(options, direction, {
      pass: (bytes) => this.#deliver(bytes),
      stop: (fault) => (fault === 'cut' ? this.abort() : this.break(faultError(fault))),
    });
  }

  /** Joins two ends. */
  static join(left: MemoryTransport, right: MemoryTransport): void {
    left.#peer = right;
    right.#peer = left;
  }

  get readable(): AsyncIterable<Uint8Array> {
    return this.#stream;
  }

  write(chunk: Uint8Array): void | Promise<void> {
    if (this.#state !== 'open') return Promise.reject(this.#fault ?? new Error('written after the end'));
    const isSlow = this.#stall !== undefined || this.#outbound.isHeldUp || this.#peer.#unread !== undefined;
    const passed = this.#outbound.push(chunk.slice());
    if (isSlow) return passed;
  }

  async close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    await this.#outbound.flush();
    this.#peer.#stream.end();
    await this.#peer.#outbound.flush();
    this.abort();
  }

  abort(): void {
    this.#state = 'closed';
    this.#stall?.resolve();
    this.#unread?.resolve();
    for (const end of [this, this.#peer]) {
      end.#outbound.close();
      end.#stream.end();
    }
  }

  /** Fault: the peer hangs up, after what it has written has arrived. */
  async hangUp(): Promise<void> {
    await this.#outbound.flush();
    this.#peer.#stream.end();
  }

  /** Fault: the link breaks; both ends get the error. */
  break(error: Error): void {
    for (const end of [this, this.#peer]) {
      end.#state = 'closed';
      end.#fault = error;
      end.#stream.fail(error);
      end.#stall?.reject(error);
      end.#unread?.reject(error);
      end.#outbound.close();
    }
  }

  /** Fault: this end takes no more writes until the returned function is called. */
  stall(): () => void {
    const stall = new Deferred<void>();
    this.#stall = stall;
    return () => {
      this.#stall = undefined;
      stall.resolve();
    };
  }

  async #deliver(bytes: Uint8Array): Promise<void> {
    await this.#stall?.promise;
    await this.#peer.#unread?.promise;
    if (this.#state !== 'closed') this.#peer.#stream.push(bytes);
  }
}

/**
 * Two transports that talk to each other in memory: what is written on one arrives on the other, cut, delayed and
 * damaged as the options say. Deterministic: it has no timer, unless a fault takes time.
 *
 * @throws RangeError for a seed, a rate, a place or a time that is none.
 */
export function transportPair(options: TransportPairOptions = {}): [MemoryTransport, MemoryTransport] {
  checkFaultOptions(options);
  const left = new MemoryTransport('memory:left', options, 'outbound');
  const right = new MemoryTransport('memory:right', options, 'inbound');
  MemoryTransport.join(left, right);
  return [left, right];
}
