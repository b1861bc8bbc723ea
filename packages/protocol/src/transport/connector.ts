import type { Address } from '../address/address.ts';
import type { Transport } from './transport.ts';

/** How a {@link Connector} is asked to reach a peer. */
export interface DialOptions {
  /** Ends the attempt; `dial` then rejects and leaves nothing open. */
  readonly signal: AbortSignal;
  /** Whether `signal` has aborted, for a dial that takes no time: a signal costs more than that, so it is made for those who look at it. */
  readonly aborted?: boolean | undefined;
  /** Dial again while nobody listens yet, until `signal` ends it. */
  readonly retry?: boolean | undefined;
  /** Told of each failed try that is followed by another. */
  readonly onRetry?: ((error: Error) => void) | undefined;
}

/** How a {@link Connector} is asked to listen. */
export interface ListenerOptions {
  /** Ends the attempt; `listen` then rejects and leaves nothing open. */
  readonly signal: AbortSignal;
  /** Peers that have ended their part of a link may still be written to; otherwise their end is that of the link. */
  readonly allowHalfOpen?: boolean | undefined;
  /** How many peers may wait for `accept`; more are hung up on. As many as the connector thinks fit, if left out. */
  readonly backlog?: number | undefined;
}

/** A place that peers connect to. */
export interface Listener {
  /** Waits for the next peer; rejects with the signal's reason, or once the listener is closed. */
  accept(options: { readonly signal: AbortSignal }): Promise<Transport>;
  /** Stops listening, refuses peers that were not accepted, and removes what stood in the file system. Idempotent. */
  close(): Promise<void>;
  /** Where it really listens (a port of 0 is resolved), in the address grammar: `tcp:127.0.0.1:40123`. */
  readonly description: string;
}

/**
 * What turns an address into bytes on a platform. `@qmp/node` exports one for Node, Bun and Deno.
 * Both methods throw `AddressError` at the call, before they touch anything, when they cannot read the address.
 */
export interface Connector {
  /** Opens a connection. Rejects with the platform's error. */
  dial(address: Address, options: DialOptions): Promise<Transport>;
  /** Opens a listener. Rejects with the platform's error. */
  listen(address: Address, options: ListenerOptions): Promise<Listener>;
}
