import { Deferred, type Transport } from '@qmp/protocol';

import { Recorder } from './recorder.ts';
import type { RecordingSink } from './recording-sink.ts';

/** How a session is recorded. */
export interface RecordOptions {
  /** Told, once, when the sink fails: the recording ends there, and the session goes on. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

/**
 * A client's transport that writes down what passes, for {@link replay} and for `qmp log`: each message with its time,
 * and without its secrets, by the rule of log records. What is no message is kept as text. The session is not changed by
 * it; a sink that is slow slows it down, one that fails is left.
 *
 * ```ts
 * const sink = await fileSink('session.jsonl');
 * const connector = connectorThrough(platformConnector, (link) => record(link, sink));
 * const vm = await QmpClient.connect('/run/vm.sock', { connector });
 * ```
 *
 * The sink is not closed: it may take several sessions, one after the other.
 */
export function record(transport: Transport, sink: RecordingSink, options: RecordOptions = {}): Transport {
  return new RecordedTransport(transport, new Recorder(sink, transport.description, options.onFailure ?? (() => {})));
}

class RecordedTransport implements Transport {
  readonly description: string;
  readonly framing: 'records' | undefined;
  readonly #transport: Transport;
  readonly #recorder: Recorder;
  /** Resolves when this side has ended the session: nobody waits for the sink then. */
  readonly #left = new Deferred<void>();

  constructor(transport: Transport, recorder: Recorder) {
    this.description = transport.description;
    this.framing = transport.framing;
    this.#transport = transport;
    this.#recorder = recorder;
  }

  get readable(): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => this.#read(this.#transport.readable[Symbol.asyncIterator]()) };
  }

  write(chunk: Uint8Array): void | Promise<void> {
    const recorded = this.#recorder.take('client', chunk);
    const written = this.#transport.write(chunk);
    return recorded === undefined ? written : this.#both(written, recorded);
  }

  async close(): Promise<void> {
    this.#leave();
    await this.#transport.close();
  }

  abort(reason?: unknown): void {
    this.#leave();
    this.#transport.abort(reason);
  }

  /** No generator: leaving one that waits would not reach the transport. */
  #read(chunks: AsyncIterator<Uint8Array>): AsyncIterator<Uint8Array> {
    return {
      next: async () => {
        const next = await chunks.next().catch((error: unknown) => {
          this.#recorder.end('link', error);
          throw error;
        });
        if (next.done === true) this.#recorder.end('server');
        else await this.#both(undefined, this.#recorder.take('server', next.value));
        return next;
      },
      return: async () => (await chunks.return?.()) ?? { done: true, value: undefined },
    };
  }

  async #both(written: void | Promise<void>, recorded: void | Promise<void>): Promise<void> {
    await written;
    if (recorded !== undefined) await Promise.race([recorded, this.#left.promise]);
  }

  #leave(): void {
    this.#recorder.end('client');
    this.#left.resolve();
  }
}
