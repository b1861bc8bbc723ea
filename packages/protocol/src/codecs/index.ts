import type { Codec } from './codec.ts';
export type { Codec } from './codec.ts';
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;
export interface JsonObject { readonly [member: string]: JsonValue }
export class JsonStreamCodec implements Codec<JsonObject, JsonObject> {
  #t = '';
  constructor(_options: { readonly maxMessageBytes?: number | undefined } = {}) {}
  *decode(chunk: Uint8Array): Iterable<JsonObject> {
    this.#t += new TextDecoder().decode(chunk);
    const lines = this.#t.split('\n');
    this.#t = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as JsonObject;
  }
  *end(): Iterable<JsonObject> {}
  encode(message: JsonObject): string { return JSON.stringify(message); }
}
