/** Bytes in memory that nobody shares, in the words of TypeScript 5.6 as well as of later ones. */
export type Bytes = ReturnType<InstanceType<typeof TextEncoder>['encode']>;

/**
 * The members of a WebSocket that are used here, as browsers, Node from 22 on, Bun, Deno and the npm package `ws` have
 * them. Each of these can be handed over as it is.
 */
export interface WebSocketLike {
  /** Set to `arraybuffer`, which all of them know. */
  binaryType: string;
  /** 0 while it opens, 1 while it is open, then 2 and 3. */
  readonly readyState: number;
  /** What was sent and has not yet left, in bytes. */
  readonly bufferedAmount: number;
  /** Names the peer in logs; a socket that a server has accepted has none. */
  readonly url?: string | undefined;
  /** Sends one binary message. */
  send(data: Bytes): void;
  /** Says goodbye behind all that was sent. */
  close(code?: number): void;
  /** Cuts the link off; only where the platform can (`ws`, Bun). */
  terminate?(): void;
  /** Lets the peer wait; only where the platform can (`ws`). */
  pause?(): void;
  /** Reads on. */
  resume?(): void;
  /** It is open. */
  addEventListener(type: 'open', listener: () => void): void;
  /** A message has come: an `ArrayBuffer`, or a text. */
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  /** It has failed; what the event says about it is up to the platform. */
  addEventListener(type: 'error', listener: (event: WebSocketFailure) => void): void;
  /** It has ended. */
  addEventListener(type: 'close', listener: (event: WebSocketClosing) => void): void;
}

/** How a WebSocket ended. */
export interface WebSocketClosing {
  /** RFC 6455, section 7.4; 1005 and 1006 are the platform's own, for an end without a code and without a goodbye. */
  readonly code: number;
  /** The peer's words, often none. */
  readonly reason: string;
}

/** Why a WebSocket failed, where the platform says so. Browsers never do. */
export interface WebSocketFailure {
  readonly message?: unknown;
  readonly error?: unknown;
}
