/** What a {@link ChunkStream} calls when its reader falls behind, and when it has caught up. */
export interface ChunkSource {
  /** Push no more, if you can: what comes all the same is kept. */
  pause(): void;
  /** Go on. */
  resume(): void;
}

const HIGH_WATER_BYTES = 256 * 1024;
const LOW_WATER_BYTES = 64 * 1024;

/** Unread chunks are a list of links: taking the first costs the same however many wait behind it. */
interface Link {
  readonly chunk: Uint8Array;
  next: Link | undefined;
}

const DONE: IteratorReturnResult<undefined> = Object.freeze({ value: undefined, done: true });

/**
 * The readable side of a transport: a source pushes chunks in, one reader iterates them. Nothing is dropped: from
 * 256 KiB of unread bytes the source is paused until the reader has come down to 64 KiB. What was pushed before `end`
 * or `fail` is read first. A reader that leaves its loop ends the stream: what comes after that is let in and dropped.
 */
export class ChunkStream implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: ChunkSource;
  #first: Link | undefined;
  #last: Link | undefined;
  #unreadBytes = 0;
  #flow: 'flowing' | 'paused' = 'flowing';
  #end: { readonly error: Error | undefined } | undefined;
  /** Answers the reader that waits. */
  #answer: ((result: IteratorResult<Uint8Array, undefined> | Promise<never>) => void) | undefined;

  constructor(source: ChunkSource) {
    this.#source = source;
  }

  /** Whether it has ended or is broken: nothing more can be pushed. */
  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /** Adds a chunk; after the end it is ignored. */
  push(chunk: Uint8Array): void {
    if (this.#end !== undefined) return;
    if (this.#answer !== undefined) {
      this.#settleReader({ value: chunk, done: false });
      return;
    }
    const link: Link = { chunk, next: undefined };
    if (this.#last === undefined) this.#first = link;
    else this.#last.next = link;
    this.#last = link;
    this.#unreadBytes += chunk.byteLength;
    if (this.#flow === 'flowing' && this.#unreadBytes >= HIGH_WATER_BYTES) {
      this.#flow = 'paused';
      this.#source.pause();
    }
  }

  /** The stream ends here. The first of `end` and `fail` counts. */
  end(): void {
    this.#finish(undefined);
  }

  /** The stream breaks here: the reader gets what is unread and then this error. */
  fail(error: Error): void {
    this.#finish(error);
  }

  /** The stream itself: there is one reader. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next chunk; waits for it where there is none. */
  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const link = this.#first;
    if (link !== undefined) {
      this.#first = link.next;
      if (link.next === undefined) this.#last = undefined;
      this.#unreadBytes -= link.chunk.byteLength;
      if (this.#unreadBytes <= LOW_WATER_BYTES) this.#resume();
      return Promise.resolve({ value: link.chunk, done: false });
    }
    if (this.#end !== undefined) {
      return this.#end.error === undefined ? Promise.resolve(DONE) : Promise.reject(this.#end.error);
    }
    if (this.#answer !== undefined) {
      return Promise.reject(new TypeError('A chunk is being waited for already; expected one reader at a time'));
    }
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  /** The reader leaves: what is unread, and what still comes, is dropped. */
  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#first = undefined;
    this.#last = undefined;
    this.#end = { error: undefined };
    this.#settleReader(DONE);
    // A source that stays paused would never get to its own end.
    this.#resume();
    return Promise.resolve(DONE);
  }

  #finish(error: Error | undefined): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    if (this.#answer !== undefined) this.#settleReader(error === undefined ? DONE : Promise.reject(error));
  }

  #settleReader(result: IteratorResult<Uint8Array, undefined> | Promise<never>): void {
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.(result);
  }

  #resume(): void {
    if (this.#flow === 'flowing') return;
    this.#flow = 'flowing';
    this.#source.resume();
  }
}
