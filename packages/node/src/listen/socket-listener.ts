import type { Server } from 'node:net';

import { Deferred, type Listener, type ListenerOptions, type Transport } from '@qmp/protocol';

import { describeAddress, type ParsedAddress } from '../address/parsed-address.ts';
import { ListenError } from '../errors/listen-error.ts';
import { SocketTransport } from '../transport/socket-transport.ts';

/** Peers that came before anybody asked for one; more than these are hung up on. */
const MOST_EARLY_PEERS = 16;

/** A {@link Listener} over a `net.Server` that listens already. */
export class SocketListener implements Listener {
  readonly description: string;
  readonly #server: Server;
  readonly #earlyPeers: Transport[] = [];
  /** What accepting callers wait for, the first one first. */
  #arrivals: Deferred<Transport>[] = [];

  constructor(server: Server, address: ParsedAddress) {
    this.description = describeAddress(actualAddress(server, address));
    this.#server = server;
    const peerDescription = address.kind === 'tcp' ? undefined : this.description;
    server.on('connection', (socket) => this.#receive(new SocketTransport(socket, peerDescription)));
    // Such as EMFILE: this peer is lost, the listener goes on.
    server.on('error', (error) => this.#rejectAll(error));
  }

  async accept(options: ListenerOptions): Promise<Transport> {
    const { signal } = options;
    signal.throwIfAborted();
    if (!this.#server.listening) throw this.#closedError();
    const early = this.#earlyPeers.shift();
    if (early !== undefined) return early;
    const arrival = new Deferred<Transport>();
    const onAbort = (): void => arrival.reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    this.#arrivals.push(arrival);
    try {
      return await arrival.promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#arrivals = this.#arrivals.filter((other) => other !== arrival);
    }
  }

  close(): Promise<void> {
    // This removes the socket file too. Its callback would wait for the accepted peers to leave.
    this.#server.close();
    for (const peer of this.#earlyPeers.splice(0)) peer.abort();
    this.#rejectAll(this.#closedError());
    return Promise.resolve();
  }

  #receive(peer: Transport): void {
    const arrival = this.#arrivals.shift();
    if (arrival !== undefined) arrival.resolve(peer);
    else if (this.#earlyPeers.length < MOST_EARLY_PEERS) this.#earlyPeers.push(peer);
    else peer.abort();
  }

  #rejectAll(reason: Error): void {
    for (const arrival of this.#arrivals) arrival.reject(reason);
  }

  #closedError(): ListenError {
    return new ListenError(`the listener at ${this.description} is closed`, {
      code: 'ECANCELED',
      address: this.description,
    });
  }
}

/** The system chooses the port when 0 is asked for, and the address behind a host's name. */
function actualAddress(server: Server, asked: ParsedAddress): ParsedAddress {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') return asked;
  return { kind: 'tcp', host: bound.address, port: bound.port };
}
