import type { Writable } from 'node:stream';

import { Deferred } from '@qmp/protocol/wait';

/** What a stream says when it has room again, or never will. (One that was ended is flushed without a 'drain'.) */
const NEWS = ['drain', 'finish', 'error', 'close'] as const;

/** The writing half of a transport over a Node stream: its backpressure as a promise. Its owner hears of its errors. */
export class StreamWriter {
  readonly #stream: Writable;
  /** Settles when there is room again; undefined while there is. */
  #room: Deferred<void> | undefined;
  /** Made when somebody waits for the end, or at the end. */
  #closed: Deferred<void> | undefined;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  /** Hands a chunk over; the promise ends when the stream has room again, and rejects when it fails before. */
  write(chunk: Uint8Array | string): void | Promise<void> {
    if (!this.#stream.writable) return Promise.reject(this.#failure());
    if (this.#stream.write(chunk)) return undefined;
    this.#room ??= this.#awaitRoom();
    return this.#room.promise;
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
    if (this.#closed === undefined) {
      this.#closed = new Deferred();
      if (this.#stream.closed) this.#leave();
      else this.#stream.once('close', () => this.#leave()).end();
    }
    return this.#closed.promise;
  }

  /** Ends the stream and every wait for it at once: Bun drops the stdin of a child without a 'close'. */
  abort(reason: Error): void {
    this.#stream.destroy(reason);
    this.#leave();
  }

  #leave(): void {
    this.#room?.reject(this.#failure());
    this.#closed ??= new Deferred();
    this.#closed.resolve();
  }

  #awaitRoom(): Deferred<void> {
    const stream = this.#stream;
    const room = new Deferred<void>();
    const onNews = (): void => {
      for (const name of NEWS) stream.off(name, onNews);
      this.#room = undefined;
      if (stream.destroyed || stream.errored !== null) room.reject(this.#failure());
      else room.resolve();
    };
    for (const name of NEWS) stream.on(name, onNews);
    return room;
  }

  #failure(): Error {
    return this.#stream.errored ?? new Error('The link is closed: nothing more can be sent on it');
  }
}
