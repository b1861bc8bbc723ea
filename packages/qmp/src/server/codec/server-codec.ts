import { type Codec, type JsonObject, JsonStreamCodec, stringifyJson } from '@qmp/protocol/codecs';

import type { Inbound } from './inbound.ts';

/** How QEMU's end of the wire reads and writes. */
export class ServerCodec implements Codec<Inbound, JsonObject> {
  readonly #codec = new JsonStreamCodec();

  *decode(chunk: Uint8Array): Iterable<Inbound> {
    for (const value of this.#codec.decode(chunk)) yield { kind: 'value', value };
  }

  *end(): Iterable<Inbound> {
    yield { kind: 'end' };
  }

  encode(message: JsonObject): string {
    return `${stringifyJson(message)}\r\n`;
  }
}
