import type { Writable } from 'node:stream';

import { Deferred } from '@qmp/protocol';

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

/** The writing half of a transport over a Node stream: its backpressure as a promise. */
export class StreamWriter {
  readonly #stream: Writable;
  readonly #waiting: Waiting[] = [];
  /** Made when somebody waits for the end, or at the end. */
  #closed: Deferred<void> | undefined;

  constructor(stream: Writable) {
    this.#stream = stream;
    const proceed = (): void => {
      for (const waiting of this.#waiting.splice(0)) waiting.resolve();
    };
    stream.on('drain', proceed);
    // A stream that was ended is flushed without another 'drain'.
    stream.on('finish', proceed);
    stream.on('error', () => this.#giveUp());
    stream.on('close', () => this.#leave());
  }

  /** Hands a chunk over; the promise ends when the stream has room again, and rejects when it fails before. */
  write(chunk: Uint8Array | string): void | Promise<void> {
    if (!this.#stream.writable) return Promise.reject(this.#failure());
    if (this.#stream.write(chunk)) return undefined;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  /** Hands a chunk over; the promise ends when it has left the stream, and rejects when the stream fails before. */
  writeThrough(chunk: Uint8Array | string): Promise<void> {
    if (!this.#stream.writable) return Promise.reject(this.#failure());
    return new Promise((resolve, reject) => {
      this.#stream.write(chunk, (error) => {
        const hasFailed = (error !== null && error !== undefined) || this.#stream.destroyed;
        if (hasFailed) reject(this.#failure());
        else resolve();
      });
    });
  }

  /** Flushes and ends the stream; resolves when it is closed, by whatever cause. */
  end(): Promise<void> {
    if (this.#stream.closed) this.#leave();
    else this.#stream.end();
    this.#closed ??= new Deferred();
    return this.#closed.promise;
  }

  /** Ends the stream and every wait for it at once: Bun drops the stdin of a child without a 'close'. */
  abort(reason: Error): void {
    this.#stream.destroy(reason);
    this.#leave();
  }

  #leave(): void {
    this.#giveUp();
    this.#closed ??= new Deferred();
    this.#closed.resolve();
  }

  #giveUp(): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#failure());
  }

  #failure(): Error {
    return this.#stream.errored ?? new Error('The link is closed: nothing more can be sent on it');
  }
}
