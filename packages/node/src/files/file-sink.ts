import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

import { ignore } from '@qmp/protocol';

import { StreamWriter } from '../transport/stream-writer.ts';

/**
 * Opens a file that text is written to as it comes, for `record()` of `qmp/testing`; what was in it before is lost. It
 * never holds more in memory than a few pieces: `write` gives a promise while the disk is behind.
 *
 * @throws the system's error when it cannot be opened.
 */
export async function fileSink(path: string): Promise<FileSink> {
  const stream = createWriteStream(path, 'utf8');
  await once(stream, 'open');
  return new FileSink(stream);
}

/** See {@link fileSink}. */
export class FileSink {
  readonly #stream: WriteStream;
  readonly #writer: StreamWriter;

  constructor(stream: WriteStream) {
    // Whoever writes next is told, and whoever closes it.
    stream.on('error', ignore);
    this.#stream = stream;
    this.#writer = new StreamWriter(stream);
  }

  /** Takes text. A promise means that the disk is behind, and rejects with the system's error when it fails. */
  write(text: string): void | Promise<void> {
    return this.#writer.write(text);
  }

  /**
   * Writes what is left and closes the file.
   *
   * @throws the system's error when any of it could not be written.
   */
  async close(): Promise<void> {
    await this.#writer.end();
    if (this.#stream.errored !== null) throw this.#stream.errored;
  }
}
