interface Taker<T> {
  readonly resolve: (item: T) => void;
  readonly reject: (reason: Error) => void;
}

/** What has come and waits to be taken, in order. */
export class Mailbox<T> {
  readonly #items: T[] = [];
  readonly #takers: Taker<T>[] = [];
  #end: Error | undefined;

  put(item: T): void {
    const taker = this.#takers.shift();
    if (taker === undefined) this.#items.push(item);
    else taker.resolve(item);
  }

  /** Nothing comes any more; what is in it can still be taken. The first reason counts. */
  close(reason: Error): void {
    this.#end ??= reason;
    for (const taker of this.#takers.splice(0)) taker.reject(this.#end);
  }

  /**
   * The oldest that nobody has taken.
   *
   * @throws the reason of the end, once it is empty.
   */
  take(): Promise<T> {
    return new Promise((resolve, reject) => {
      const [item] = this.#items.splice(0, 1);
      if (item !== undefined) resolve(item);
      else if (this.#end !== undefined) reject(this.#end);
      else this.#takers.push({ resolve, reject });
    });
  }
}
