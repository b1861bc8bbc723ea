import { ChunkStream } from '../transport/chunk-stream.ts';
import type { Transport } from '../transport/transport.ts';
import { Deferred, ignore } from '../wait/deferred.ts';
import { openFault } from './open-fault.ts';
import { WebSocketCloseError } from './web-socket-close-error.ts';
import type { Bytes, WebSocketLike } from './web-socket-like.ts';

const OPEN = 1;

/** Endings that are a goodbye: done, going away (a page left, a server stops), and a close frame without a code. */
const GOODBYES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/** Servers limit a message, the strictest to this much; where messages end means nothing in a stream of bytes. */
const LARGEST_MESSAGE_BYTES = 64 * 1024;

const MOST_BUFFERED_BYTES = 512 * 1024;
const LONGEST_LOOK_MS = 100;

/** Some platforms would wait for the peer's answer to a goodbye for ever. */
const LONGEST_GOODBYE_MS = 30_000;

/**
 * A transport over a WebSocket that is open or still opens: a stream of bytes in binary messages, whose boundaries mean
 * nothing. Text from the peer is taken as UTF-8, as some relays send it. Make it in the turn in which the socket was made
 * or opened, or what arrives before is lost. `description` is what logs and errors call the peer.
 *
 * A WebSocket cannot half-close: an end from either side ends both directions. Only `ws` can hold its peer back; with
 * others, what is not read gathers in memory. A closing code that is no goodbye is a {@link WebSocketCloseError}.
 *
 * @throws TypeError when the socket is closing or closed.
 */
export function webSocketTransport(
  socket: WebSocketLike,
  description: string = socket.url ?? 'a WebSocket client',
): Transport {
  if (socket.readyState > OPEN) {
    throw new TypeError('Cannot use the WebSocket: it is closing or closed; expected one that is open or opens');
  }
  return new WebSocketTransport(socket, description);
}

/** @internal Tells in addition when it is open. */
export class WebSocketTransport implements Transport {
  readonly description: string;
  readonly readable: ChunkStream;
  readonly #socket: WebSocketLike;
  readonly #opened = new Deferred<void>();
  readonly #closed = new Deferred<void>();
  /** Present from the end on; with an error unless it was a goodbye. */
  #end: { readonly error: Error | undefined } | undefined;

  constructor(socket: WebSocketLike, description: string) {
    const encoder = new TextEncoder();
    let cause: unknown;
    this.description = description;
    this.readable = new ChunkStream({ pause: () => socket.pause?.(), resume: () => socket.resume?.() });
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => this.#opened.resolve());
    socket.addEventListener('message', ({ data }) => {
      this.readable.push(typeof data === 'string' ? encoder.encode(data) : new Uint8Array(data as ArrayBuffer));
    });
    socket.addEventListener('error', (event) => {
      cause = event.error;
      // Node 22 has no 'close' behind this one.
      if (this.#opened.state === 'pending') this.#finish(openFault(description, event));
    });
    socket.addEventListener('close', (event) => {
      this.#finish(GOODBYES.has(event.code) ? undefined : new WebSocketCloseError(event, cause));
    });
    if (socket.readyState === OPEN) this.#opened.resolve();
  }

  /** Resolves when the socket is open; rejects with the reason when it cannot be opened. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  write(chunk: Uint8Array): void | Promise<void> {
    const socket = this.#socket;
    if (this.#opened.state === 'pending') return this.opened.then(() => this.write(chunk));
    if (this.#end !== undefined || socket.readyState !== OPEN) return Promise.reject(this.#failure());
    for (let start = 0; start < chunk.byteLength; start += LARGEST_MESSAGE_BYTES) {
      socket.send(chunk.subarray(start, start + LARGEST_MESSAGE_BYTES) as Bytes);
    }
    if (socket.bufferedAmount > MOST_BUFFERED_BYTES) return this.#drained();
  }

  async close(): Promise<void> {
    await this.opened.catch(ignore);
    this.#socket.close(1000);
    const deadline = setTimeout(() => this.abort(), LONGEST_GOODBYE_MS);
    await this.#closed.promise;
    clearTimeout(deadline);
  }

  abort(reason?: unknown): void {
    const socket = this.#socket;
    this.#finish(reason instanceof Error ? reason : new Error('The link was cut off on this side', { cause: reason }));
    if (socket.terminate === undefined) socket.close();
    else socket.terminate();
  }

  /** Nothing tells when there is room again, so it is looked for, less and less often. */
  async #drained(): Promise<void> {
    for (
      let pauseMs = 1;
      this.#socket.bufferedAmount > MOST_BUFFERED_BYTES;
      pauseMs = Math.min(pauseMs * 2, LONGEST_LOOK_MS)
    ) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (this.#end !== undefined) throw this.#failure();
    }
  }

  #finish(error: Error | undefined): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    if (error === undefined) this.readable.end();
    else this.readable.fail(error);
    this.#opened.reject(this.#failure());
    this.#closed.resolve();
  }

  #failure(): Error {
    return this.#end?.error ?? new Error('The link is closed: nothing more can be sent on it');
  }
}
