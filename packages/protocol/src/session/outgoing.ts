import { describeCause } from '../errors/describe-cause.ts';
import { ConnectionLostError } from '../errors/connection-errors.ts';
import type { Transport } from '../transport/transport.ts';
import { Deferred } from '../wait/deferred.ts';

/** Above this much unwritten data `push` asks its caller to wait. */
const HIGH_WATER_BYTES = 1024 * 1024;

/** Its reactions run when the current tick's callers have pushed what they have. */
const SOON = Promise.resolve();

/**
 * The way out: encoded messages wait here for the writer, which hands over what has gathered since its last turn in one
 * write. Callers of one tick so share one system call.
 */
export class Outgoing {
  readonly #transport: Transport;
  readonly #encoder = new TextEncoder();
  #pieces: (string | Uint8Array)[] = [];
  /** Not yet written; counts characters for text, which is near enough for a bound. */
  #unwrittenBytes = 0;
  #writer: 'new' | 'idle' | 'busy' | 'stopped' = 'new';
  readonly #over = new Deferred<void>();
  /** Settles when nothing is left to write. */
  #drained: Deferred<void> | undefined;
  readonly #write = (): void => this.#writeAll();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** What `flush` would have to write, in bytes. */
  get unwrittenBytes(): number {
    return this.#unwrittenBytes;
  }

  /** Queues one encoded message. A promise means that the peer is slow: it settles when the queue is empty again. */
  push(data: string | Uint8Array): void | Promise<void> {
    if (this.#writer === 'stopped') return;
    const last = this.#pieces.length - 1;
    const tail = this.#pieces[last];
    if (typeof data === 'string' && typeof tail === 'string') this.#pieces[last] = tail + data;
    else this.#pieces.push(data);
    this.#unwrittenBytes += data.length;
    if (this.#writer === 'idle') {
      this.#writer = 'busy';
      void SOON.then(this.#write);
    }
    if (this.#unwrittenBytes > HIGH_WATER_BYTES) return this.flush();
  }

  /** Settles when all that was pushed has been taken by the transport; rejects when that can no longer happen. */
  flush(): Promise<void> {
    if (this.#unwrittenBytes === 0) return Promise.resolve();
    this.#drained ??= new Deferred();
    return this.#drained.promise;
  }

  /** Writes from now on: the promise ends when it is stopped, and rejects with ConnectionLostError when the link fails. */
  run(): Promise<void> {
    this.#writeAll();
    return this.#over.promise;
  }

  /** Writes nothing more; whoever waits for a flush gets the reason. */
  stop(reason: unknown): void {
    this.#writer = 'stopped';
    this.#pieces = [];
    this.#drained ??= new Deferred();
    this.#drained.reject(reason);
    this.#over.resolve();
  }

  /** No async function: a promise for each batch would be a tenth of what it costs. */
  #writeAll(): void {
    while (this.#pieces.length > 0) {
      this.#writer = 'busy';
      const batchBytes = this.#unwrittenBytes;
      try {
        const written = this.#writeBatch();
        if (written !== undefined) {
          this.#waitFor(written, batchBytes);
          return;
        }
      } catch (cause) {
        this.#fail(cause);
        return;
      }
      this.#unwrittenBytes -= batchBytes;
    }
    if (this.#writer === 'stopped') return;
    this.#writer = 'idle';
    this.#drained?.resolve();
    this.#drained = undefined;
  }

  #waitFor(written: Promise<void>, batchBytes: number): void {
    written.then(
      () => {
        this.#unwrittenBytes -= batchBytes;
        this.#writeAll();
      },
      (cause: unknown) => this.#fail(cause),
    );
  }

  #fail(cause: unknown): void {
    const why = `${this.#transport.description}: connection lost: ${describeCause(cause)}`;
    this.#over.reject(new ConnectionLostError(why, { cause }));
  }

  #writeBatch(): void | Promise<void> {
    const pieces = this.#pieces;
    this.#pieces = [];
    const [first] = pieces;
    if (typeof first === 'string' && pieces.length === 1 && this.#transport.writeText !== undefined) {
      return this.#transport.writeText(first);
    }
    return this.#transport.write(this.#join(pieces));
  }

  #join(pieces: readonly (string | Uint8Array)[]): Uint8Array {
    const chunks = pieces.map((piece) => (typeof piece === 'string' ? this.#encoder.encode(piece) : piece));
    const [first] = chunks;
    if (first !== undefined && chunks.length === 1) return first;
    const batch = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.byteLength, 0));
    let offset = 0;
    for (const chunk of chunks) {
      batch.set(chunk, offset);
      offset += chunk.byteLength;
    }
    return batch;
  }
}
