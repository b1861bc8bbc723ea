import type { Codec } from '../codecs/codec.ts';
import { ProtocolError } from '../errors/protocol-error.ts';

/** A line that breaks the protocol. */
export const GARBAGE = '\u0000';

/** The simplest protocol: lines of text. */
export class ChatCodec implements Codec<string, string> {
  readonly #decoder = new TextDecoder();
  #rest = '';

  *decode(chunk: Uint8Array): Iterable<string> {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === GARBAGE) throw new ProtocolError('That is no line');
      yield line;
    }
  }

  *end(): Iterable<string> {
    if (this.#rest === 'last words') yield this.#rest;
    else if (this.#rest !== '') throw new ProtocolError('The stream ended inside a line');
  }

  encode(line: string): string {
    if (line.includes('\n')) throw new TypeError('A line cannot hold a line break');
    return `${line}\n`;
  }
}
