import type { Server, Socket } from 'node:net';

import { type Listener, type ListenerOptions, type Transport } from '@qmp/protocol';
import { Deferred } from '@qmp/protocol/wait';

import { describeAddress, type SocketAddress } from '../address/parsed-address.ts';
import { ListenError } from '../errors/listen-error.ts';
import { SocketTransport } from '../transport/socket-transport.ts';

/** So many peers may come before anybody asks for one, unless told otherwise. */
const BACKLOG = 16;

/** A {@link Listener} over a `net.Server` that listens already. */
export class SocketListener implements Listener {
  readonly description: string;
  readonly #server: Server;
  readonly #backlog: number;
  readonly #earlyPeers: Transport[] = [];
  /** Peers that TLS does not let in yet, by the address that they come from. */
  readonly #shakingHands = new Map<string, Socket>();
  /** What accepting callers wait for, the first one first. */
  #arrivals: Deferred<Transport>[] = [];

  constructor(server: Server, address: SocketAddress, backlog: number = BACKLOG) {
    this.description = describeAddress(actualAddress(server, address));
    this.#server = server;
    this.#backlog = backlog;
    const peerDescription = 'host' in address ? undefined : this.description;
    const receive = (socket: Socket): void => this.#receive(new SocketTransport(socket, peerDescription));
    if (address.kind === 'tls') this.#shakeHands(receive);
    else server.on('connection', receive);
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
    for (const socket of this.#shakingHands.values()) socket.destroy();
    for (const peer of this.#earlyPeers.splice(0)) peer.abort();
    this.#rejectAll(this.#closedError());
    return Promise.resolve();
  }

  /** A peer that TLS does not let in is lost, the listener goes on. */
  #shakeHands(receive: (socket: Socket) => void): void {
    this.#server.on('connection', (socket: Socket) => {
      const origin = originOf(socket);
      this.#shakingHands.set(origin, socket);
      socket.once('close', () => this.#shakingHands.delete(origin));
    });
    this.#server.on('secureConnection', (socket: Socket) => {
      this.#shakingHands.delete(originOf(socket));
      receive(socket);
    });
  }

  #receive(peer: Transport): void {
    const arrival = this.#arrivals.shift();
    if (arrival !== undefined) arrival.resolve(peer);
    else if (this.#earlyPeers.length < this.#backlog) this.#earlyPeers.push(peer);
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

/** The same for a TCP socket and for the TLS socket around it. */
function originOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** The system chooses the port when 0 is asked for, and the address behind a host's name. */
function actualAddress(server: Server, asked: SocketAddress): SocketAddress {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') return asked;
  const actual = { host: bound.address, port: bound.port };
  return asked.kind === 'tls' ? { kind: 'tls', ...actual, tls: asked.tls } : { kind: 'tcp', ...actual };
}
