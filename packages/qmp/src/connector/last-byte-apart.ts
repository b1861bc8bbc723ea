import { type Transport } from '@qmp/protocol';
import { ignore } from '@qmp/protocol/wait';

/**
 * A transport that sends the last byte of each write in a record of its own, where the link packs what is written.
 *
 * QEMU before 10.0 needs that. It reads its monitor byte by byte, and while the rest of a record waits inside of its TLS
 * library, there is nothing on the socket that would wake it up: it answers only when another record arrives. A record
 * of one byte leaves nothing behind. A newline after each command would do, too; but the one behind `quit` stays unread,
 * and the reset that follows may take the last replies with it.
 */
export function lastByteApart(transport: Transport): Transport {
  return transport.framing === 'records' ? new LastByteApart(transport) : transport;
}

class LastByteApart implements Transport {
  readonly description: string;
  readonly framing = 'records';
  readonly readable: AsyncIterable<Uint8Array>;
  readonly #transport: Transport;
  /** The writes until now, one after the other. */
  #written: Promise<void> = Promise.resolve();

  constructor(transport: Transport) {
    this.description = transport.description;
    this.readable = transport.readable;
    this.#transport = transport;
  }

  write(chunk: Uint8Array): Promise<void> {
    const written = this.#written.then(() => this.#writeInTwo(chunk));
    this.#written = written.catch(ignore);
    return written;
  }

  async close(): Promise<void> {
    await this.#written;
    await this.#transport.close();
  }

  abort(reason?: unknown): void {
    this.#transport.abort(reason);
  }

  async #writeInTwo(chunk: Uint8Array): Promise<void> {
    if (chunk.byteLength > 1) await this.#transport.write(chunk.subarray(0, -1));
    await this.#transport.write(chunk.subarray(-1));
  }
}
