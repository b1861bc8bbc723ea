import { describeCause } from '../errors/describe-cause.ts';
import { ConnectionLostError } from '../errors/connection-errors.ts';
import type { Transport } from '../transport/transport.ts';
import { Deferred } from '../wait/deferred.ts';

/** Above this much unwritten data `push` asks its caller to wait. */
const HIGH_WATER_BYTES = 1024 * 1024;

/**
 * The way out: encoded messages wait here for the writer loop, which hands over what has gathered since its last turn
 * in one write. Callers of one tick so share one system call.
 */
export class Outgoing {
  readonly #transport: Transport;
  readonly #encoder = new TextEncoder();
  #pieces: (string | Uint8Array)[] = [];
  /** Not yet written; counts characters for text, which is near enough for a bound. */
  #unwrittenBytes = 0;
  #state: 'open' | 'stopped' = 'open';
  /** Wakes the writer loop, where it waits for work. */
  #wake: (() => void) | undefined;
  /** Settles when nothing is left to write. */
  #drained: Deferred<void> | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** What `flush` would have to write, in bytes. */
  get unwrittenBytes(): number {
    return this.#unwrittenBytes;
  }

  /** Queues one encoded message. A promise means that the peer is slow: it settles when the queue is empty again. */
  push(data: string | Uint8Array): void | Promise<void> {
    if (this.#isStopped()) return;
    const last = this.#pieces.length - 1;
    const tail = this.#pieces[last];
    if (typeof data === 'string' && typeof tail === 'string') this.#pieces[last] = tail + data;
    else this.#pieces.push(data);
    this.#unwrittenBytes += data.length;
    this.#wakeWriter();
    if (this.#unwrittenBytes > HIGH_WATER_BYTES) return this.flush();
  }

  /** Settles when all that was pushed has been taken by the transport; rejects when that can no longer happen. */
  flush(): Promise<void> {
    if (this.#unwrittenBytes === 0) return Promise.resolve();
    this.#drained ??= new Deferred();
    return this.#drained.promise;
  }

  /** The writer loop: ends when it is stopped, throws ConnectionLostError when the link fails. */
  async run(): Promise<void> {
    while (!this.#isStopped()) {
      if (this.#pieces.length === 0) {
        this.#drained?.resolve();
        this.#drained = undefined;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      const batchBytes = this.#unwrittenBytes;
      const batch = this.#takeBatch();
      try {
        const written = this.#transport.write(batch);
        if (written !== undefined) await written;
      } catch (cause) {
        const why = `${this.#transport.description}: connection lost: ${describeCause(cause)}`;
        throw new ConnectionLostError(why, { cause });
      }
      this.#unwrittenBytes -= batchBytes;
    }
  }

  /** Writes nothing more; whoever waits for a flush gets the reason. */
  stop(reason: unknown): void {
    this.#state = 'stopped';
    this.#pieces = [];
    this.#drained ??= new Deferred();
    this.#drained.reject(reason);
    this.#wakeWriter();
  }

  #wakeWriter(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #isStopped(): boolean {
    return this.#state === 'stopped';
  }

  #takeBatch(): Uint8Array {
    const chunks = this.#pieces.map((piece) => (typeof piece === 'string' ? this.#encoder.encode(piece) : piece));
    this.#pieces = [];
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
