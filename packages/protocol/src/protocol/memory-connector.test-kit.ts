import { describeAddress, type Address } from '../address/address.ts';
import { AddressError } from '../errors/connection-errors.ts';
import { transportPair } from '../testing/transport-pair.ts';
import type { Connector, DialOptions, Listener, ListenerOptions } from '../transport/connector.ts';
import type { Transport } from '../transport/transport.ts';
import { Deferred } from '../wait/deferred.ts';

/** A listener in memory: peers arrive when a test says so. */
export class MemoryListener implements Listener {
  readonly description: string;
  state: 'listening' | 'closed' = 'listening';
  closing: () => Promise<void> = () => Promise.resolve();
  readonly #arrivals: Transport[] = [];
  #waiting: Deferred<Transport> | undefined;

  constructor(description: string) {
    this.description = description;
  }

  /** A peer connects; refused where nobody listens any more. */
  arrive(transport: Transport): void {
    if (this.state === 'closed') throw new Error('ECONNREFUSED');
    if (this.#waiting === undefined) this.#arrivals.push(transport);
    else this.#waiting.resolve(transport);
    this.#waiting = undefined;
  }

  /** Whatever went wrong with the socket that listens. */
  fail(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  accept({ signal }: ListenerOptions): Promise<Transport> {
    const early = this.#arrivals.shift();
    if (early !== undefined) return Promise.resolve(early);
    const waiting = new Deferred<Transport>();
    this.#waiting = waiting;
    signal.addEventListener('abort', () => {
      if (this.#waiting === waiting) this.#waiting = undefined;
      waiting.reject(signal.reason);
    });
    return waiting.promise;
  }

  async close(): Promise<void> {
    this.state = 'closed';
    for (const transport of this.#arrivals.splice(0)) transport.abort();
    await this.closing();
  }
}

/** A network in memory. Dialing reaches who listens at the same address; a test may replace either step. */
export class MemoryConnector implements Connector {
  readonly listeners: MemoryListener[] = [];
  readonly dialed: DialOptions[] = [];
  onDial: (address: Address, options: DialOptions) => Promise<Transport> = (address) => this.#reach(address);
  onListen: (address: Address, options: ListenerOptions) => Promise<Listener> = (address) => this.#open(address);

  dial(address: Address, options: DialOptions): Promise<Transport> {
    if (typeof address !== 'string' || address === '') {
      throw new AddressError(`'${describeAddress(address)}' is no address`, { address });
    }
    this.dialed.push(options);
    return this.onDial(address, options);
  }

  listen(address: Address, options: ListenerOptions): Promise<Listener> {
    if (address === '') throw new AddressError(`'' is no address`, { address });
    return this.onListen(address, options);
  }

  /** Who listens, or listened, last. */
  get listener(): MemoryListener {
    const listener = this.listeners.at(-1);
    if (listener === undefined) throw new Error('Nobody ever listened');
    return listener;
  }

  #open(address: Address): Promise<Listener> {
    const listener = new MemoryListener(`memory:${describeAddress(address)}`);
    this.listeners.push(listener);
    return Promise.resolve(listener);
  }

  #reach(address: Address): Promise<Transport> {
    const listener = this.listeners.find(
      ({ description, state }) => description === `memory:${describeAddress(address)}` && state === 'listening',
    );
    if (listener === undefined) return Promise.reject(new Error(`nobody listens at ${describeAddress(address)}`));
    const [near, far] = transportPair();
    listener.arrive(far);
    return Promise.resolve(near);
  }
}
