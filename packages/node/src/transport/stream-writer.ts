import type { Writable } from 'node:stream';

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

/** The writing half of a transport over a Node stream: its backpressure as a promise. */
export class StreamWriter {
  readonly #stream: Writable;
  readonly #waiting: Waiting[] = [];

  constructor(stream: Writable) {
    this.#stream = stream;
    const proceed = (): void => {
      for (const waiting of this.#waiting.splice(0)) waiting.resolve();
    };
    stream.on('drain', proceed);
    // A stream that was ended is flushed without another 'drain'.
    stream.on('finish', proceed);
    stream.on('error', () => this.#giveUp());
    stream.on('close', () => this.#giveUp());
  }

  /** Hands a chunk over; the promise ends when the stream has room again, and rejects when it fails before. */
  write(chunk: Uint8Array | string): void | Promise<void> {
    if (!this.#stream.writable) return Promise.reject(this.#failure());
    if (this.#stream.write(chunk)) return undefined;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  /** Flushes and ends the stream; resolves when it is closed, by whatever cause. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stream.closed) return resolve();
      this.#stream.once('close', resolve);
      this.#stream.end();
    });
  }

  #giveUp(): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#failure());
  }

  #failure(): Error {
    return this.#stream.errored ?? new Error('The link is closed: nothing more can be sent on it');
  }
}
