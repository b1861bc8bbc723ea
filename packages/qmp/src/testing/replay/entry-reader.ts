import type { NumberedEntry } from '../recording/read-recording.ts';

/** The entries of a recording, with a look at the next one before it is taken. */
export class EntryReader {
  readonly #entries: AsyncIterator<NumberedEntry>;
  #next: NumberedEntry | undefined;
  #isAtEnd = false;

  constructor(entries: AsyncIterator<NumberedEntry>) {
    this.#entries = entries;
  }

  /**
   * The next entry, left where it is; undefined at the end.
   *
   * @throws RecordingError, or what reading the source throws.
   */
  async peek(): Promise<NumberedEntry | undefined> {
    if (this.#next !== undefined || this.#isAtEnd) return this.#next;
    const next = await this.#entries.next();
    if (next.done === true) this.#isAtEnd = true;
    else this.#next = next.value;
    return this.#next;
  }

  /** Steps over the entry that was looked at. */
  skip(): void {
    this.#next = undefined;
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    this.#isAtEnd = true;
    this.#next = undefined;
    await this.#entries.return?.();
  }
}
