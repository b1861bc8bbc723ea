import type { JsonObject } from '../codecs/json/json-value.ts';
import { asError } from '../errors/describe-cause.ts';
import { ChunkStream } from '../transport/chunk-stream.ts';
import type { Transport } from '../transport/transport.ts';
import { Deferred, ignore } from '../wait/deferred.ts';
import { checkFaultOptions } from './check-fault-options.ts';
import type { Direction, FaultOptions } from './fault-options.ts';
import { faultError } from './fault-error.ts';
import { FaultyFlow } from './faulty-flow.ts';

/**
 * A transport on which things go wrong as the options say, by chance that a seed repeats or at a given place: for tests
 * of a client or a server, over memory or over a real socket. It owns the transport from then on.
 *
 * ```ts
 * const link = faulty(transport, { seed: 7, rates: { chunk: 0.2, reset: 0.001, duplicate: 0.05 } });
 * ```
 *
 * @throws RangeError for a seed, a rate, a place or a time that is none.
 */
export function faulty<M = JsonObject>(transport: Transport, options: FaultOptions<M>): Transport {
  checkFaultOptions(options);
  return new FaultyTransport(transport, options);
}

class FaultyTransport<M> implements Transport {
  readonly description: string;
  readonly framing: 'records' | undefined;
  readonly readable: ChunkStream;
  readonly #transport: Transport;
  readonly #inbound: FaultyFlow<M>;
  readonly #outbound: FaultyFlow<M>;
  /** Set while the reader is behind. */
  #unread: Deferred<void> | undefined;
  /** What keeps this end from writing. */
  #fault: Error | undefined;

  constructor(transport: Transport, options: FaultOptions<M>) {
    this.description = transport.description;
    this.framing = transport.framing;
    this.#transport = transport;
    this.readable = new ChunkStream({
      pause: () => {
        this.#unread = new Deferred();
      },
      resume: () => {
        this.#unread?.resolve();
        this.#unread = undefined;
      },
    });
    this.#inbound = new FaultyFlow(optionsFor('inbound', options), 'inbound', {
      pass: (bytes) => {
        this.readable.push(bytes);
        return this.#unread?.promise;
      },
      stop: (fault) => this.#stop(fault),
    });
    this.#outbound = new FaultyFlow(optionsFor('outbound', options), 'outbound', {
      pass: (bytes) => transport.write(bytes),
      stop: (fault) => this.#stop(fault),
    });
    void this.#read();
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#requireWhole();
    await this.#outbound.push(chunk.slice());
    // It may have been this chunk that was struck.
    this.#requireWhole();
  }

  async close(): Promise<void> {
    await this.#outbound.flush();
    await this.#transport.close();
    this.#end();
  }

  abort(reason?: unknown): void {
    this.#transport.abort(reason);
    this.#end();
  }

  #requireWhole(): void {
    if (this.#fault !== undefined) throw this.#fault;
  }

  async #read(): Promise<void> {
    let loss: Error | undefined;
    try {
      for await (const chunk of this.#transport.readable) await this.#inbound.push(chunk);
    } catch (error) {
      loss = asError(error);
    }
    await this.#inbound.flush().catch(ignore);
    if (loss === undefined) this.readable.end();
    else this.readable.fail(loss);
  }

  #stop(fault: 'cut' | 'reset'): void {
    const error = faultError(fault);
    this.#fault = error;
    if (fault === 'cut') {
      this.readable.end();
      // What has passed by now arrives.
      this.#transport.close().catch(ignore);
    } else {
      this.readable.fail(error);
      this.#transport.abort(error);
    }
    this.#end();
  }

  /** Nothing waits any more, in either direction. */
  #end(): void {
    this.#inbound.close();
    this.#outbound.close();
    this.#unread?.resolve();
    this.readable.end();
  }
}

/** The options of a direction that is to be spared say nothing. */
function optionsFor<M>(direction: Direction, options: FaultOptions<M>): FaultOptions<M> {
  return options.direction === undefined || options.direction === direction ? options : {};
}
