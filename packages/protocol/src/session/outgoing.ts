import { connectionLost } from '../errors/connection-lost.ts';
import type { Transport } from '../transport/transport.ts';
import { Deferred } from '../wait/deferred.ts';

/** Above this much unwritten data `push` asks its caller to wait. */
const HIGH_WATER_BYTES = 1024 * 1024;

const encoder = new TextEncoder();

/** Its reactions run when the current tick's callers have pushed what they have. */
const SOON = Promise.resolve();

/** Who is told when the link takes no more, unless it was stopped before. */
export interface OutgoingOwner {
  onFailure(error: Error): void;
}

/**
 * The way out: encoded messages wait here for the writer, which hands over what has gathered since its last turn in one
 * write. Callers of one tick so share one system call.
 */
export class Outgoing {
  readonly #transport: Transport;
  readonly #owner: OutgoingOwner;
  /** What waits to be written: chunks, where there are any, and text behind them. */
  #chunks: Uint8Array[] | undefined;
  #text = '';
  /** Not yet written; counts characters for text, which is near enough for a bound. */
  #unwrittenBytes = 0;
  #writer: 'idle' | 'busy' | 'stopped' = 'idle';
  /** Settles when nothing is left to write. */
  #drained: Deferred<void> | undefined;

  constructor(transport: Transport, owner: OutgoingOwner) {
    this.#transport = transport;
    this.#owner = owner;
  }

  /** What `flush` would have to write, in bytes. */
  get unwrittenBytes(): number {
    return this.#unwrittenBytes;
  }

  /** Queues one encoded message. A promise means that the peer is slow: it settles when the queue is empty again. */
  push(data: string | Uint8Array): void | Promise<void> {
    if (this.#writer === 'stopped') return;
    if (typeof data === 'string') this.#text += data;
    else {
      this.#chunks ??= [];
      this.#chunks.push(...this.#takeBytes(), data);
    }
    this.#unwrittenBytes += data.length;
    if (this.#writer === 'idle') {
      this.#writer = 'busy';
      void SOON.then(() => this.#writeAll());
    }
    if (this.#unwrittenBytes > HIGH_WATER_BYTES) return this.flush();
  }

  /** Settles when all that was pushed has been taken by the transport; rejects when that can no longer happen. */
  flush(): Promise<void> {
    if (this.#unwrittenBytes === 0) return Promise.resolve();
    this.#drained ??= new Deferred();
    return this.#drained.promise;
  }

  /** Writes nothing more; whoever waits for a flush gets the reason. */
  stop(reason: unknown): void {
    this.#writer = 'stopped';
    this.#chunks = undefined;
    this.#text = '';
    if (this.#unwrittenBytes === 0) return;
    this.#drained ??= new Deferred();
    this.#drained.reject(reason);
  }

  /** No async function: a promise for each batch would be a tenth of what it costs. */
  #writeAll(): void {
    try {
      while (this.#text !== '' || this.#chunks !== undefined) {
        const batchBytes = this.#unwrittenBytes;
        const written = this.#writeBatch();
        if (written !== undefined) {
          written.then(
            () => {
              this.#unwrittenBytes -= batchBytes;
              this.#writeAll();
            },
            (cause: unknown) => this.#fail(cause),
          );
          return;
        }
        this.#unwrittenBytes -= batchBytes;
      }
    } catch (cause) {
      this.#fail(cause);
    }
    if (this.#writer === 'stopped') return;
    this.#writer = 'idle';
    this.#drained?.resolve();
    this.#drained = undefined;
  }

  #writeBatch(): void | Promise<void> {
    const chunks = this.#chunks;
    if (chunks === undefined && this.#transport.writeText !== undefined) return this.#transport.writeText(this.#takeText());
    this.#chunks = undefined;
    return this.#transport.write(joinChunks([...(chunks ?? []), ...this.#takeBytes()]));
  }

  #takeBytes(): Uint8Array[] {
    const text = this.#takeText();
    return text === '' ? [] : [encoder.encode(text)];
  }

  #takeText(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #fail(cause: unknown): void {
    if (this.#writer !== 'stopped') this.#owner.onFailure(connectionLost(this.#transport.description, cause));
  }
}

function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const joined = new Uint8Array(chunks.reduce((total, { byteLength }) => total + byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return joined;
}
