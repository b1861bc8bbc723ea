import { ChunkStream } from '../transport/chunk-stream.ts';
import type { Transport } from '../transport/transport.ts';
import { Deferred, ignore } from '../wait/deferred.ts';

/** How the bytes between two ends are mangled; both directions alike. */
export interface TransportPairOptions {
  /** The size of each chunk that arrives, in bytes; as it was written, if left out. Asked anew for each chunk. */
  readonly chunkBytes?: (() => number) | undefined;
  /** Waited for before each chunk arrives: a test decides when. */
  readonly delay?: (() => Promise<void>) | undefined;
}

/** One end of a {@link transportPair}, with knobs for the faults that a real link produces when it pleases. */
export class MemoryTransport implements Transport {
  readonly description: string;
  readonly #options: TransportPairOptions;
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
  #deliveries: Promise<void> = Promise.resolve();
  #state: 'open' | 'closing' | 'closed' = 'open';
  /** What broke the link, if something did. */
  #fault: Error | undefined;

  constructor(description: string, options: TransportPairOptions) {
    this.description = description;
    this.#options = options;
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
    const isSlow = this.#stall !== undefined || this.#peer.#unread !== undefined;
    this.#deliveries = this.#deliver(this.#deliveries, chunk.slice());
    this.#deliveries.catch(ignore);
    if (isSlow) return this.#deliveries;
  }

  async close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    await this.#deliveries;
    this.#peer.#stream.end();
    await this.#peer.#deliveries;
    this.abort();
  }

  abort(): void {
    this.#state = 'closed';
    this.#stall?.resolve();
    this.#unread?.resolve();
    this.#stream.end();
    this.#peer.#stream.end();
  }

  /** Fault: the peer hangs up, after what it has written has arrived. */
  async hangUp(): Promise<void> {
    await this.#deliveries;
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

  async #deliver(earlier: Promise<void>, data: Uint8Array): Promise<void> {
    await earlier;
    await this.#stall?.promise;
    for (let start = 0; start < data.byteLength;) {
      const size = Math.max(1, this.#options.chunkBytes?.() ?? data.byteLength);
      await this.#options.delay?.();
      await this.#peer.#unread?.promise;
      if (this.#state === 'closed') return;
      this.#peer.#stream.push(data.subarray(start, start + size));
      start += size;
    }
  }
}

/**
 * Two transports that talk to each other in memory: what is written on one arrives on the other, cut and delayed as the
 * options say. Deterministic: it has no timer of its own.
 */
export function transportPair(options: TransportPairOptions = {}): [MemoryTransport, MemoryTransport] {
  const left = new MemoryTransport('memory:left', options);
  const right = new MemoryTransport('memory:right', options);
  MemoryTransport.join(left, right);
  return [left, right];
}
