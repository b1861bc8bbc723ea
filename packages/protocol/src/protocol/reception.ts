import type { Listener } from '../transport/connector.ts';
import type { Transport } from '../transport/transport.ts';
import { ignore } from '../wait/deferred.ts';

/** A listener that takes one peer: as soon as it has come, nobody else can. */
export class Reception {
  /** The one peer. */
  readonly peer: Promise<Transport>;
  readonly #listener: Listener;
  readonly #leaving = new AbortController();

  constructor(listener: Listener) {
    this.#listener = listener;
    this.peer = this.#receive();
    this.peer.catch(ignore);
  }

  /** Where it listens, with the real port. */
  get description(): string {
    return this.#listener.description;
  }

  /** Stops listening, and turns away a peer that came and was not taken in. */
  async close(reason: unknown): Promise<void> {
    this.#leaving.abort(reason);
    this.peer.then((transport) => transport.abort(reason), ignore);
    await this.#listener.close();
  }

  async #receive(): Promise<Transport> {
    const transport = await this.#listener.accept({ signal: this.#leaving.signal });
    try {
      await this.#listener.close();
    } catch (error) {
      transport.abort(error);
      throw error;
    }
    return transport;
  }
}
