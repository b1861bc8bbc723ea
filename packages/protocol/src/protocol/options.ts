import type { Logger } from '../logging/logger.ts';
import type { Connector } from '../transport/connector.ts';
import type { CallOptions } from '../wait/call-options.ts';

/** How a protocol object is made. */
export interface ProtocolOptions {
  /** Names the connection in log records. */
  readonly name?: string | undefined;
  /** Where log records go; nowhere if left out. */
  readonly logger?: Logger | undefined;
  /** What turns addresses into bytes; without one only ready-made transports can be used. */
  readonly connector?: Connector | undefined;
}

/** How `connect` goes about it. `timeoutMs` covers everything up to `running` and is 30,000 unless told otherwise. */
export interface ConnectOptions extends CallOptions {
  /** Wait for a peer that is still starting: dial again while nobody listens, until the timeout. */
  readonly retry?: boolean | undefined;
}

/** How `startServer` goes about it. */
export interface ListenOptions extends CallOptions {}

/** How `disconnect` goes about it. */
export interface DisconnectOptions {
  /** How long flushing and closing may take before the rest is dropped; 5,000 ms unless told otherwise. */
  readonly graceMs?: number | undefined;
}

/** How a session ended. */
export type SessionEnd =
  /** This side asked for it, or the peer ended it as it was asked to. */
  | { readonly kind: 'disconnected' }
  /** This side called `abort(reason)`, or the signal of its `connect` or `accept` fired. */
  | { readonly kind: 'aborted'; readonly reason: unknown }
  /** It broke; `error` is the first thing that went wrong. */
  | { readonly kind: 'lost'; readonly error: Error };
