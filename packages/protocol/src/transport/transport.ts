/**
 * Bytes both ways: all that a protocol ever sees of a socket, a pipe or a WebSocket. Most transports are a thin
 * coat over `ChunkStream`, which gives them `readable` and its backpressure.
 */
export interface Transport {
  /**
   * The bytes that arrive, iterated once; ends at the end of the stream and throws the link's error. Leaving the
   * iteration drops what arrives from then on, but nothing that was written.
   */
  readonly readable: AsyncIterable<Uint8Array>;

  /** Hands a chunk to the link; a promise is the backpressure, and rejects when the link fails before it was taken. */
  write(chunk: Uint8Array): void | Promise<void>;

  /** The same for text, to be sent in UTF-8: for a link that encodes as it writes, and so spares a copy. */
  writeText?(text: string): void | Promise<void>;

  /** Flushes what was written, then ends the link; resolves when both directions are done. */
  close(): Promise<void>;

  /** Ends the link now and drops what was not yet sent. Idempotent; never throws. */
  abort(reason?: unknown): void;

  /** The peer's address for logs and errors, such as `unix:/run/vm.sock`. */
  readonly description: string;

  /**
   * `records` where the link packs what is written, as TLS does: a write that was waited for travels in packets of its
   * own, apart from the next one. Left out for a plain stream of bytes, where nobody can tell writes apart.
   */
  readonly framing?: 'records' | undefined;
}

/** Tells a ready-made transport from an address, and from a socket of Node's, which has no `abort`. */
export function isTransport(value: unknown): value is Transport {
  return typeof value === 'object' && value !== null && 'readable' in value && 'abort' in value;
}
