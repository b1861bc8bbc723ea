/**
 * Where a recording goes, line by line: a file (`fileSink()` of `@qmp/node`), the writer of a `WritableStream`, or
 * `{ write: (text) => lines.push(text) }`.
 */
export interface RecordingSink {
  /** Takes a few whole lines. A promise means that it is slow, and then so is the session. */
  write(text: string): unknown;
}
